"""A page that is nothing but a meta refresh is a redirect, and judged like one; a page to read is a page."""

import time
from collections.abc import Callable

import pytest

from reader.errors import (
    AddressRefused,
    CredentialsRefused,
    PortRefused,
    ReaderError,
    SchemeRefused,
    TooManyRedirects,
)
from reader.fetching import FetchPolicy, fetch
from reader.fetching.refresh import find_refresh
from tests.page_server import PageServer

MakePolicy = Callable[..., FetchPolicy]
URL = "https://pendek.example/x"
PAGE = "<!doctype html><html><p>Warga menanam pohon.</p></html>"


def refresh(content: str) -> str:
    return f'<meta http-equiv="refresh" content="{content}">'


@pytest.mark.parametrize(
    ("body", "address"),
    [
        (refresh("0;url=https://a.example/b"), "https://a.example/b"),
        (refresh("0; URL='/b?c=1&amp;d=2'"), "/b?c=1&d=2"),
        (refresh(" 5 , url = /b "), "/b"),
        (refresh("0 /b"), "/b"),
        (refresh("0;/b"), "/b"),
        (refresh("0.5;url=/b"), "/b"),
        (refresh("0;url=url=/b"), "url=/b"),
        (
            "<META HTTP-EQUIV=Refresh CONTENT='1; url=/b'><p>Anda dialihkan. <a href=/b>Klik</a></p>",
            "/b",
        ),
        ("<noscript><meta http-equiv=refresh content='0;url=/b'></noscript><script>go('/b')</script>", "/b"),
        ("<title>" + "panjang " * 90 + "</title>" + refresh("0;url=/b"), "/b"),
        ("<script>" + "x = 1;" * 1_000 + "</script>" + refresh("0;url=/b"), "/b"),
        (refresh("30") + refresh("0;url=/b"), "/b"),
        (refresh("30"), None),
        (refresh("0;url="), None),
        (refresh("0;url=''"), None),
        (refresh("x;url=/b"), None),
        (refresh("-1;url=/b"), None),
        (refresh("300;url=/b"), None),
        (refresh("99999999999;url=/b"), None),
        (refresh("0;url=/b") + "<p>" + "Warga menanam pohon. " * 30 + "</p>", None),
        (refresh("0;url=/b") + "<!--" + "x" * 30_000 + "-->", None),
        ("<!-- " + refresh("0;url=/b") + " --><p>a", None),
        ("<meta name=refresh content='0;url=/b'>", None),
        ("http-equiv", None),
        ("", None),
    ],
)
def test_the_address_is_read_as_browsers_read_it(body: str, address: str | None) -> None:
    assert find_refresh(body.encode()) == address


def test_the_header_says_the_same_for_a_page_without_text() -> None:
    assert find_refresh(b"<p>Sebentar</p>", "0; url=/b") == "/b"
    assert find_refresh(b"<p>" + b"Warga menanam pohon. " * 30, "0; url=/b") is None


@pytest.mark.parametrize(
    "body",
    [
        b"http-equiv" + b"<" * 19_000,
        b"http-equiv" + b"<div>" * 3_900,
        b"http-equiv<meta http-equiv=refresh content='0" + b" " * 19_000 + b"x'>",
        b"http-equiv<meta http-equiv=refresh content='0;" + b"url=" * 4_000 + b"'>",
        b"http-equiv\x00\xff\xfe" + bytes(range(256)) * 50,
        b"http-equiv" + b"<!--" * 4_000,
    ],
    ids=["open", "deep", "blanks", "urls", "binary", "comments"],
)
def test_tangled_pages_cost_little_time(body: bytes) -> None:
    began = time.process_time()
    find_refresh(body)
    assert time.process_time() - began < 0.5


def test_it_is_followed_and_named(server: PageServer, make_policy: MakePolicy) -> None:
    server.add(URL, refresh("0;url=//berita.example/satu"))
    server.add("https://berita.example/satu", PAGE)

    page = fetch(URL, make_policy())

    assert (page.url, page.final_url, page.body) == (URL, "https://berita.example/satu", PAGE.encode())


@pytest.mark.parametrize(
    ("address", "error"),
    [
        ("http://127.0.0.1/admin", AddressRefused),
        ("http://0x7f.1/", AddressRefused),
        ("http://[::ffff:10.0.0.1]/", AddressRefused),
        ("http:\\\\169.254.169.254\\latest", AddressRefused),
        ("//localhost/", AddressRefused),
        ("https://lain.example:6379/", PortRefused),
        ("https://ann:rahasia@lain.example/", CredentialsRefused),
        ("javascript:alert(1)", SchemeRefused),
        ("data:text/html,<p>a", SchemeRefused),
        ("file:///etc/passwd", SchemeRefused),
    ],
)
def test_it_is_judged_like_a_link(
    server: PageServer, make_policy: MakePolicy, address: str, error: type[ReaderError]
) -> None:
    server.add(URL, refresh(f"0;url={address}"))

    with pytest.raises(error):
        fetch(URL, make_policy())
    assert len(server.requests) == 1


def test_it_counts_among_the_redirects(server: PageServer, make_policy: MakePolicy) -> None:
    for number in range(6):
        link = f"https://berita.example/{number}"
        if number % 2:
            server.add_redirect(link, f"/{number + 1}")
        else:
            server.add(link, refresh(f"0;url=/{number + 1}"))
    server.add("https://berita.example/6", PAGE)

    assert fetch("https://berita.example/1", make_policy()).final_url == "https://berita.example/6"
    with pytest.raises(TooManyRedirects):
        fetch("https://berita.example/0", make_policy())


def test_a_page_that_leads_to_itself_ends(server: PageServer, make_policy: MakePolicy) -> None:
    server.add(URL, refresh("0;url=/x"))

    with pytest.raises(TooManyRedirects):
        fetch(URL, make_policy())
    assert len(server.requests) == 6
