"""Pictures go through the same guard as pages, and what is none is not even read to its end."""

import threading
import time
from collections.abc import Callable

import pytest

from reader.errors import (
    AddressRefused,
    ConnectFailed,
    NotAPicture,
    PageForbidden,
    PageGone,
    PublisherBusy,
    ReaderError,
    TimedOut,
    TooLarge,
    TooManyRedirects,
)
from reader.fetching import FetchPolicy, fetch_picture
from tests.page_server import PageServer, Parts
from tests.pictures import make_jpeg

URL = "https://gambar.example/foto.jpg"
JPEG = make_jpeg(300, 200)


Policies = Callable[..., FetchPolicy]


def test_a_picture_comes_as_it_is_whatever_its_type_is_said_to_be(
    server: PageServer, make_policy: Policies
) -> None:
    for content_type in ("image/jpeg", "text/html", "application/octet-stream", ""):
        server.add(URL, JPEG, headers={"Content-Type": content_type})
        assert fetch_picture(URL, make_policy()) == JPEG


def test_redirects_are_followed_and_no_cookie_goes_along(server: PageServer, make_policy: Policies) -> None:
    server.add(URL, b"", status=302, headers={"Location": "/dua.jpg", "Set-Cookie": "lacak=1"})
    server.add("https://gambar.example/dua.jpg", JPEG)

    assert fetch_picture(URL, make_policy()) == JPEG
    assert [request.target for request in server.requests] == ["/foto.jpg", "/dua.jpg"]
    for request in server.requests:
        assert "image/webp" in request.headers["accept"]
        assert not {"cookie", "referer", "origin"} & request.headers.keys()


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1/a.jpg", "http://[::ffff:10.0.0.1]/a.jpg", "http://0x7f.1/", "http://169.254.169.254/"],
)
def test_no_redirect_leads_into_the_network_of_the_server(
    server: PageServer, make_policy: Policies, location: str
) -> None:
    server.add_redirect(URL, location)

    with pytest.raises(AddressRefused):
        fetch_picture(URL, make_policy())


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        pytest.param(b"<html><img src=x></html>", 200, NotAPicture, id="a page"),
        pytest.param(
            b'<meta http-equiv="refresh" content="0; url=/lain">',
            200,
            NotAPicture,
            id="a refresh is not followed",
        ),
        pytest.param(b"<svg onload='alert(1)'></svg>", 200, NotAPicture, id="SVG"),
        pytest.param(b"\n" + JPEG, 200, NotAPicture, id="a JPEG with something before it"),
        pytest.param(b"", 200, NotAPicture, id="nothing"),
        pytest.param(JPEG, 404, PageGone, id="gone"),
        pytest.param(JPEG, 403, PageForbidden, id="forbidden"),
        pytest.param(JPEG, 503, PublisherBusy, id="busy"),
    ],
)
def test_what_is_no_picture_is_refused(
    server: PageServer, make_policy: Policies, body: bytes, status: int, error: type[ReaderError]
) -> None:
    server.add(URL, body, status=status, headers={"Content-Type": "image/jpeg"})

    with pytest.raises(error):
        fetch_picture(URL, make_policy())


def test_more_bytes_than_may_come_are_refused_declared_or_not(
    server: PageServer, make_policy: Policies
) -> None:
    server.add(URL, JPEG + bytes(100_000))
    with pytest.raises(TooLarge):
        fetch_picture(URL, make_policy(max_body_bytes=50_000))

    server.add_raw(URL, lambda: [b"HTTP/1.1 200 OK\r\n\r\n", *[JPEG] * 100])
    with pytest.raises(TooLarge):
        fetch_picture(URL, make_policy(max_body_bytes=50_000))


def test_a_picture_that_drips_ends_with_the_time_of_a_fetch(
    server: PageServer, make_policy: Policies
) -> None:
    def drip() -> Parts:
        yield b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n\xff\xd8\xff"
        while True:
            yield b"\xe0"
            yield 0.05

    server.add_raw(URL, drip)
    begun = time.monotonic()

    with pytest.raises(TimedOut):
        fetch_picture(URL, make_policy(total_seconds=1.0))

    assert time.monotonic() - begun < 5


def test_a_picture_that_breaks_off_may_be_whole_at_the_next_try(
    server: PageServer, make_policy: Policies
) -> None:
    server.add_raw(URL, lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n", JPEG])

    with pytest.raises(ConnectFailed):
        fetch_picture(URL, make_policy())


def test_redirects_end(server: PageServer, make_policy: Policies) -> None:
    server.add_redirect(URL, URL)

    with pytest.raises(TooManyRedirects):
        fetch_picture(URL, make_policy())


def test_a_host_is_asked_for_one_picture_at_a_time(server: PageServer, make_policy: Policies) -> None:
    server.add(URL, JPEG, delay_seconds=0.2)
    begun = time.monotonic()
    threads = [threading.Thread(target=fetch_picture, args=(URL, make_policy())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert time.monotonic() - begun >= 0.6
