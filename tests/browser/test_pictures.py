"""Pictures in a real browser: ours, in place before they are there, and nobody else is asked for one."""

import re
import threading
import time

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import OpenPage, log_in, paste
from tests.page_server import PageServer, Parts
from tests.pictures import make_jpeg
from tests.serving import RunningSite

pytestmark = pytest.mark.browser

URL = "https://warta.example/2020/11/10/kebun-bersama"
TITLE = "Kebun Bersama di Bantaran Sungai Dibuka untuk Warga"
SENTENCE = "Sejak fajar warga datang membawa cangkul, bibit cabai, dan bekal untuk dimakan bersama di kebun."
_TEXT = "".join(f"<p>{SENTENCE} Hari ke-{number} kebun itu makin hijau.</p>" for number in range(1, 8))
PAGE = f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{TITLE}</title>
<meta property="og:title" content="{TITLE}"><meta property="og:image" content="https://cdn.example/utama.jpg">
<meta property="og:type" content="article"></head><body><article><h1>{TITLE}</h1>
{_TEXT}<figure><img src="https://cdn.example/isi.jpg" srcset="https://cdn.example/isi-1200.jpg 1200w,
https://cdn.example/isi-3000.jpg 3000w"><figcaption>Warga memanen cabai.</figcaption></figure>{_TEXT}
<figure><img src="https://cdn.example/hilang.jpg"><figcaption>Papan nama kebun.</figcaption></figure>{_TEXT}
</article></body></html>"""


def save_and_open(page: Page) -> None:
    """Paste the link, wait until the pictures are there, and open the article."""
    log_in(page)
    paste(page, URL)
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator(".prose")).to_contain_text(SENTENCE)
    for _ in range(60):
        page.reload()
        if page.locator("article img").count() >= 2:
            return
        time.sleep(0.5)
    raise AssertionError(page.content())


def test_an_article_shows_its_pictures_from_here_and_nothing_jumps(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    publisher.add(URL, PAGE)
    publisher.add("https://cdn.example/utama.jpg", make_jpeg(1600, 1000))
    publisher.add("https://cdn.example/isi-1200.jpg", make_jpeg(1200, 700, seed=2))
    page = open_page(site)
    save_and_open(page)

    images = page.locator("article img")
    assert images.count() == 2
    for image in images.all():
        assert re.match("/pictures/[0-9a-f]{64}$", image.get_attribute("src") or "")
        image.scroll_into_view_if_needed()
        page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0", arg=image.element_handle()
        )
        box = image.bounding_box()
        assert box
        assert box["width"] <= 360
        ratio = int(image.get_attribute("width") or 0) / int(image.get_attribute("height") or 1)
        assert abs(box["width"] / box["height"] - ratio) < 0.02
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    lost = page.locator(".prose figure", has_text="Papan nama kebun.")
    assert lost.locator("img").count() == 0
    expect(lost.get_by_role("link")).to_have_attribute("href", "https://cdn.example/hilang.jpg")


def test_a_picture_comes_into_its_room_while_the_article_is_read(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    release = threading.Event()

    def send() -> Parts:
        release.wait(25)
        yield b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + make_jpeg(900, 700, seed=5)

    figure = '<figure><img src="https://datang.example/1.jpg"><figcaption>Bibit.</figcaption></figure>'
    title = "Bibit Datang Belakangan"
    publisher.add(
        "https://warta.example/bibit", f"<title>{title}</title><h1>{title}</h1>{figure}{_TEXT}{_TEXT}"
    )
    publisher.add_raw("https://datang.example/1.jpg", send)
    page = open_page(site)
    log_in(page)
    paste(page, "https://warta.example/bibit")
    page.get_by_role("link", name=title).click()
    room, text = page.locator(".picture--room"), page.locator(".prose p").last
    expect(room).to_be_visible()
    place = (room.bounding_box(), text.bounding_box())
    asked: list[Request] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)

    release.set()

    image = page.locator("article img")
    expect(image).to_be_visible()
    assert (image.bounding_box(), text.bounding_box()) == place
    assert not any(request.is_navigation_request() for request in asked)
    asked.clear()
    page.wait_for_timeout(2_000)
    assert [request.url for request in asked if "?keys=" in request.url] == []
