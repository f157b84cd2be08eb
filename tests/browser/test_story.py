"""The whole story, from the console's code to an article read, archived and found again."""

import re
import threading

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, log_in, paste, set_up
from tests.browser.stories import SENTENCE, TITLE, URL, make_story
from tests.page_server import PageServer
from tests.serving import RunningSite

pytestmark = pytest.mark.browser

WORDS = {
    "id": {
        "archive": "Arsip",
        "out": "Keluar",
        "by": "Oleh Sari Wulandari",
        "moment": "10 November 2020, 14.38 WIB",
    },
    "en": {
        "archive": "Archive",
        "out": "Sign out",
        "by": "By Sari Wulandari",
        "moment": "10 November 2020, 14:38 WIB",
    },
}


@pytest.mark.parametrize("language", ["id", "en"])
def test_from_the_code_to_an_article_read_archived_and_found(
    fresh_site: RunningSite, publisher: PageServer, open_page: OpenPage, language: str
) -> None:
    words = WORDS[language]
    is_seen = threading.Event()
    publisher.add(URL, make_story(), until=is_seen)
    page = open_page(fresh_site, locale={"id": "id-ID", "en": "en-GB"}[language])

    set_up(page, fresh_site)
    page.locator(".account summary").click()
    page.get_by_role("button", name=words["out"]).click()
    page.wait_for_url(re.compile("/accounts/login/"))
    log_in(page)

    page.evaluate("document.body.dataset.same = 'yes'")
    paste(page, f"Lihat {URL}?utm_source=Whatsapp&page=all")
    expect(page.locator(".entry .status--pending")).to_be_visible()
    is_seen.set()
    expect(page.locator(".entry--ready")).to_be_visible()
    assert page.evaluate("document.body.dataset.same") == "yes", "the page must update without a reload"
    expect(page.locator("#poller")).not_to_have_attribute("hx-get", re.compile("."))
    expect(page.locator("#announcer")).to_contain_text(TITLE)

    page.get_by_role("link", name=TITLE).click()
    read(page, words)
    page.locator(".acts--foot button").first.click()
    expect(page.locator(".notice--undo")).to_contain_text(TITLE)
    expect(page.locator(".entry")).to_have_count(0)

    page.get_by_role("link", name=words["archive"], exact=True).click()
    page.wait_for_url("**/archive/")
    expect(page.locator(".entry")).to_contain_text(TITLE)
    page.locator(".entry button", has_text=re.compile("daftar|list")).click()
    page.locator(".entry--gone button").click()
    expect(page.locator(".entry--ready")).to_contain_text(TITLE)
    page.reload()
    expect(page.locator(".entry--ready")).to_contain_text(TITLE)


def test_the_main_way_works_without_javascript(
    fresh_site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    is_seen = threading.Event()
    publisher.add(URL, make_story(), until=is_seen)
    page = open_page(fresh_site, java_script_enabled=False)

    set_up(page, fresh_site)
    paste(page, URL)
    expect(page.locator(".status--pending")).to_be_visible()
    is_seen.set()
    for _ in range(40):
        if page.locator(".entry--ready").count():
            break
        page.wait_for_timeout(250)
        with page.expect_navigation():
            page.get_by_role("link", name="Muat ulang").click()

    page.get_by_role("link", name=TITLE).click()
    read(page, WORDS["id"])
    page.go_back()
    page.locator(".entry button", has_text="Arsipkan").click()
    expect(page.locator(".entry")).to_have_count(0)
    page.locator(".notice--undo button").click()
    expect(page.locator(".entry--ready")).to_contain_text(TITLE)
    page.locator(".entry button", has_text="Hapus").click()
    page.locator(".notice--undo button").click()
    expect(page.locator(".entry--ready")).to_contain_text(TITLE)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def read(page: Page, words: dict[str, str]) -> None:
    """Look at the reading page: the article, all of it, and nothing else."""
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    text = page.locator("article").inner_text()
    assert text.count(SENTENCE) == 9
    assert words["by"] in text
    assert "Editor: Bagus Pratama" in text
    assert words["moment"] in text
    assert "IKLAN" not in text
    assert "Baca juga" not in text
    expect(page.locator(".related")).to_contain_text("Sungai Bersih")
