"""READER_FETCH_PROXY: pages come through it, and the guard judges every address before it is asked."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import (
    AddressRefused,
    NameNotFound,
    PortRefused,
    ProxyFailed,
    ReaderError,
    TLSFailed,
)
from reader.fetching import FetchPolicy, Proxy, fetch, parse_proxy, parse_resolve, transport
from tests.fetching.proxy_server import ProxyServer
from tests.fetching.test_guard import PUBLIC, PUBLIC_V6
from tests.page_server import PageServer

PAGE = b"<!doctype html><html><p>Warga menanam pohon.</p></html>"
CERTIFICATE = Path(__file__).parent / "berita.test.pem"


def make_policy(proxy: ProxyServer | int, *addresses: str, user: str = "", **limits: object) -> FetchPolicy:
    port = proxy if isinstance(proxy, int) else proxy.port
    name, _, password = user.partition(":")
    values = {
        "user_agent": "Teduh/test",
        "proxy": Proxy("127.0.0.1", port, name, password),
        "resolver": lambda host, port: list(addresses or (PUBLIC,)),
    }
    return FetchPolicy(**values | limits)  # type: ignore[arg-type]


@pytest.fixture
def proxy(server: PageServer) -> Iterator[ProxyServer]:
    with ProxyServer(server.port) as running:
        yield running


@pytest.fixture
def secure_server() -> Iterator[PageServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with PageServer(tls=context) as running:
        running.add("https://berita.test/pohon", PAGE)
        running.add("https://lain.test/pohon", PAGE)
        yield running


def test_plain_http_is_asked_for_by_its_whole_address(server: PageServer, proxy: ProxyServer) -> None:
    server.add("http://berita.test/pohon", PAGE)

    page = fetch("http://berita.test/pohon", make_policy(proxy))

    assert (page.body, page.final_url) == (PAGE, "http://berita.test/pohon")
    assert proxy.seen == ["GET http://berita.test/pohon HTTP/1.1"]


def test_an_ipv6_address_keeps_its_brackets(server: PageServer, proxy: ProxyServer) -> None:
    server.add(f"http://[{PUBLIC_V6}]/pohon", PAGE)

    assert fetch(f"http://[{PUBLIC_V6}]/pohon", make_policy(proxy, PUBLIC_V6)).body == PAGE
    assert proxy.seen == [f"GET http://[{PUBLIC_V6}]/pohon HTTP/1.1"]


def test_https_goes_through_a_tunnel_and_tls_verifies_the_site(
    secure_server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    transport.make_ssl_context.cache_clear()
    try:
        with ProxyServer(secure_server.port) as proxy:
            assert fetch("https://berita.test/pohon", make_policy(proxy)).body == PAGE
            with pytest.raises(TLSFailed):
                fetch("https://lain.test/pohon", make_policy(proxy))
    finally:
        transport.make_ssl_context.cache_clear()
    assert proxy.seen == ["CONNECT berita.test:443 HTTP/1.1", "CONNECT lain.test:443 HTTP/1.1"]
    assert [request.host for request in secure_server.requests] == ["berita.test"]


@pytest.mark.parametrize(
    ("url", "addresses", "error"),
    [
        ("http://berita.test/", ("127.0.0.1",), AddressRefused),
        ("https://berita.test/", (PUBLIC, "10.0.0.1"), AddressRefused),
        ("https://berita.test/", ("64:ff9b::7f00:1",), AddressRefused),
        ("http://127.0.0.1/", (PUBLIC,), AddressRefused),
        ("http://localhost/", (PUBLIC,), AddressRefused),
        ("http://berita.test:8080/", (PUBLIC,), PortRefused),
    ],
)
def test_the_proxy_is_not_asked_for_what_the_guard_refuses(
    proxy: ProxyServer, url: str, addresses: tuple[str, ...], error: type[ReaderError]
) -> None:
    with pytest.raises(error):
        fetch(url, make_policy(proxy, *addresses))
    assert proxy.seen == []


def test_a_redirect_into_the_network_does_not_reach_the_proxy(server: PageServer, proxy: ProxyServer) -> None:
    server.add_redirect("http://berita.test/", "http://dalam.test/")

    def turning(host: str, port: int) -> list[str]:
        return [PUBLIC] if host == "berita.test" else ["10.0.0.7"]

    with pytest.raises(AddressRefused):
        fetch("http://berita.test/", make_policy(proxy, resolver=turning))
    assert proxy.seen == ["GET http://berita.test/ HTTP/1.1"]


def test_a_name_that_is_not_known_here_is_not_asked_for(proxy: ProxyServer) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(NameNotFound):
        fetch("https://berita.test/", make_policy(proxy, resolver=unknown))
    assert proxy.seen == []


@pytest.mark.parametrize("url", ["http://berita.test/", "https://berita.test/"])
@pytest.mark.parametrize("refuse", [0, 407])
def test_a_proxy_that_does_not_let_us_in_is_named(server: PageServer, url: str, refuse: int) -> None:
    with (
        ProxyServer(server.port, user="ann:rahasia", refuse=refuse) as proxy,
        pytest.raises(ProxyFailed) as caught,
    ):
        fetch(url, make_policy(proxy, user="ann:salah"))
    assert not caught.value.permanent
    assert "salah" not in caught.value.detail
    assert server.requests == []


def test_a_proxy_that_is_not_there_is_named() -> None:
    with PageServer() as closed:
        port = closed.port
    with pytest.raises(ProxyFailed):
        fetch("http://berita.test/", make_policy(port))


def test_the_password_goes_to_the_proxy_and_not_to_the_site(server: PageServer) -> None:
    server.add("http://berita.test/", PAGE)
    with ProxyServer(server.port, user="ann:rahasia") as proxy:
        policy = make_policy(proxy, user="ann:rahasia")
        assert fetch("http://berita.test/", policy).body == PAGE
    assert proxy.credentials == [proxy.authorization]
    assert "rahasia" not in repr(policy)
    assert "proxy-authorization" not in server.requests[0].headers


def test_hosts_of_the_development_map_do_not_go_through_it(server: PageServer, proxy: ProxyServer) -> None:
    server.add("https://berita.example/", PAGE)
    resolve = parse_resolve(f"berita.example=127.0.0.1:{server.port}")

    assert fetch("https://berita.example/", make_policy(proxy, resolve=resolve)).body == PAGE
    assert proxy.seen == []


# --- the setting ---


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        ("", None),
        ("http://10.0.0.5:3128", Proxy("10.0.0.5", 3128)),
        ("http://proxy.kantor.example:8080/", Proxy("proxy.kantor.example", 8080)),
        ("http://[fd00::5]:3128", Proxy("fd00::5", 3128)),
        ("http://ann:ra%40hasia@10.0.0.5:3128", Proxy("10.0.0.5", 3128, "ann", "ra@hasia")),
    ],
)
def test_the_setting_is_read(text: str, proxy: Proxy | None) -> None:
    assert parse_proxy(text) == proxy


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.5:3128",
        "http://10.0.0.5",
        "https://10.0.0.5:3128",
        "socks5://10.0.0.5:1080",
        "http://:rahasia@:3128",
        "http://ann:rahasia@10.0.0.5:x",
        "http://ann:rahasia@10.0.0.5:99999",
        "http://ann:rahasia@10.0.0.5:3128/a",
        "http://ann:rahasia@a b:3128",
        "http://ann:rahäsia@10.0.0.5:3128",
        "http://[10.0.0.5:3128",
    ],
)
def test_a_mistake_is_named_without_the_password(text: str) -> None:
    with pytest.raises(ValueError, match="it must be like") as caught:
        parse_proxy(text)
    assert "hasia" not in str(caught.value)
