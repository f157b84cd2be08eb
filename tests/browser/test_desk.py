"""The desk in a real browser: a hostile stored page in its sandbox, and reporting with a passage marked."""

import re

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Route, expect

from tests.browser.conftest import OpenPage, log_in, paste
from tests.extraction.test_inert import HOSTILE
from tests.page_server import PageServer
from tests.serving import RunningSite, wait_until

pytestmark = pytest.mark.browser

URL = "https://jahat.example/2020/11/10/kebun-jahat"
SENTENCE = "Sejak fajar warga datang membawa cangkul, bibit cabai, dan bekal untuk dimakan bersama di kebun."
_TEXT = "".join(f"<p>{SENTENCE} Hari ke-{number} kebun itu makin hijau.</p>" for number in range(1, 9))
PAGE = re.sub("<meta[^>]*>", "", HOSTILE).replace(
    "<h1>Judul</h1>", f"<article><h1>Kebun di Tepi Sungai</h1>{_TEXT}</article>"
)


@pytest.fixture(scope="module")
def hostile(site: RunningSite, publisher: PageServer) -> RunningSite:
    """The site, and a publisher whose page would run scripts, load things and lead away."""
    publisher.add(URL, PAGE)
    return site


def open_article(page: Page) -> None:
    log_in(page)
    paste(page, URL)
    page.get_by_role("link", name="Kebun di Tepi Sungai").click()
    page.wait_for_url(re.compile(r"/articles/\d+/$"))
    expect(page.locator(".prose")).to_contain_text(SENTENCE)


def test_a_stored_page_runs_nothing_and_asks_nobody(hostile: RunningSite, chromium: Browser) -> None:
    # Not `open_page`: the browser complains of what the sandbox stops, and that is what is wanted here.
    page = chromium.new_context(base_url=hostile.url, locale="id-ID").new_page()
    dialogs: list[str] = []
    asked: list[str] = []

    def on_dialog(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    def on_failure(request: Request) -> None:
        if request.failure != "csp":
            asked.append(request.url)

    page.on("dialog", on_dialog)
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.on("requestfailed", on_failure)
    open_article(page)

    page.goto("/admin/reader/snapshot/")
    page.get_by_role("link", name=re.compile("kebun-jahat")).first.click()
    page.locator(".desk-frame").scroll_into_view_if_needed()
    frame = page.frame_locator(".desk-frame")
    expect(frame.get_by_role("heading", name="Kebun di Tepi Sungai")).to_be_visible()
    page.wait_for_timeout(500)

    assert dialogs == []
    assert frame.locator("html").evaluate("() => self.origin") == "null"
    assert [url for url in asked if not url.startswith((f"{hostile.url}/", "data:"))] == []
    page.context.close()


def test_a_passage_that_is_marked_is_what_the_report_is_about(
    hostile: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(hostile)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    # Marked on a slow line, before the scripts are there.
    page.route("**/js/later*.js", hold)
    log_in(page)
    paste(page, URL)
    page.get_by_role("link", name="Kebun di Tepi Sungai").click(no_wait_after=True)
    page.locator(".prose p").first.click(click_count=3)
    wait_until(lambda: page.evaluate("getSelection().toString()") and held)
    held.pop().continue_()
    page.wait_for_load_state()
    page.get_by_role("link", name="Laporkan masalah").click()
    expect(page.locator("#id_passage")).to_have_value(re.compile("Sejak fajar"))
    expect(page.locator("#mark-tools")).to_be_hidden()
    page.get_by_label("Ada iklan di dalamnya").check()
    page.get_by_role("button", name="Kirim laporan").click()

    expect(page.locator("#report")).to_contain_text("Seorang moderator akan melihatnya.")
    page.goto("/admin/reader/report/")
    page.locator("#result_list th a").first.click()
    expect(page.locator(".field-passage")).to_contain_text("Sejak fajar")
