"""No link leads into the server's own network, in whatever notation the address is written."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import AddressRefused, LinkRefused, PortRefused
from reader.links import canonicalise, check_link, check_url, is_public_address, parse_link, resolve_link


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0177.0.0.1",
        "0x7f.1",
        "0X7F000001",
        "2130706433",
        "017700000001",
        "127.0.0.1.",
        "127.0.0.01",
        "0",
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "0xa9fea9fe",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "１２７.０.０.１",
        "①②⑦.0.0.1",
        "127。0。0。1",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:1.1.1.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::1.1.1.1]",
        "[64:ff9b:1::1]",
        "[2002:7f00:1::]",
        "[2001::1]",
        "[2001:db8::1]",
        "[3fff::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[100::1]",
        "[5f00::1]",
        "[2606:4700::5efe:a00:7]",
        "[2606:4700::200:5efe:127.0.0.1]",
        "[2606:4700:0:0:0:5EFE:1.1.1.1]",
        "[::ffff:0:127.0.0.1]",
        "[0000:0000:0000:0000:0000:0000:0000:0001]",
        "[::0001]",
        "168.63.129.16",
        "0xA83F8110",
        "100.100.100.200",
        "127.0.0.1。",
        "127.0.0。1",
        "0x7f.0x0.0x0.0x1",
        "0x7f.00.0.01",
        "000000177.0.0.1",
        "127.65537",
        "127.0.1",
        "localhost。",
        "local\u00adhost",
        "loc\u200bal.lan",
        "LOCALHOST.localdomain.",
        "wpad.corp",
        "gitlab.intranet",
        "db.private",
        "router.home",
        "ip6-localhost",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "localhost.localdomain",
        "printer.local",
        "metadata.google.internal",
        "nas.home.arpa",
        "router.lan",
        "intranet",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "local",
    ],
)
def test_hosts_of_ones_own_network_are_refused(host: str) -> None:
    for link in (f"http://{host}/admin", f"https://{host}:443/", f"http:\\\\{host}\\x"):
        with pytest.raises(AddressRefused):
            check_link(canonicalise(link))


@pytest.mark.parametrize(
    "host",
    [
        "1.1.1.1",
        "0x01010101",
        "[2606:4700::1111]",
        "www.kompas.com",
        "xn--bcher-kva.example",
        "localhost.example",
        "mylocal.example",
    ],
)
def test_public_hosts_are_allowed(host: str) -> None:
    check_link(canonicalise(f"https://{host}/a"))


@pytest.mark.parametrize("port", [0, 1, 22, 25, 81, 6379, 8000, 8080, 65535])
def test_ports_but_80_and_443_are_refused(port: int) -> None:
    with pytest.raises(PortRefused):
        check_url(f"https://example.org:{port}/")


@pytest.mark.parametrize("port", ["", ":", ":80", ":443", ":0443"])
def test_the_web_ports_are_allowed(port: str) -> None:
    assert check_url(f"http://example.org{port}/").host == "example.org"


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/b", "https://example.org/b"),
        ("b?c=1#d", "https://example.org/x/b?c=1"),
        ("../b", "https://example.org/b"),
        ("?c", "https://example.org/x/y?c"),
        ("#d", "https://example.org/x/y?q=1"),
        ("", "https://example.org/x/y?q=1"),
        ("//lain.example/b", "https://lain.example/b"),
        ("http://lain.example", "http://lain.example/"),
        ("/\\lain.example/b", "https://lain.example/b"),
        ("\\\\lain.example\\b", "https://lain.example/b"),
        ("lain.example/b", "https://example.org/x/lain.example/b"),
        (" /b c ", "https://example.org/b%20c"),
        ("/?page=all&utm_x=1", "https://example.org/?page=all&utm_x=1"),
    ],
)
def test_a_redirect_is_read_as_browsers_read_it(reference: str, url: str) -> None:
    assert resolve_link(parse_link("https://example.org/x/y?q=1"), reference).url == url


@pytest.mark.parametrize(
    "reference",
    [
        "javascript:alert(1)",
        "https://ann@lain.example/",
        "//ann:b@lain.example",
        "/a\r\nSet-Cookie: b",
        "http://[",
        "mailto:a@b.example",
        "https:\\\\ann@x.example\\",
    ],
)
def test_a_redirect_to_no_link_is_refused(reference: str) -> None:
    with pytest.raises(LinkRefused):
        resolve_link(parse_link("https://example.org/x/y"), reference)


@given(st.ip_addresses(v=4))
def test_no_private_ipv4_address_is_public(address: ipaddress.IPv4Address) -> None:
    is_odd = address.is_private or address.is_multicast or address.is_reserved or address.is_loopback
    assert not (is_odd and is_public_address(str(address)))


@given(st.ip_addresses(v=6))
def test_no_private_ipv6_address_is_public(address: ipaddress.IPv6Address) -> None:
    is_odd = address.is_private or address.is_multicast or address.ipv4_mapped or address.sixtofour
    assert not (is_odd and is_public_address(str(address)))


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{}", "{:#x}", "0{:o}"]))
def test_an_address_written_as_one_number_is_that_address(number: int, form: str) -> None:
    address = str(ipaddress.IPv4Address(number))
    assert canonicalise(f"http://{form.format(number)}/").host == address
    if not is_public_address(address):
        with pytest.raises(AddressRefused):
            check_url(f"http://{form.format(number)}/")


@pytest.mark.parametrize(
    "ip",
    [
        "",
        "x",
        "1.1.1",
        "0x1.1.1.1",
        "1.1.1.1 ",
        "2606:4700::1%eth0",
        "01.1.1.1",
        "[2606:4700::1]",
        "::ffff:8.8.8.8",
    ],
)
def test_an_odd_spelling_is_not_public(ip: str) -> None:
    assert not is_public_address(ip)


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://www.g\u043e\u043egle.com/", "www.xn--ggle-55da.com"),
        ("https://\u0430pple.com/", "xn--pple-43d.com"),
        ("https://kompas.c\u043em/", "kompas.xn--cm-fmc"),
        ("https://kompas\u3002com/", "kompas.com"),
        ("https://b\u00fccher.de/", "xn--bcher-kva.de"),
    ],
    ids=["two letters", "one letter", "the last label", "a full stop", "one script"],
)
def test_a_host_is_shown_in_letters_that_cannot_be_mistaken(link: str, host: str) -> None:
    assert canonicalise(link).host == host


@pytest.mark.parametrize(
    "host",
    ["a." * 200 + "com", "a" * 3_000 + ".com", "\u00fc" * 500 + ".com", "a." * 3_000],
    ids=["many labels", "one label", "not ASCII", "beyond a link"],
)
def test_an_overlong_host_is_refused(host: str) -> None:
    with pytest.raises(LinkRefused):
        check_url(f"https://{host}/")
