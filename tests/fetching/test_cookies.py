"""Cookies live within one fetch and go back only to the site that set them."""

import time
from collections.abc import Callable

import pytest

from reader.fetching import FetchPolicy, fetch
from reader.fetching.cookies import FetchCookies
from tests.page_server import PageServer

MakePolicy = Callable[..., FetchPolicy]


@pytest.mark.parametrize(
    ("set_by", "cookie", "asked", "sent"),
    [
        ("https://berita.co.id/a", "a=b", "https://berita.co.id/b", "a=b"),
        ("https://berita.co.id/a", "a=b", "https://www.berita.co.id/", ""),
        ("https://www.berita.co.id/a", "a=b; Domain=berita.co.id; Path=/", "https://m.berita.co.id/", "a=b"),
        ("https://berita.co.id/a", "a=b; Domain=co.id; Path=/", "https://lain.co.id/", ""),
        ("https://berita.co.id/a", "a=b; Domain=.id; Path=/", "https://lain.co.id/", ""),
        ("https://berita.co.id/a", "a=b; Domain=lain.co.id; Path=/", "https://lain.co.id/", ""),
        ("https://jahat.example/a", "a=b; Domain=www.kompas.com; Path=/", "https://www.kompas.com/", ""),
        ("https://jahatkompas.com/a", "a=b; Domain=kompas.com; Path=/", "https://kompas.com/", ""),
        ("https://berita.co.id/a", "a=b; Secure; Path=/", "http://berita.co.id/", ""),
        ("https://berita.co.id/a", "a=b; Secure; Path=/", "https://berita.co.id/", "a=b"),
        ("https://berita.co.id/a", "a=b; Path=/satu", "https://berita.co.id/dua", ""),
        ("https://berita.co.id/a", "a=b; Max-Age=0; Path=/", "https://berita.co.id/", ""),
        ("http://93.184.215.14/a", "a=b; Path=/", "http://93.184.215.14/", "a=b"),
        ("http://93.184.215.14/a", "a=b; Domain=184.215.14; Path=/", "http://1.184.215.14/", ""),
        ("https://[2606:4700::1111]/", "a=b; Path=/", "https://[2606:4700::1112]/b", ""),
        ("https://xn--a.example/", "a=b; Path=/", "https://xn--a.example/b", "a=b"),
    ],
)
def test_a_cookie_goes_back_to_its_own_site_only(set_by: str, cookie: str, asked: str, sent: str) -> None:
    cookies = FetchCookies()
    cookies.take(set_by, [cookie])
    assert cookies.find_header(asked) == sent


@pytest.mark.parametrize(
    "cookie",
    [
        "a=\u00e9",
        "a=b\tc",
        "a=\x01",
        "=",
        ";" * 4_000,
        "a=" + "b" * 5_000,
        "a=b\r\nX-A: c",
        "a b=c; \ud800",
    ],
)
def test_what_cannot_be_sent_is_not_kept(cookie: str) -> None:
    cookies = FetchCookies()
    cookies.take("https://berita.example/", [cookie, "izin=ya"])
    header = cookies.find_header("https://berita.example/")
    assert header.endswith("izin=ya")
    assert header.isascii()
    assert header.isprintable()
    assert len(header) < 100


def test_a_flood_of_cookies_is_cut() -> None:
    cookies = FetchCookies()
    began = time.process_time()
    for _ in range(6):
        cookies.take("https://berita.example/", [f"a{number}={'b' * 100}" for number in range(600)])
    assert cookies.find_header("https://berita.example/").count(";") == 49
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "cookie",
    [
        "a=b; expires=" + "1-" * 2_000,
        "a=b; expires=1 1 1" + " " * 4_000 + "!",
        "a=b;" * 1_000,
        'a="' + "\\" * 4_000,
        "a=b; path=/" + "x/" * 2_000,
    ],
    ids=["digits", "blanks", "parts", "quotes", "path"],
)
def test_a_tangled_cookie_costs_little_time(cookie: str) -> None:
    cookies = FetchCookies()
    began = time.process_time()
    cookies.take("https://berita.example/", [cookie] * 50)
    cookies.find_header("https://berita.example/")
    assert time.process_time() - began < 1


def test_a_rules_own_cookie_goes_along_with_the_sites(server: PageServer, make_policy: MakePolicy) -> None:
    link = "https://berita.example/satu"
    server.add(link, "", status=302, headers={"Location": "/dua", "Set-Cookie": "izin=ya; Path=/"})
    server.add_redirect("https://berita.example/dua", "https://lain.example/")
    server.add("https://lain.example/", "<html><p>a</p></html>")

    fetch(link, make_policy(), {"Cookie": "usia=21"})

    assert [request.headers.get("cookie") for request in server.requests] == [
        "usia=21",
        "usia=21; izin=ya",
        None,
    ]
