"""Fetching from a server that misbehaves in every way we know; each misdeed has its own error."""

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from reader.errors import (
    AddressRefused,
    BadResponse,
    ConnectFailed,
    CredentialsRefused,
    FetchError,
    HeaderTooLarge,
    LinkMalformed,
    NotAPage,
    PageForbidden,
    PageGone,
    PortRefused,
    PublisherBusy,
    ReaderError,
    SchemeRefused,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    UnexpectedStatus,
)
from reader.fetching import FetchPolicy, fetch, parse_resolve
from tests.page_server import PageServer, Parts

MakePolicy = Callable[..., FetchPolicy]
URL = "https://berita.example/pohon"
PAGE = b"<!doctype html><html lang=id><title>Warga menanam pohon</title><p>Alinea.</p></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


# --- what is fetched ---


def test_a_page_comes_back_with_its_own_address_and_harmless_headers(
    server: PageServer, make_policy: MakePolicy
) -> None:
    kept = {"Last-Modified": "Tue, 24 Nov 2026 01:02:03 GMT", "ETag": '"a"', "X-Robots-Tag": "noarchive"}
    server.add(f"{URL}?b=2&a=1", PAGE, headers={**kept, "Set-Cookie": "a=b", "X-Powered-By": "x"})

    page = fetch(f"{URL}?b=2&a=1", make_policy())

    assert (page.url, page.final_url) == (f"{URL}?b=2&a=1", f"{URL}?b=2&a=1")
    assert (page.body, page.status, page.content_type) == (PAGE, 200, "text/html; charset=utf-8")
    assert set(page.headers) == {"content-type", "date", "etag", "last-modified", "x-robots-tag"}
    assert page.fetched_at
    assert datetime.now(UTC) - page.fetched_at < timedelta(minutes=1)


def test_the_publisher_sees_its_own_host_and_an_honest_agent(
    server: PageServer, make_policy: MakePolicy
) -> None:
    server.add(URL, PAGE)

    fetch(URL, make_policy())

    (request,) = server.requests
    assert (request.method, request.host, request.target) == ("GET", "berita.example", "/pohon")
    assert request.headers["user-agent"] == "Teduh/test"
    assert request.headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in request.headers


def test_a_rules_headers_are_sent_but_not_those_that_frame_the_message(
    server: PageServer, make_policy: MakePolicy
) -> None:
    server.add(URL, PAGE)
    headers = {
        "User-Agent": "Khusus/1",
        "Referer": "https://berita.example/",
        "Host": "lain.example",
        "Content-Length": "5",
        "Transfer-Encoding": "chunked",
        "Accept-Encoding": "br",
        "X-Satu": "a\r\nX-Dua: b",
        "X Tiga": "c",
        "": "d",
        "X-Empat": "é",
    }

    fetch(URL, make_policy(), headers)

    (request,) = server.requests
    assert request.host == "berita.example"
    assert request.headers["user-agent"] == "Khusus/1"
    assert request.headers["referer"] == "https://berita.example/"
    assert not {"content-length", "transfer-encoding", "x-satu", "x-dua", "x tiga", ""} & set(request.headers)
    assert request.headers["accept-encoding"] == "gzip, deflate"


def test_proxy_variables_are_ignored(
    server: PageServer, make_policy: MakePolicy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.add(URL, PAGE)

    assert fetch(URL, make_policy()).body == PAGE


def test_cookies_live_within_one_fetch_only(server: PageServer, make_policy: MakePolicy) -> None:
    server.add(URL, b"", status=302, headers={"Location": "/dua", "Set-Cookie": "izin=ya; Secure; Path=/"})
    server.add("https://berita.example/dua", PAGE)

    fetch(URL, make_policy())
    fetch("https://berita.example/dua", make_policy())

    assert [request.headers.get("cookie") for request in server.requests] == [None, "izin=ya", None]


def test_cookies_do_not_go_to_another_host(server: PageServer, make_policy: MakePolicy) -> None:
    redirect = {"Location": "https://lain.example/", "Set-Cookie": "izin=ya; Path=/"}
    server.add(URL, b"", status=302, headers=redirect)
    server.add("https://lain.example/", PAGE)

    fetch(URL, make_policy())

    assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize(
    "cookie",
    [
        "a=\u00e9",
        "\u00e9=b",
        "a=\x01",
        "a=b; expires=Thu, 99 Jan 99999 00:00:00 GMT; max-age=1e9",
        ";;=",
        "a=b; Domain=.com",
    ],
)
def test_a_cookie_that_cannot_be_sent_is_left_out(
    server: PageServer, make_policy: MakePolicy, cookie: str
) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: /dua\r\nSet-Cookie: {cookie}\r\nSet-Cookie: izin=ya\r\n\r\n"
    server.add_raw(URL, lambda: [head.encode()])
    server.add("https://berita.example/dua", PAGE)

    assert fetch(URL, make_policy()).body == PAGE
    assert "izin=ya" in server.requests[1].headers["cookie"]
    assert server.requests[1].headers["cookie"].isascii()


# --- redirects ---


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "final_url"),
    [
        ("/dua?a=1#b", "https://berita.example/dua?a=1"),
        ("//lain.example/tiga", "https://lain.example/tiga"),
        ("http://lain.example/tiga", "http://lain.example/tiga"),
        ("\\\\lain.example\\tiga", "https://lain.example/tiga"),
    ],
    ids=["path", "host", "plain http", "backslashes"],
)
def test_redirects_are_followed_and_named(
    server: PageServer, make_policy: MakePolicy, status: int, location: str, final_url: str
) -> None:
    server.add_redirect(URL, location, status=status)
    server.add(final_url, PAGE)

    page = fetch(URL, make_policy())

    assert (page.url, page.final_url, page.body) == (URL, final_url, PAGE)


def test_five_redirects_are_enough_and_six_too_many(server: PageServer, make_policy: MakePolicy) -> None:
    for number in range(6):
        server.add_redirect(f"https://berita.example/{number}", f"/{number + 1}")
    server.add("https://berita.example/6", PAGE)

    assert fetch("https://berita.example/1", make_policy()).final_url == "https://berita.example/6"
    with pytest.raises(TooManyRedirects):
        fetch("https://berita.example/0", make_policy())


def test_a_redirect_loop_ends(server: PageServer, make_policy: MakePolicy) -> None:
    server.add_redirect(URL, URL)

    with pytest.raises(TooManyRedirects):
        fetch(URL, make_policy())
    assert len(server.requests) == 6


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://127.0.0.1/admin", AddressRefused),
        ("http://0x7f.1/", AddressRefused),
        ("http://[::ffff:127.0.0.1]/", AddressRefused),
        ("http://169.254.169.254/latest/meta-data/", AddressRefused),
        ("http:\\\\127.0.0.1\\admin", AddressRefused),
        ("/\\127.0.0.1", AddressRefused),
        ("http://localhost/", AddressRefused),
        ("https://lain.example:8443/", PortRefused),
        ("https://ann:rahasia@lain.example/", CredentialsRefused),
        ("javascript:alert(1)", SchemeRefused),
        ("file:///etc/passwd", SchemeRefused),
        ("http://", LinkMalformed),
        ("http://a\tb/", LinkMalformed),
    ],
)
def test_a_redirect_is_judged_like_a_link(
    server: PageServer, make_policy: MakePolicy, location: str, error: type[ReaderError]
) -> None:
    server.add_redirect(URL, location)

    with pytest.raises(error):
        fetch(URL, make_policy())
    assert len(server.requests) == 1


def test_a_redirect_without_a_location_is_no_page(server: PageServer, make_policy: MakePolicy) -> None:
    server.add(URL, PAGE, status=302)

    with pytest.raises(UnexpectedStatus):
        fetch(URL, make_policy())


def test_a_rules_headers_do_not_follow_to_another_site(server: PageServer, make_policy: MakePolicy) -> None:
    server.add_redirect(URL, "https://m.berita.example/satu")
    server.add_redirect("https://m.berita.example/satu", "https://lain.example/dua")
    server.add("https://lain.example/dua", PAGE)

    fetch(URL, make_policy(), {"X-Kunci": "a"})

    assert [request.headers.get("x-kunci") for request in server.requests] == ["a", "a", None]


# --- status ---


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, PageGone),
        (410, PageGone),
        (401, PageForbidden),
        (402, PageForbidden),
        (403, PageForbidden),
        (451, PageForbidden),
        (429, PublisherBusy),
        (500, PublisherBusy),
        (502, PublisherBusy),
        (503, PublisherBusy),
        (599, PublisherBusy),
        (400, UnexpectedStatus),
        (405, UnexpectedStatus),
        (418, UnexpectedStatus),
        (204, UnexpectedStatus),
        (206, UnexpectedStatus),
        (304, UnexpectedStatus),
        (300, UnexpectedStatus),
    ],
)
def test_a_status_that_brings_no_page_has_its_error(
    server: PageServer, make_policy: MakePolicy, status: int, error: type[FetchError]
) -> None:
    server.add(URL, b"" if status in {204, 304} else PAGE, status=status)

    with pytest.raises(error):
        fetch(URL, make_policy())


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999999", 86400),
        ("-5", None),
        ("nanti", None),
        ("", None),
        ("Tue, 24 Nov 2020 00:00:00 GMT", 0),
        ("Fri, 24 Nov 2090 00:00:00 GMT", 86400),
        ("Fri, 99 Nov 2090", None),
    ],
)
def test_the_publishers_wait_is_read(
    server: PageServer, make_policy: MakePolicy, value: str, seconds: int | None
) -> None:
    server.add(URL, b"", status=429, headers={"Retry-After": value})

    with pytest.raises(PublisherBusy) as caught:
        fetch(URL, make_policy())
    assert caught.value.retry_after_seconds == seconds


def test_a_wait_given_as_a_date_is_counted_from_now(server: PageServer, make_policy: MakePolicy) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    server.add(URL, b"", status=503, headers={"Retry-After": date})

    with pytest.raises(PublisherBusy) as caught:
        fetch(URL, make_policy())
    assert caught.value.retry_after_seconds is not None
    assert 590 <= caught.value.retry_after_seconds <= 600


# --- size and compression ---


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:])),
        ("gzip", gzip.compress(PAGE) + b"\x00" * 20),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("identity", PAGE),
        ("", PAGE),
    ],
    ids=["gzip", "x-gzip", "two members", "padding", "zlib", "bare deflate", "identity", "none"],
)
def test_compression_is_undone(
    server: PageServer, make_policy: MakePolicy, encoding: str, body: bytes
) -> None:
    server.add(URL, body, headers={"Content-Encoding": encoding})

    assert fetch(URL, make_policy()).body == PAGE


@pytest.mark.parametrize(
    ("encoding", "body", "error"),
    [
        ("gzip", b"bukan gzip", BadResponse),
        ("gzip", gzip.compress(PAGE)[:-4] + b"\x00\x00\x00\x00", BadResponse),
        ("gzip", gzip.compress(PAGE)[:-9], ConnectFailed),
        ("gzip", gzip.compress(b"") * 2_000, BadResponse),
        ("deflate", b"\xff\xff\xff", BadResponse),
        ("br", b"\x0b\x02\x80abc\x03", BadResponse),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE)), BadResponse),
        ("zstd", b"x", BadResponse),
        ("gzip", b"", BadResponse),
        ("", b"", BadResponse),
        ("", b" \r\n\t", BadResponse),
    ],
    ids=[
        "no gzip",
        "wrong length",
        "cut gzip",
        "members",
        "no deflate",
        "brotli",
        "twice",
        "zstd",
        "empty gzip",
        "empty",
        "blank",
    ],
)
def test_a_broken_body_is_no_page(
    server: PageServer, make_policy: MakePolicy, encoding: str, body: bytes, error: type[FetchError]
) -> None:
    server.add(URL, body, headers={"Content-Encoding": encoding})

    with pytest.raises(error):
        fetch(URL, make_policy())


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_bomb_is_refused_and_costs_little_memory(
    server: PageServer, make_policy: MakePolicy, encoding: str
) -> None:
    packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    bomb = (
        packer.compress(PAGE)
        + b"".join(packer.compress(b" " * 1_000_000) for _ in range(300))
        + packer.flush()
    )
    server.add(URL, bomb, headers={"Content-Encoding": encoding})

    tracemalloc.start()
    with pytest.raises(TooLarge):
        fetch(URL, make_policy(max_body_bytes=2_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000


def test_a_body_over_the_limit_is_refused_and_one_at_the_limit_kept(
    server: PageServer, make_policy: MakePolicy
) -> None:
    server.add(URL, PAGE)

    assert fetch(URL, make_policy(max_body_bytes=len(PAGE))).body == PAGE
    with pytest.raises(TooLarge):
        fetch(URL, make_policy(max_body_bytes=len(PAGE) - 1))


def test_an_endless_body_without_a_length_is_cut(server: PageServer, make_policy: MakePolicy) -> None:
    def endless() -> Parts:
        yield HEAD + b"\r\n" + PAGE
        while True:
            yield b"x" * 65_536

    server.add_raw(URL, endless)

    with pytest.raises(TooLarge):
        fetch(URL, make_policy(max_body_bytes=300_000))


def test_a_body_sent_byte_by_byte_costs_little_time(server: PageServer, make_policy: MakePolicy) -> None:
    def crumbs() -> Parts:
        yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        while True:
            yield b"1\r\nx\r\n" * 10_000

    server.add_raw(URL, crumbs)

    with pytest.raises(BadResponse):
        fetch(URL, make_policy())


@pytest.mark.parametrize(
    "part",
    [b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000, b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n" * 1_000],
    ids=["continue", "early hints"],
)
def test_endless_interim_answers_are_cut(server: PageServer, make_policy: MakePolicy, part: bytes) -> None:
    def endless() -> Parts:
        while True:
            yield part

    server.add_raw(URL, endless)

    with pytest.raises(HeaderTooLarge):
        fetch(URL, make_policy())


# --- time ---


def drip(start: bytes, piece: bytes) -> Callable[[], Iterator[bytes | float]]:
    def parts() -> Iterator[bytes | float]:
        yield start
        for _ in range(200):
            yield piece
            yield 0.05

    return parts


@pytest.mark.parametrize(
    "parts",
    [
        drip(HEAD + b"Content-Length: 9000\r\n\r\n<html>", b"x"),
        drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        drip(HEAD, b"X-A: b\r\n"),
        drip(b"", b"H"),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["body", "chunks", "headers", "status line", "interim answers"],
)
def test_dripping_does_not_get_past_the_deadline(
    server: PageServer, make_policy: MakePolicy, parts: Callable[[], Parts]
) -> None:
    server.add_raw(URL, parts)

    began = time.monotonic()
    with pytest.raises(TimedOut):
        fetch(URL, make_policy(total_seconds=0.5))
    assert time.monotonic() - began < 2


def test_silence_ends_before_the_deadline(server: PageServer, make_policy: MakePolicy) -> None:
    server.add(URL, PAGE, delay_seconds=3)

    began = time.monotonic()
    with pytest.raises(TimedOut):
        fetch(URL, make_policy(first_byte_seconds=0.3))
    assert time.monotonic() - began < 2


def test_slow_redirects_share_one_deadline(server: PageServer, make_policy: MakePolicy) -> None:
    server.add(URL, b"", status=302, headers={"Location": URL}, delay_seconds=0.3)

    began = time.monotonic()
    with pytest.raises(TimedOut):
        fetch(URL, make_policy(total_seconds=0.7))
    assert time.monotonic() - began < 2


# --- broken connections and broken HTTP ---


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"", ConnectFailed),
        (b"HTTP/1.1 200 OK\r\nContent-Ty", ConnectFailed),
        (HEAD + b"Content-Length: 900\r\n\r\n<html>", ConnectFailed),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<html", ConnectFailed),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", BadResponse),
        (b"<html><p>tanpa kepala</html>\r\n\r\n", BadResponse),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n<html\r\n", BadResponse),
        (HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<html>", BadResponse),
        (HEAD + b"Content-Length: -5\r\n\r\n<html>", BadResponse),
        (HEAD + b"X-A\x00: b\r\n\r\n<html>", BadResponse),
        (HEAD + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n<html>", HeaderTooLarge),
        (HEAD + b"X-A: b\r\n" * 50_000 + b"\r\n<html>", HeaderTooLarge),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", ReaderError),
    ],
    ids=[
        "nothing",
        "cut header",
        "cut body",
        "cut chunk",
        "another protocol",
        "no header",
        "bad chunk",
        "two lengths",
        "negative length",
        "bad header name",
        "one huge header",
        "many headers",
        "upgrade",
    ],
)
def test_broken_answers_have_their_error(
    server: PageServer, make_policy: MakePolicy, raw: bytes, error: type[ReaderError]
) -> None:
    server.add_raw(URL, lambda: [raw])

    with pytest.raises(error):
        fetch(URL, make_policy(total_seconds=5))


def test_a_page_without_length_ends_with_the_connection(server: PageServer, make_policy: MakePolicy) -> None:
    server.add_raw(URL, lambda: [b"HTTP/1.0 200 OK\r\n\r\n", PAGE])

    assert fetch(URL, make_policy()).body == PAGE


def test_a_closed_port_is_a_failed_connection() -> None:
    with PageServer() as server:
        policy = FetchPolicy(user_agent="x", resolve=parse_resolve(server.resolve))
    with pytest.raises(ConnectFailed) as caught:
        fetch(URL, policy)
    assert caught.value.__cause__ is not None


# --- what counts as a page ---


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html", PAGE),
        ("", PAGE),
        ("application/xhtml+xml", b'<?xml version="1.0"?><!DOCTYPE html><html><p>a</p></html>'),
        ("text/html", b"\xef\xbb\xbf\r\n <p>a</p>"),
        ("text/html; charset=utf-16", "<html><p>a</p></html>".encode("utf-16")),
        ("text/html", b"<!-- catatan --><div>a</div>"),
        ("text/plain", b"Warga menanam pohon."),
        ("text/plain", b"[POPULER] Warga menanam pohon"),
        ("application/octet-stream", PAGE),
        ("application/json", PAGE),
        ("text/xml", b"<?xml version='1.0'?><html><p>a</p></html>"),
        ("Text/HTML;charset=x", b"<html><title>Nol\x00Nol</title>"),
    ],
)
def test_html_and_text_are_pages(
    server: PageServer, make_policy: MakePolicy, content_type: str, body: bytes
) -> None:
    server.add(URL, body, headers={"Content-Type": content_type})

    page = fetch(URL, make_policy())

    assert (page.body, page.content_type) == (body, content_type)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/pdf", b"%PDF-1.7"),
        ("text/html", b"%PDF-1.7\n"),
        ("text/html", b"\xff\xd8\xff\xe0\x00\x10JFIF"),
        ("text/html", b"\x89PNG\r\n\x1a\n"),
        ("", b"PK\x03\x04\x14\x00"),
        ("text/plain", b"\x1f\x8b\x08\x00"),
        ("text/html", b"\x00\x00\x00\x20ftypisom"),
        ("image/jpeg", PAGE),
        ("video/mp4", b""),
        ("application/json", b'{"a": 1}'),
        ("text/html", b'{"a": "<p>b</p>"}'),
        ("", b'[{"a": 1}]'),
        ("application/rss+xml", b"<?xml version='1.0'?><rss></rss>"),
        ("text/html", b"<?xml version='1.0'?><rss><channel><title>a</title></channel></rss>"),
        ("text/html", b"<svg xmlns='x'><a href=x></a></svg>"),
        ("text/css", b"p { color: red }"),
        ("application/javascript", b"alert(1)"),
        ("text/plain", b"a\x00b\x01"),
    ],
)
def test_other_things_are_no_pages_whatever_they_are_called(
    server: PageServer, make_policy: MakePolicy, content_type: str, body: bytes
) -> None:
    server.add(URL, body, headers={"Content-Type": content_type})

    with pytest.raises(NotAPage):
        fetch(URL, make_policy())
