"""A hostile server: each path is one misdeed, and each meets its error, in little time and memory.

What test_fetch asks one by one of a publisher's mistakes is not repeated; here somebody means harm.
"""

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from reader.errors import (
    BadResponse,
    CompressionBomb,
    ConnectFailed,
    HeaderTooLarge,
    NoAnswer,
    NotAPage,
    ReaderError,
    TimedOut,
    TooLarge,
    UnexpectedStatus,
)
from reader.fetching import FetchPolicy, fetch
from tests.page_server import PageServer, Parts

MakePolicy = Callable[..., FetchPolicy]
HOST = "https://jahat.example"
OK = b"HTTP/1.1 200 OK\r\n"
HTML = OK + b"Content-Type: text/html\r\n"
PAGE = b"<!doctype html><html><p>Warga menanam pohon.</p></html>"


def once(*parts: bytes | float) -> Callable[[], Parts]:
    return lambda: parts


def endlessly(start: bytes, piece: bytes, pause: float = 0.0) -> Callable[[], Parts]:
    def parts() -> Parts:
        yield start
        for _ in range(100_000):
            yield piece
            if pause:
                yield pause

    return parts


def squeezed(megabytes: int, fill: bytes = b" ", wbits: int = 31) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    blocks = [packer.compress(fill * (1_000_000 // len(fill))) for _ in range(megabytes)]
    return b"".join([packer.compress(PAGE), *blocks, packer.flush()])


def gzipped(body: bytes, encoding: bytes = b"gzip") -> bytes:
    return HTML + b"Content-Encoding: %b\r\nContent-Length: %d\r\n\r\n%b" % (encoding, len(body), body)


@dataclass(frozen=True)
class Misdeed:
    name: str
    answer: Callable[[], Parts]
    error: type[ReaderError]


MISDEEDS = [
    # Compression.
    Misdeed("bomb", once(gzipped(squeezed(200))), CompressionBomb),
    Misdeed("bomb-of-zlib", once(gzipped(squeezed(200, wbits=15), b"deflate")), CompressionBomb),
    Misdeed("bomb-bare", once(gzipped(squeezed(200, wbits=-15), b"deflate")), CompressionBomb),
    Misdeed("bomb-of-tags", once(gzipped(squeezed(50, b"<div>"))), CompressionBomb),
    Misdeed("bomb-below-the-limit", once(gzipped(squeezed(5))), CompressionBomb),
    Misdeed("bomb-in-members", once(gzipped(gzip.compress(b" " * 900_000) * 9)), CompressionBomb),
    Misdeed("bomb-in-a-bomb", once(gzipped(gzip.compress(squeezed(300)))), NotAPage),
    Misdeed("nested", once(gzipped(gzip.compress(squeezed(300)), b"gzip, gzip")), BadResponse),
    Misdeed("nested-chunks", once(HTML + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), BadResponse),
    Misdeed("unknown-compression", once(gzipped(PAGE, b"x-jahat")), BadResponse),
    Misdeed(
        "endless-members",
        endlessly(HTML + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"")),
        BadResponse,
    ),
    # Headers.
    Misdeed("endless-header", endlessly(OK, b"X-A: " + b"a" * 1_000 + b"\r\n"), HeaderTooLarge),
    Misdeed("endless-header-line", endlessly(OK + b"X-A: ", b"a" * 8_000), HeaderTooLarge),
    Misdeed("endless-status-line", endlessly(b"HTTP/1.1 200 ", b"a" * 8_000), HeaderTooLarge),
    Misdeed("endless-blank-lines", endlessly(b"", b"\r\n" * 4_000), ReaderError),
    Misdeed("endless-folding", endlessly(OK + b"X-A: a\r\n", b" " * 8_000), HeaderTooLarge),
    Misdeed("endless-continue", endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 300), HeaderTooLarge),
    Misdeed(
        "endless-hints",
        endlessly(b"", b"HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n" * 200),
        HeaderTooLarge,
    ),
    Misdeed("huge-cookies", endlessly(OK, b"Set-Cookie: a=" + b"b" * 4_000 + b"\r\n"), HeaderTooLarge),
    Misdeed("nul-in-header", once(HTML + b"X-A: a\x00b\r\n\r\n" + PAGE), BadResponse),
    Misdeed("no-version", once(b"200 OK\r\n\r\n" + PAGE), BadResponse),
    Misdeed("http-0.9", once(PAGE), ConnectFailed),
    Misdeed(
        "http-2", once(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00"), BadResponse
    ),
    Misdeed("status-0", once(b"HTTP/1.1 000 OK\r\n\r\n" + PAGE), ReaderError),
    Misdeed("status-999", once(b"HTTP/1.1 999 OK\r\nContent-Length: 0\r\n\r\n"), ReaderError),
    Misdeed(
        "switching",
        once(b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n", PAGE),
        ReaderError,
    ),
    # Lengths.
    Misdeed("length-too-long", once(HTML + b"Content-Length: 5000\r\n\r\n" + PAGE), ConnectFailed),
    Misdeed("length-of-a-disk", once(HTML + b"Content-Length: 99999999999999999999\r\n\r\n"), TooLarge),
    Misdeed("length-over-the-limit", once(HTML + b"Content-Length: 10000001\r\n\r\n"), TooLarge),
    Misdeed(
        "length-and-chunks",
        endlessly(
            HTML + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
            b"fffff\r\n" + b"a" * 0xFFFFF + b"\r\n",
        ),
        TooLarge,
    ),
    Misdeed("length-with-a-plus", once(HTML + b"Content-Length: +5\r\n\r\n<html>"), BadResponse),
    Misdeed(
        "chunk-of-a-disk",
        endlessly(HTML + b"Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\n", b"a" * 65_536),
        TooLarge,
    ),
    Misdeed(
        "chunk-without-end", once(HTML + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 200_000), ReaderError
    ),
    Misdeed(
        "chunk-extensions",
        endlessly(HTML + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"a" * 4_000 + b"\r\na\r\n"),
        TooLarge,
    ),
    Misdeed(
        "endless-trailer",
        endlessly(
            HTML + b"Transfer-Encoding: chunked\r\n\r\n37\r\n" + PAGE + b"\r\n0\r\n", b"X-A: b\r\n" * 500
        ),
        ReaderError,
    ),
    Misdeed(
        "crumbs", endlessly(HTML + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 9_000), BadResponse
    ),
    Misdeed("endless-body", endlessly(HTML + b"\r\n" + PAGE, b"a" * 65_536), TooLarge),
    # Time; the policy of the test has half a second for an answer and one second in all.
    Misdeed("silent", once(3.0), NoAnswer),
    Misdeed("silent-after-continue", once(b"HTTP/1.1 100 Continue\r\n\r\n", 3.0), NoAnswer),
    Misdeed("silent-in-header", once(HTML, 3.0), NoAnswer),
    Misdeed("dripping-header", endlessly(HTML, b"X-A: b\r\n", 0.02), NoAnswer),
    Misdeed("dripping-continue", endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.02), NoAnswer),
    Misdeed("silent-in-body", once(HTML + b"\r\n<html>", 3.0), TimedOut),
    Misdeed("dripping-body", endlessly(HTML + b"\r\n<html>", b"a", 0.02), TimedOut),
    Misdeed(
        "dripping-gzip",
        endlessly(HTML + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"")[:10], b"\x00", 0.02),
        ReaderError,
    ),
    # Types.
    Misdeed("picture-called-page", once(HTML + b"\r\n\x89PNG\r\n\x1a\n<html>"), NotAPage),
    Misdeed("page-called-picture", once(OK + b"Content-Type: image/png\r\n\r\n" + PAGE), NotAPage),
    Misdeed("pdf-with-tags", once(HTML + b"\r\n%PDF-1.7 <html><body>"), NotAPage),
    Misdeed("svg", once(HTML + b"\r\n<svg xmlns='x' onload='alert(1)'><p>a</p></svg>"), NotAPage),
    Misdeed(
        "two-types",
        once(OK + b"Content-Type: text/html\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n"),
        NotAPage,
    ),
    Misdeed(
        "redirect-to-nothing",
        once(b"HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n"),
        UnexpectedStatus,
    ),
    Misdeed("early-close", once(b"HTTP/1.1 20"), ConnectFailed),
]


@pytest.mark.parametrize("misdeed", MISDEEDS, ids=lambda misdeed: misdeed.name)
def test_a_misdeed_meets_its_error(server: PageServer, make_policy: MakePolicy, misdeed: Misdeed) -> None:
    url = f"{HOST}/{misdeed.name}"
    server.add_raw(url, misdeed.answer)
    is_slow = misdeed.name.startswith(("silent", "dripping"))
    policy = make_policy(first_byte_seconds=0.5, total_seconds=1.0) if is_slow else make_policy()

    began, cpu_began = time.monotonic(), time.process_time()
    with pytest.raises(ReaderError) as caught:
        fetch(url, policy)

    assert isinstance(caught.value, misdeed.error), repr(caught.value)
    assert len(caught.value.detail) <= 1_000
    assert time.process_time() - cpu_began < 5
    assert not is_slow or time.monotonic() - began < 2.5


@pytest.mark.parametrize("name", ["bomb", "bomb-in-a-bomb", "chunk-of-a-disk", "endless-header-line"])
def test_a_misdeed_costs_little_memory(server: PageServer, make_policy: MakePolicy, name: str) -> None:
    (misdeed,) = (each for each in MISDEEDS if each.name == name)
    server.add_raw(f"{HOST}/{name}", misdeed.answer)

    tracemalloc.start()
    with pytest.raises(ReaderError):
        fetch(f"{HOST}/{name}", make_policy(max_body_bytes=2_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000


def test_a_page_that_repeats_itself_is_no_bomb(server: PageServer, make_policy: MakePolicy) -> None:
    table = PAGE + b"".join(b"<tr><td>%d</td><td>0</td></tr>\n" % number for number in range(60_000))
    packed = gzip.compress(table, 9)
    server.add_raw(f"{HOST}/tabel", once(gzipped(packed)))

    assert fetch(f"{HOST}/tabel", make_policy()).body == table


@pytest.mark.parametrize("size", [999_999, 1_000_000, 1_000_001, 2_000_000])
@pytest.mark.parametrize("wbits", [31, 15, -15])
def test_a_body_that_ends_where_a_step_ends_is_whole(
    server: PageServer, make_policy: MakePolicy, size: int, wbits: int
) -> None:
    noise = b"".join(b"%x" % (number * 2_654_435_761 % 2**32) for number in range(size // 8 + 1))
    body = PAGE + noise[: size - len(PAGE)]
    packer = zlib.compressobj(9, wbits=wbits)
    packed = packer.compress(body) + packer.flush()
    server.add_raw(f"{HOST}/batas", once(gzipped(packed, b"gzip" if wbits == 31 else b"deflate")))

    assert fetch(f"{HOST}/batas", make_policy()).body == body


def test_an_answer_that_was_not_asked_for_is_not_taken_for_the_next(
    server: PageServer, make_policy: MakePolicy
) -> None:
    """After a redirect, bytes that already wait in the connection must not become the next page."""
    redirect = b"HTTP/1.1 302 Found\r\nLocation: /asli\r\nContent-Length: 0\r\n\r\n"
    forged = HTML + b"Content-Length: 12\r\n\r\n<html>palsu!"
    server.add_raw(f"{HOST}/a", once(redirect + forged, 0.3))
    server.add(f"{HOST}/asli", PAGE)

    assert fetch(f"{HOST}/a", make_policy()).body == PAGE


def test_what_follows_the_page_is_not_part_of_it(server: PageServer, make_policy: MakePolicy) -> None:
    head = HTML + b"Content-Length: %d\r\n\r\n" % len(PAGE)
    server.add_raw(f"{HOST}/a", once(head + PAGE + b"HTTP/1.1 200 OK\r\n\r\n<p>sampah" * 1_000))

    assert fetch(f"{HOST}/a", make_policy()).body == PAGE


@pytest.mark.parametrize(
    "location",
    [
        "/" + "a" * 9_000,
        "https://" + "a" * 300 + ".example/",
        "https://a\u0430.example:99/",
        "//[::1",
        "http:////127.0.0.1",
    ],
)
def test_a_redirect_to_an_odd_place_is_refused(
    server: PageServer, make_policy: MakePolicy, location: str
) -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + location.encode() + b"\r\n\r\n"
    server.add_raw(f"{HOST}/a", once(head))

    with pytest.raises(ReaderError) as caught:
        fetch(f"{HOST}/a", make_policy())
    assert caught.value.permanent
    assert len(server.requests) == 1


def test_a_name_that_is_no_real_punycode_is_an_ordinary_name(
    server: PageServer, make_policy: MakePolicy
) -> None:
    for host in ("xn--a.example", "xn--0.example", "a.xn--99zzz.example", "a_b.example"):
        server.add(f"https://{host}/", PAGE)
        assert fetch(f"https://{host}/", make_policy()).final_url == f"https://{host}/"
