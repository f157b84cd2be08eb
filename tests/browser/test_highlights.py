"""Highlights in a real browser: by mouse, finger and key; they outlive a new reading of the page."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import OpenPage, find_barriers, log_in, paste, set_up
from tests.page_server import PageServer
from tests.serving import RunningSite, run_manage, running_site, wait_until

pytestmark = pytest.mark.browser

SENTENCE = "Sejak fajar warga datang membawa cangkul, bibit cabai, dan bekal untuk dimakan bersama di kebun."
CLUTTER = "Ikuti saluran kami dan dapatkan kabar pilihan setiap pagi di ponsel Anda tanpa biaya apa pun."
_SENTENCES = (
    "Pengurus rukun tetangga membagi lahan menjadi dua puluh petak yang sama luas untuk setiap keluarga.",
    "Air untuk menyiram diambil dari sumur lama yang dibersihkan bersama-sama pada akhir pekan lalu.",
    "Anak-anak sekolah menulis nama tanaman pada papan kecil dari bambu dan memasangnya di tepi jalan.",
    "Dinas pertanian mengirim dua penyuluh untuk mengajari warga membuat pupuk dari sisa dapur.",
)
_TEXT = "".join(
    f"<p>{each} Hari ke-{number} kebun itu makin hijau.</p>" for number, each in enumerate(_SENTENCES, 1)
)
_END = "".join(f"<p>{SENTENCE} Hari ke-{number} kebun itu makin hijau.</p>" for number in range(1, 4))
_numbers = itertools.count(1)


def make_page(title: str) -> str:
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article"></head><body><article>
<h1>{title}</h1><div class="kabar"><p>{CLUTTER}</p></div>{_TEXT}
<p>Panen <em>pertama</em> dibagi <a href="https://warta.example/lain">rata &amp; adil</a> di balai.</p>{_END}
</article></body></html>"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The operator's folder of site rules."""
    return tmp_path_factory.mktemp("rules")


@pytest.fixture(scope="module")
def site(
    chromium: Browser, publisher: PageServer, rules: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSite]:
    """A site with mia, and rules that can become better."""
    folder = tmp_path_factory.mktemp("site")
    resolve, folder_of_rules = publisher.resolve, str(rules)
    with running_site(
        folder, DEBUG="1", READER_FETCH_RESOLVE=resolve, READER_SITE_RULES_DIR=folder_of_rules
    ) as running:
        page = chromium.new_page()
        set_up(page, running)
        page.close()
        yield running


def open_article(page: Page, publisher: PageServer) -> None:
    """Save an article of the test's own, and open it."""
    number = next(_numbers)
    title = f"Kebun Bersama Nomor {number} Dibuka untuk Warga"
    publisher.add(f"https://warta.example/2020/11/10/kebun-{number}", make_page(title))
    log_in(page)
    paste(page, f"https://warta.example/2020/11/10/kebun-{number}")
    page.get_by_role("link", name=title).click()
    expect(page.locator(".prose")).to_contain_text(SENTENCE)
    # What is put in at the end of the fetch is the page that is worked on, and its scripts are there.
    expect(page.locator("#reading[data-ask]")).to_have_count(0)
    expect(page.locator("#listen-open")).to_be_visible()


def select(page: Page, first: str, last: str) -> None:
    """Select from the first to the last of these words, as a mouse or finger would."""
    page.evaluate(
        """([first, last]) => {
            const walker = document.createTreeWalker(document.querySelector(".prose"), NodeFilter.SHOW_TEXT);
            const range = document.createRange();
            let isOpen = false;
            for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                if (!isOpen && node.data.includes(first)) {
                    range.setStart(node, node.data.indexOf(first));
                    isOpen = true;
                }
                if (isOpen && node.data.includes(last)) {
                    range.setEnd(node, node.data.indexOf(last) + last.length);
                    break;
                }
            }
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }""",
        [first, last],
    )


def drag(page: Page, first: str, last: str) -> None:
    """Draw the mouse over these words and what lies between."""
    select(page, first, last)
    rects = page.evaluate(
        """() => {
            const range = getSelection().getRangeAt(0);
            range.endContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
            return [...range.getClientRects()].map((each) => [each.left, each.right, each.top, each.bottom]);
        }"""
    )
    page.evaluate("getSelection().removeAllRanges()")
    (left, _right, top, bottom), (_left, right, last_top, last_bottom) = rects[0], rects[-1]
    page.mouse.move(left + 1, (top + bottom) / 2)
    page.mouse.down()
    page.mouse.move(right - 1, (last_top + last_bottom) / 2, steps=5)
    page.mouse.up()


def marked(page: Page) -> str:
    """Return what the marks say, without their breaks."""
    return " ".join("".join(page.locator(".prose mark.hl").all_inner_texts()).split())


PASSAGE = "makin hijau.Panen pertama dibagi rata & adil"


def test_a_passage_is_marked_changed_noted_deleted_and_brought_back(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, viewport={"width": 1280, "height": 800})
    open_article(page, publisher)
    tools = page.locator("#mark-tools")
    expect(tools).to_be_hidden()

    drag(page, "Hari ke-4", "adil")
    expect(tools).to_be_visible()
    tools.get_by_role("button", name="Biru").click()

    expect(page.locator("#highlights")).to_contain_text("rata & adil")
    assert marked(page).endswith(PASSAGE)
    expect(tools).to_be_hidden()
    page.reload()
    assert marked(page).endswith(PASSAGE), "the server marks what the script did"
    expect(page.locator(".prose em mark.hl--blue")).to_have_text("pertama")
    expect(page.locator(".prose a mark.hl--blue")).to_have_text("rata & adil")

    page.locator(".prose em mark.hl--blue").click()
    tools.get_by_role("button", name="Catatan", exact=True).click()
    assert find_barriers(page) == []
    page.locator("#mark-note").fill("Tanya ketua RT <b>besok</b>")
    tools.get_by_role("button", name="Simpan catatan").click()
    expect(page.locator(".highlight-note")).to_have_text("Tanya ketua RT <b>besok</b>")
    expect(page.locator(".prose .mark-note")).to_have_count(1)
    page.locator(".prose em mark").click()
    tools.get_by_role("button", name="Merah muda").click()
    expect(page.locator(".prose em mark")).to_have_class("hl hl--pink")

    page.locator(".prose em mark").click()
    tools.get_by_role("button", name="Hapus").click()
    expect(page.locator(".prose mark.hl")).to_have_count(0)
    page.get_by_role("button", name="Urungkan").click()
    expect(page.locator(".prose em mark.hl--pink")).to_have_count(1)
    assert marked(page).endswith(PASSAGE)
    expect(page.locator(".prose .mark-note")).to_have_count(1)


def test_fingers_mark_without_covering_the_selection(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, has_touch=True, is_mobile=True)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    open_article(page, publisher)

    select(page, "Hari ke-2", "hijau")
    tools = page.locator("#mark-tools")
    expect(tools).to_be_visible()
    box = tools.bounding_box()
    assert box
    assert box["y"] + box["height"] > 700, "docked at the bottom"
    assert all(
        (each.bounding_box() or {"height": 0})["height"] >= 24
        for each in tools.locator("button:visible").all()
    )
    # What is selected by now is marked, and by a tap that bounces once.
    select(page, "Panen", "balai")
    tools.get_by_role("button", name="Kuning").evaluate("button => (button.click(), button.click())")

    expect(page.locator(".prose em mark.hl--yellow")).to_have_count(1)
    expect(page.locator("#highlights .highlight")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    mark = page.locator(".prose em mark.hl--yellow")
    mark.tap()
    page.route("**/highlights/*/", hold, times=1)
    tools.get_by_role("button", name="Hijau").tap()
    wait_until(lambda: page.evaluate("true") and held)
    # What is open when the answer comes on a slow line is about the next one, and stays.
    select(page, "Hari ke-3", "hijau")
    expect(tools.get_by_role("button", name="Hapus")).to_be_hidden()
    held.pop().continue_()
    expect(page.locator(".prose em mark.hl--green")).to_have_count(1)
    expect(tools).to_be_visible()
    page.evaluate("getSelection().removeAllRanges()")
    expect(tools).to_be_hidden()
    undo = page.locator(".highlight-undo")
    expect(undo).to_have_class(re.compile("is-along"))
    page.locator(".prose em mark.hl--green").tap()
    expect(undo).not_to_have_class(re.compile("is-along"))
    tools.get_by_role("button", name="Hapus").tap()
    expect(page.locator(".prose mark")).to_have_count(0)


def test_keys_mark_the_paragraph_choose_a_colour_and_note(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, viewport={"width": 1280, "height": 800})
    open_article(page, publisher)
    page.evaluate("localStorage.clear()")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.locator(".prose mark.hl--yellow")).to_have_count(1)
    expect(page.locator("#announcer")).to_have_text("Disorot.")
    paragraph = page.locator(".prose > *", has=page.locator("mark"))
    assert marked(page) == paragraph.inner_text()
    page.keyboard.press("u")
    expect(page.locator(".prose mark")).to_have_count(0)
    expect(page.locator("#announcer")).to_have_text("Sorotan dihapus.")
    page.keyboard.press("l")
    # What is offered to be undone lies over no button of the player.
    page.locator("[data-listen=close]").click(timeout=5_000)
    page.locator(".highlight-undo.is-along button").click()
    expect(page.locator(".prose mark.hl--yellow")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("h")
    expect(page.locator("#mark-tools [aria-pressed=true]")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".prose mark.hl--green")).to_have_count(1)
    expect(page.locator("#mark-tools")).to_be_hidden()
    page.keyboard.press("n")
    expect(page.locator("#mark-note")).to_be_focused()
    page.keyboard.type("catatan h n l")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".highlight-note")).to_have_text("catatan h n l")
    page.keyboard.press("h")
    expect(page.locator("#mark-tools [aria-pressed=true]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#mark-tools")).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('.prose > *') !== null")
    # A session that ended takes no note along.
    page.keyboard.press("n")
    page.locator("#mark-note").fill("catatan yang panjang")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#notices")).to_contain_text("sebelum Anda masuk atau keluar")
    expect(page.locator("#mark-note")).to_have_value("catatan yang panjang")


def test_a_highlight_outlives_a_new_reading_of_the_page(
    site: RunningSite, publisher: PageServer, open_page: OpenPage, rules: Path
) -> None:
    page = open_page(site)
    open_article(page, publisher)
    for first, last, colour in (("ke-3 kebun", "hijau", "Hijau"), ("Ikuti", "apa pun", "Biru")):
        select(page, first, last)
        page.locator("#mark-tools").get_by_role("button", name=colour).click()
        expect(page.locator("#highlights", has_text=last)).to_be_visible()
    (rules / "warta.example.txt").write_text("body: //article\nstrip: //div[@class='kabar']\n")

    article_id = re.search(r"/articles/(\d+)/", page.url)
    assert article_id
    told = run_manage(
        "reextract",
        "--article",
        article_id[1],
        READER_DATA_DIR=str(site.data_dir),
        READER_SITE_RULES_DIR=str(rules),
    )
    assert told.returncode == 0, told.stderr
    page.reload()

    assert CLUTTER not in page.locator(".prose").inner_text()
    assert marked(page) == "ke-3 kebun itu makin hijau"
    expect(page.locator("#highlights")).to_contain_text("Tidak ada lagi dalam teks")
    expect(page.locator("#highlights")).to_contain_text("Ikuti saluran kami")
    page.goto("/highlights/?q=saluran")
    expect(page.locator(".highlight")).to_have_count(1)


def test_a_connection_that_fails_takes_no_selection_for_a_highlight(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site, viewport={"width": 1280, "height": 800}, expects_refusal=True)
    open_article(page, publisher)
    page.route("**/highlights/", lambda route: route.fulfill(status=422, body="Penuh."))

    select(page, "Panen", "balai")
    page.locator("#mark-tools").get_by_role("button", name="Kuning").click()

    expect(page.locator("#notices")).to_have_text("Penuh.")
    expect(page.locator(".prose mark.hl")).to_have_count(0)


def test_without_scripts_marks_are_shown_and_forms_change_them(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site)
    open_article(page, publisher)
    select(page, "Panen", "balai")
    page.locator("#mark-tools").get_by_role("button", name="Kuning").click()
    expect(page.locator("#highlights .highlight")).to_have_count(1)
    plain = open_page(site, java_script_enabled=False)
    log_in(plain)
    plain.goto(page.url)

    expect(plain.locator(".prose em mark.hl--yellow")).to_have_text("pertama")
    plain.get_by_role("link", name="Catatan, warna").click()
    plain.get_by_label("Hijau").check()
    plain.get_by_label("Catatan Anda").fill("Tanpa skrip")
    plain.get_by_role("button", name="Simpan").click()
    expect(plain.locator("main")).to_contain_text("Sorotan diubah.")
    plain.get_by_role("link", name="Kebun Bersama").click()
    expect(plain.locator(".highlight-note")).to_have_text("Tanpa skrip")
    plain.get_by_role("button", name="Hapus", exact=True).first.click()
    plain.get_by_role("button", name="Urungkan").click()
    expect(plain.get_by_label("Catatan Anda")).to_have_value("Tanpa skrip")


def test_the_box_waits_for_its_looks_however_often_it_is_asked_for(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site)
    open_article(page, publisher)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/css/marks*.css", hold)
    # A finger that draws a selection larger asks again and again.
    for word in ("tetangga", "membagi", "lahan"):
        select(page, "Pengurus", word)
        page.wait_for_timeout(60)
    page.wait_for_function("document.querySelector('link[href*=marks]')")
    select(page, "Pengurus", "menjadi")
    page.wait_for_timeout(400)
    expect(page.locator("#mark-tools")).to_be_hidden()
    for route in held:
        route.continue_()
    expect(page.locator("#mark-tools")).to_be_visible()
    assert page.locator("#mark-tools").evaluate("box => getComputedStyle(box).position") != "static"


def test_a_key_highlights_the_nearest_paragraph_also_between_two(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    page = open_page(site)
    open_article(page, publisher)
    page.evaluate(
        """() => {
            const { bottom } = document.querySelectorAll(".prose > p")[2].getBoundingClientRect();
            scrollBy({ top: bottom + 4 - innerHeight / 2, behavior: "instant" });
        }"""
    )
    page.keyboard.press("h")
    expect(page.locator(".prose > p:nth-child(3) mark").first).to_be_visible()
    # The headline alone is in sight.
    page.locator(".prose").evaluate("prose => prose.style.setProperty('margin-top', '200vh')")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.keyboard.press("h")
    expect(page.locator("#notices")).to_contain_text("Pilih dahulu sebagian teks")
