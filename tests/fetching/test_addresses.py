"""Every notation of an address that is not public, at every door: nothing is connected to but the publisher.

What counts is what the system is asked for, so the connections themselves are watched.
"""

from collections.abc import Callable
from typing import Any

import pytest

from reader.errors import BadResponse, LinkRefused, NameNotFound, PageGone, ReaderError
from reader.fetching import FetchPolicy, fetch, parse_proxy
from reader.fetching.archive import fetch_archive
from reader.fetching.picture import fetch_picture
from tests.page_server import PageServer

MakePolicy = Callable[..., FetchPolicy]

V4 = """
    0 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1 127.0.1
    127.255.255.254 169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.170
    192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.254 198.51.100.1 203.0.113.1
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 168.63.129.16 100.100.100.200 2130706433
    017700000001 0x7f000001 0x7F.1 0x7f.0.1 0x7f.0x0.0x0.0x1 0177.0.0.1 0177.1 00177.0.0.1
    0000000000000000177.0.0.01 127.0.0.1. 127.1. 0x7f.1. 127.0x1 0x7f.0.0.01 127.65535 127.0.65535
    0x 0x0 00 0.0 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.43518 3232235521 0xc0a80001
    0300.0250.1 4294967295 0xffffffff 037777777777 167772161 0xa.1 012.1 １２７.0.0.1 127．0．0．1
    127。0。0。1 127｡0｡0｡1 １２７。１ ①②⑦.0.0.① ⓪ 𝟏𝟐𝟕.𝟎.𝟎.𝟏 ₁₂₇.0.0.1 ¹²⁷.0.0.1 ０ｘ７ｆ.１ 0ˣ7f.1 127.0.0.1。
    12\u00ad7.0.0.1 127\u200b.0.0.1 127.0.0.\u20601 1\ufe0f27.0.0.1 𝟘x7f.1 %31%32%37.0.0.1
    127%2e0%2e0%2e1 127.0.0.1%2f %31%32%37%2E1 127.0.0.1%00 127.0.0.1%00.contoh.org
    127%E3%80%820%E3%80%820%E3%80%821 256.0.0.1 127.0.0.256 127.0.0.1.0 4294967296 0x100000000
    127.0.0.0x 127..1 .127.0.0.1 127.0.0.1.. 08.1 1.2.3.09 0b1111111.1 0o177.1 +127.0.0.1 -1
    127.0.0.-1 1e3 ١٢٧.٠.٠.١
""".split()

V6 = """
    :: ::1 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::0001 ::0.0.0.1 0::1 ::127.0.0.1
    ::7f00:1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::FFFF:7F00:1 0:0:0:0:0:ffff:127.0.0.1
    ::ffff:0:127.0.0.1 ::ffff:0:7f00:1 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe ::ffff:8.8.8.8
    ::8.8.8.8 64:ff9b::127.0.0.1 64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::7f00:1
    64:ff9b:1:ffff::a9fe:a9fe 64:ff9b:1:7f00:0:100:: 100::1 100:0:0:1::1 2001::1
    2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2001:1::1
    2002:7f00:1:: 2002:7f00:1::1 2002:a9fe:a9fe:: 2002:808:808:: 3fff::1 3ffe::1 3ffe:1::1 5f00::1
    4000::1 fc00::1 fd00::1 fd00:ec2::254 fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff fe80::1 febf::1
    fec0::1 feff::1 fe80::1%eth0 fe80::1%25eth0 ::1%0 ::1%251 2606:4700::1%25eth0 ff02::1 ff05::2
    ff0e::1 ffff::1 2606:4700::5efe:a00:7 2606:4700::200:5efe:127.0.0.1 ::ffff:0x7f.1 ::ffff:127.1
    ::ffff:0177.0.0.1 1::2::3 12345::1 :::1 ::1:: 1:2:3:4:5:6:7:8:9 ::g v1.fe80::a ::１ ::1] [::1
    ::1/128 ::1\u3002 ::%31
""".split()

NAMES = """
    localhost LOCALHOST localhost. localhost.. LocalHost.LocalDomain localhost.localdomain.
    localhost6 ip6-localhost a.localhost x.y.localhost. localhost。 ｌｏｃａｌｈｏｓｔ ⓛⓞⓒⓐⓛⓗⓞⓢⓣ
    loc\u00adalhost local\u200bhost ⅼocalhost ℓocalhost ſocket.local localhoﬆ lo\u034fcalhost
    local%68ost localhost%00 localhost%2e %6cocalhost localhost\uff0e localhost\uff61 printer.local
    metadata.google.internal metadata metadata. instance-data router.lan nas.home.arpa a.internal
    kubernetes.default.svc.cluster.local wpad.corp gitlab.intranet db.private router.home
    broadcasthost
""".split()

AUTHORITIES = [
    *V4,
    *(f"[{address}]" for address in V6),
    *NAMES,
    # Beside a host that looks right.
    "contoh.org@127.0.0.1",
    "ann:rahasia@127.0.0.1",
    "127.0.0.1@contoh.org",
    "contoh.org:80@127.0.0.1",
    "contoh.org%40127.0.0.1",
    "contoh.org%2f@127.0.0.1",
    "@127.0.0.1",
    ":@127.0.0.1",
    "@@127.0.0.1",
    "127.0.0.1\\@contoh.org",
    "127.0.0.1#@contoh.org",
    "127.0.0.1?@contoh.org",
    "127.0.0.1;contoh.org",
    "127.0.0.1,contoh.org",
    "127.0.0.1 contoh.org",
    "127.0.0.1\tcontoh.org",
    "127.0.0.1\r\nHost: contoh.org",
    "127.0\n.0.1",
    "\t127.0.0.1",
    "127.0.0.1\u2028",
    "127.0.0.1\u3000",
    "local\thost",
    "[::1]contoh.org",
    "contoh.org[::1]",
    "[::1]:80@contoh.org",
    # Ports.
    "127.0.0.1:80",
    "127.0.0.1:443",
    "127.0.0.1:",
    "127.0.0.1:0080",
    "[::1]:80",
    "contoh.org:0",
    "contoh.org:22",
    "contoh.org:25",
    "contoh.org:6379",
    "contoh.org:8080",
    "contoh.org:65536",
    "contoh.org:65616",  # 80 in sixteen bits
    "contoh.org:-80",
    "contoh.org:+22",
    "contoh.org:8 0",
    "contoh.org:８０８０",
    "contoh.org:80:22",
    "contoh.org:0x16",
    "contoh.org:" + "2" * 5_000,
    # Names that are none.
    "",
    ".",
    "..",
    "a" * 64 + ".org",
    "a." * 127 + "org",
    "a" * 300,
    "é" * 64 + ".org",
    "xn--" + "a" * 60 + ".org",
    "contoh..org",
    "-contoh.org",
    "contoh-.org",
    "contoh.org\x00",
    "contoh\x7f.org",
    "contoh\ud800.org",
    "*.contoh.org",
    "contoh.org|127.0.0.1",
    "{127.0.0.1}",
    "<127.0.0.1>",
    "^127.0.0.1",
]
OTHER_LINKS = [
    "file:///etc/passwd",
    "file://127.0.0.1/etc/passwd",
    "gopher://127.0.0.1:6379/_INFO",
    "ftp://contoh.org/",
    "dict://127.0.0.1:11211/stats",
    "ldap://127.0.0.1/",
    "jar:http://127.0.0.1/!/",
    "view-source:http://127.0.0.1/",
    "unix:///run/docker.sock",
    "http+unix://%2Frun%2Fdocker.sock/info",
    "data:text/html,<p>a",
    "javascript:alert(1)",
    "blob:http://127.0.0.1/a",
    "about:blank",
    "ws://127.0.0.1/",
    "http:127.0.0.1",
    "http:/127.0.0.1/",
    "http:///127.0.0.1/",
    "http:////127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http:/\\127.0.0.1/",
    "http:\\/\\/127.0.0.1/",
    "hTTp://127.0.0.1/",
    "ht\ttp://127.0.0.1/",
    "http\n://127.0.0.1/",
    "http://\n127.0.0.1/",
    "http ://127.0.0.1/",
    "//127.0.0.1/",
    "\\\\127.0.0.1\\",
    "\u00a0http://127.0.0.1/",
    "url:http://127.0.0.1/",
    "http://http://127.0.0.1/",
    "http://127.0.0.1:80:80/",
]
LINKS = [*(f"http://{authority}/rahasia" for authority in AUTHORITIES), *OTHER_LINKS]

# What a name may resolve to, each alone and among good ones.
RESOLVED = """
    0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.0.1 169.254.169.254 172.16.0.1 192.0.0.8
    192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1
    240.0.0.1 255.255.255.255 168.63.129.16 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1
    ::ffff:0:7f00:1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1
    2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 fe80::1%2
    2606:4700::1%eth0 fec0::1 ff02::1 2606:4700::5efe:a00:7 127.1 0x7f.1 2130706433 localhost
""".split()
PUBLIC = ("93.184.215.14", "2606:4700::1111")


def never(host: str, port: int) -> list[str]:
    raise OSError(f"{host} was asked for")


def through_redirect(server: PageServer, policy: FetchPolicy, link: str) -> None:
    location = link.encode("utf-8", "surrogatepass").replace(b"\r", b"").replace(b"\n", b"")
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
    server.add_raw("https://pintu.example/", lambda: [head])
    fetch("https://pintu.example/", policy)


def through_refresh(server: PageServer, policy: FetchPolicy, link: str) -> None:
    page = f"<meta http-equiv=refresh content=\"0;url='{link.replace(chr(39), '')}'\">"
    server.add("https://pintu.example/", page.encode("utf-8", "surrogatepass"))
    fetch("https://pintu.example/", policy)


def through_picture_redirect(server: PageServer, policy: FetchPolicy, link: str) -> None:
    location = link.encode("utf-8", "surrogatepass").replace(b"\r", b"").replace(b"\n", b"")
    head = b"HTTP/1.1 307 Found\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n"
    server.add_raw("https://pintu.example/", lambda: [head])
    fetch_picture("https://pintu.example/", policy)


DOORS: dict[str, Callable[[PageServer, FetchPolicy, str], object]] = {
    "link": lambda server, policy, link: fetch(link, policy),
    "picture": lambda server, policy, link: fetch_picture(link, policy),
    "archive": lambda server, policy, link: fetch_archive(link, policy),
    "redirect": through_redirect,
    "meta refresh": through_refresh,
    "redirect of a picture": through_picture_redirect,
}


def try_door(door: str, server: PageServer, policy: FetchPolicy, link: str) -> str:
    """Return what went wrong: nothing, where the link was refused."""
    try:
        DOORS[door](server, policy, link)
    except (LinkRefused, BadResponse, PageGone):
        # A NUL in a header breaks HTTP already. Gone: read as a relative reference, `http ://127.0.0.1/` is a
        # place on the publisher's own site.
        return ""
    except ReaderError as error:
        return f"{link[:80]!r}: {error!r}"
    return f"{link[:80]!r}: fetched"


@pytest.mark.parametrize("door", DOORS)
def test_no_notation_gets_through(
    server: PageServer, make_policy: MakePolicy, connected: list[Any], door: str
) -> None:
    slips = [slip for link in LINKS if (slip := try_door(door, server, make_policy(resolver=never), link))]

    assert [address for address in connected if address != ("127.0.0.1", server.port)] == []
    assert slips == []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("is_proxied", [False, True], ids=["", "through a proxy"])
def test_no_name_leads_there(
    make_policy: MakePolicy, connected: list[Any], scheme: str, is_proxied: bool
) -> None:
    proxy = parse_proxy("http://127.0.0.1:9") if is_proxied else None
    for address in RESOLVED:
        for answer in ([address], [*PUBLIC, address], [address, *PUBLIC]):
            policy = make_policy(resolver=lambda host, port, answer=answer: answer, proxy=proxy)
            for get in (fetch, fetch_picture, fetch_archive):
                with pytest.raises(LinkRefused):
                    get(f"{scheme}://nama.test/", policy)
    assert connected == []


def test_a_name_without_any_address_is_not_found(make_policy: MakePolicy, connected: list[Any]) -> None:
    with pytest.raises(NameNotFound):
        fetch("https://nama.test/", make_policy(resolver=lambda host, port: []))
    assert connected == []
