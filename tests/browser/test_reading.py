"""Reading in a real browser: the place that is kept, the look, keys, pictures, and all without scripts."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import OpenPage, log_in, paste
from tests.browser.devices import ask, new_device
from tests.page_server import PageServer
from tests.pictures import make_jpeg
from tests.serving import RunningSite, wait_until

pytestmark = pytest.mark.browser

ARTICLE = re.compile(r"/articles/\d+/$")
SENTENCE = (
    "Sejak fajar warga datang membawa cangkul, bibit cabai, dan bekal untuk dimakan bersama di kebun itu."
)
PICTURE = '<figure><img src="https://cdn.example/{}.jpg"><figcaption>Keterangan {}.</figcaption></figure>'


def publish(publisher: PageServer, name: str, *, pictures: int = 0) -> str:
    """Put a long article with headings on the publisher's server; return its address."""
    parts = []
    for number in range(1, 31):
        heading = f"<h2>Bagian {number}</h2>" if number % 6 == 1 else ""
        parts.append(f"{heading}<p>Alinea ke-{number} {name}. {SENTENCE} {SENTENCE} {SENTENCE}</p>")
    for number in range(1, pictures + 1):
        publisher.add(f"https://cdn.example/{name}-{number}.jpg", make_jpeg(1200, 800, seed=number))
        parts.insert(number * 5, PICTURE.format(f"{name}-{number}", number))
    title = f"Kebun {name.title()} Dibuka untuk Semua Warga Kota"
    url = f"https://warta.example/2020/11/10/kebun-{name}"
    publisher.add(
        url,
        f'<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article"></head>'
        f"<body><article><h1>{title}</h1>{''.join(parts)}</article></body></html>",
    )
    return url


def open_article(page: Page, url: str, *, pictures: int = 0) -> str:
    """Save the link and open its article when all of it is there; return its address."""
    log_in(page)
    paste(page, url)
    open_entry(page, url)
    page.wait_for_url(ARTICLE)
    expect(page.locator(".prose")).to_contain_text("Alinea ke-30")
    for _ in range(60):
        if page.locator("article a.picture").count() >= pictures:
            return page.url
        time.sleep(0.5)
        page.reload()
    raise AssertionError(page.content())


def open_entry(page: Page, url: str) -> None:
    name = url.rpartition("-")[2].title()
    page.locator("#entries").get_by_role("link", name=f"Kebun {name} Dibuka").click()


def top_paragraph(page: Page) -> str:
    """Return the words of the paragraph under the bar."""
    words: str = page.evaluate(
        """() => [...document.querySelectorAll(".prose > p")].find(
            (block) => block.getBoundingClientRect().bottom > 70).textContent.slice(0, 12)"""
    )
    return words


def test_where_one_stopped_is_there_on_the_next_device_and_nothing_jumps(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    url = publish(publisher, "posisi")
    phone = open_page(site)
    address = open_article(phone, url)
    # Known as a whole by the server only: opened as a reader would, from the list.
    phone.goto(address)
    phone.locator(".prose > p").nth(19).evaluate("block => block.scrollIntoView({block: 'start'})")
    expect(phone.locator("#time-left")).to_contain_text("Sisa")
    with phone.expect_response(re.compile("/progress/$")) as told:
        pass
    assert told.value.json() == {"archived": False}
    stopped = top_paragraph(phone)

    desk = open_page(site, viewport={"width": 1280, "height": 900})
    log_in(desk)
    desk.add_init_script(
        """window.jumps = []; new PerformanceObserver((list) => list.getEntries().forEach(
        (entry) => window.jumps.push(entry.value))).observe({type: "layout-shift", buffered: true});"""
    )
    row = desk.locator(".under-way")
    expect(row).to_contain_text("Lanjutkan membaca: Kebun Posisi")
    row.get_by_role("link").click()
    desk.wait_for_url(ARTICLE)
    desk.wait_for_function("() => scrollY > 500")
    assert top_paragraph(desk) == stopped
    assert sum(desk.evaluate("window.jumps")) < 0.01

    # On a slow line one reads on before the scripts are there, and is not taken back.
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/js/position*.js", hold)
    desk.goto(address, wait_until="commit")
    desk.locator(".prose > p").nth(9).evaluate("block => block.scrollIntoView({block: 'start'})")
    wait_until(lambda: desk.evaluate("scrollY") and held)
    reached = desk.evaluate("scrollY")
    held.pop().continue_()
    desk.wait_for_load_state()
    assert desk.evaluate("scrollY") == reached


def test_the_look_that_is_chosen_shows_at_once_and_stays(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site)
    address = open_article(page, publish(publisher, "tampilan"))
    root, size = (
        page.locator("html"),
        "parseFloat(getComputedStyle(document.querySelector('.prose')).fontSize)",
    )
    before = page.evaluate(size)
    page.get_by_text("Aa", exact=True).click()
    expect(page.locator(".panel")).to_have_attribute("open", "")
    for theme, paper in {
        "Terang": "rgb(251, 250, 246)",
        "Sepia": "rgb(245, 236, 217)",
        "Gelap": "rgb(19, 23, 20)",
        "Hitam": "rgb(0, 0, 0)",
    }.items():
        page.get_by_label(theme, exact=True).check(force=True)
        expect(page.locator("body")).to_have_css("background-color", paper)
    page.get_by_label("Untuk disleksia").check(force=True)
    expect(root).to_have_attribute("data-face", "dyslexic")
    assert page.evaluate("document.fonts.check('1em \"Teduh Disleksia\"')")
    page.keyboard.press("Escape")
    with page.expect_response(lambda answer: "/preferences/" in answer.url and answer.status == 204):
        page.keyboard.press("+")
    assert page.evaluate(size) > before

    page.goto("/tags/")
    expect(root).to_have_attribute("data-theme", "black")
    page.goto(address)
    assert page.evaluate(size) > before
    page.get_by_text("Aa", exact=True).click()
    page.get_by_role("button", name="Tampilan semula").click()
    expect(root).not_to_have_attribute("data-theme", re.compile("."))


def test_keys_go_by_paragraphs_and_act_in_place(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, viewport={"width": 1280, "height": 900}, permissions=["clipboard-write"])
    open_article(page, publish(publisher, "tombol"))

    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator(".prose > :focus")).to_contain_text("Alinea ke-1 ")
    page.keyboard.press("s")
    expect(page.locator("#notices")).to_have_text("Diberi bintang")
    expect(page.locator("#notices")).to_be_in_viewport()
    expect(page.locator(".prose > :focus")).to_contain_text("Alinea ke-1 ")
    expect(page.get_by_role("button", name="Lepas bintang")).to_have_count(1)
    page.keyboard.press("c")
    expect(page.locator("#notices")).to_contain_text("Tersalin")
    page.keyboard.press("?")
    expect(page.locator("dialog")).to_contain_text("Paragraf berikutnya dan sebelumnya")
    expect(page.locator("dialog")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    page.get_by_text("Aa", exact=True).click()
    expect(page.locator(".panel")).to_have_attribute("open", "")
    page.get_by_text("Isi", exact=True).focus()
    expect(page.locator(".panel")).not_to_have_attribute("open", "")
    page.get_by_text("Isi", exact=True).click()
    page.get_by_role("link", name="Bagian 25").click()
    expect(page.get_by_role("heading", name="Bagian 25")).to_be_in_viewport()
    page.keyboard.press("a")
    page.wait_for_url(re.compile(r"undo=archive"))


def test_pictures_open_large_with_their_captions(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, has_touch=True)
    url = publish(publisher, "gambar", pictures=2)
    open_article(page, url, pictures=2)

    first = page.locator("a.picture").first
    first.focus()
    page.keyboard.press("Enter")
    sheet = page.locator("dialog.lightbox")
    expect(sheet).to_contain_text("Keterangan 1.")
    page.keyboard.press("ArrowRight")
    expect(sheet).to_contain_text("Keterangan 2.")
    expect(sheet.get_by_role("status")).to_have_text("2 / 2")
    page.wait_for_function("() => document.querySelector('dialog img')?.naturalWidth > 0")
    _make_larger(page, sheet)
    page.keyboard.press("ArrowLeft")
    expect(sheet.get_by_role("status")).to_have_text("1 / 2")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(first).to_be_focused()

    page.goto("/preferences/")
    page.get_by_label("Hemat data: muat gambar hanya bila saya ketuk").check()
    page.locator("#main form").nth(1).get_by_role("button", name="Simpan").click()
    page.goto("/")
    open_entry(page, url)
    page.wait_for_url(ARTICLE)
    waiting = page.locator("a.picture--waiting")
    expect(waiting).to_have_count(2)
    room = waiting.first.bounding_box()
    waiting.first.click()
    image = page.locator(".prose img")
    page.wait_for_function("() => document.querySelector('.prose img')?.naturalWidth > 0")
    box = image.bounding_box()
    assert room
    assert box
    assert abs(room["height"] - box["height"]) < 4
    expect(waiting).to_have_count(1)


def _make_larger(page: Page, sheet: Locator) -> None:
    """Make the second picture larger in each way: it alone changes, and only small does a finger lead on."""
    image, frame = sheet.locator("img"), sheet.locator(".lightbox-frame")
    caption = sheet.locator("figcaption")
    before, small = caption.bounding_box(), image.bounding_box()
    assert small

    def is_wider(times: float) -> bool:
        box = image.bounding_box()
        assert box
        assert caption.bounding_box() == before
        return box["width"] > small["width"] * times

    def expect_wider(times: float) -> None:
        wait_until(lambda: is_wider(times))

    page.keyboard.press("+")
    expect_wider(1.4)
    page.keyboard.press("ArrowLeft")
    expect(sheet.get_by_role("status")).to_have_text("2 / 2")
    page.keyboard.press("0")
    expect(frame).not_to_have_class(re.compile("is-larger"))
    frame.dblclick()
    expect_wider(2.4)
    frame.dblclick()
    expect(frame).not_to_have_class(re.compile("is-larger"))
    touch = page.context.new_cdp_session(page)
    at = {"x": 180, "y": 300, "gestureSourceType": "touch"}
    touch.send("Input.synthesizePinchGesture", {**at, "scaleFactor": 2, "relativeSpeed": 1600})
    expect_wider(1.5)
    assert page.evaluate("visualViewport.scale") == 1
    swipe = {**at, "x": 80, "xDistance": 200, "yDistance": 0, "speed": 2000}
    touch.send("Input.synthesizeScrollGesture", swipe)
    expect(sheet.get_by_role("status")).to_have_text("2 / 2")
    page.keyboard.press("0")
    touch.send("Input.synthesizeScrollGesture", swipe)
    expect(sheet.get_by_role("status")).to_have_text("1 / 2")
    page.keyboard.press("ArrowRight")
    expect(sheet.get_by_role("status")).to_have_text("2 / 2")


def test_where_data_is_saved_a_first_visit_brings_the_page_and_keys_bring_the_rest(
    chromium: Browser, site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    first = open_page(site)
    address = open_article(first, publish(publisher, "hemat"))
    with new_device(chromium, site.url) as device:
        device.add_cookies(first.context.cookies())  # type: ignore[arg-type]  # what is told is taken
        page = device.new_page()
        page.set_extra_http_headers({"Save-Data": "on"})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address, wait_until="networkidle")
        assert set(re.findall(r"/js/(\w+)", " ".join(asked))) == {"teduh", "position", "reading"}
        assert not re.search(r"sw\.js|manifest|aids", " ".join(asked))

        page.keyboard.press("j")
        page.keyboard.press("h")
        expect(page.locator(".prose mark.hl")).to_have_text("Bagian 1")
        page.get_by_role("button", name="Simpan di perangkat ini").click()
        expect(page.locator("#notices")).to_contain_text("Tersimpan di perangkat ini")
        assert urlsplit(address).path in [kept["url"] for kept in ask(page)["kept"]]


def test_without_scripts_all_of_it_is_links_and_forms(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    address = open_article(open_page(site), publish(publisher, "polos", pictures=1), pictures=1)
    page = open_page(site, java_script_enabled=False)
    log_in(page)
    page.goto(address)

    page.get_by_text("Aa", exact=True).click()
    page.get_by_role("link", name="Pilih tampilan halaman").click()
    page.get_by_label("Sepia").check(force=True)
    page.locator("#look").get_by_role("button", name="Simpan").click()
    assert page.url == address
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    page.get_by_text("Isi", exact=True).click()
    page.get_by_role("link", name="Bagian 25").click()
    expect(page.get_by_role("heading", name="Bagian 25")).to_be_in_viewport()
    page.get_by_role("button", name="Beri bintang").click()
    expect(page.get_by_role("button", name="Lepas bintang")).to_be_visible()
    # On paper nothing comes after the text, and no empty sheet.
    page.emulate_media(media="print")
    article, body = (page.locator(each).bounding_box() for each in ("#article", "body"))
    assert article
    assert body
    assert body["y"] + body["height"] - article["y"] - article["height"] < 8
    picture = page.locator("a.picture").get_attribute("href")
    assert page.request.get(picture or "").headers["content-type"] == "image/webp"
