"""A copied page pasted as text: an article at once, in a box that grows, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, log_in, paste
from tests.browser.stories import SENTENCE
from tests.page_server import PageServer
from tests.serving import RunningSite

pytestmark = pytest.mark.browser

BODY = "\n\n".join(f"{SENTENCE} Alinea ke-{number} bercerita lebih jauh lagi." for number in range(9))


def make_capture(title: str) -> str:
    return (
        f"Baca berita tanpa iklan. Gabung Kompas.com+\n\n{title}\n\nKompas.com - 10/11/2020, 14:38 WIB\n"
        f"Sari Wulandari\nPenulis\n\n{BODY}\n\nTerkini Lainnya\n\nBerita Lain\n\nClose Ads\n"
    )


@pytest.mark.parametrize("has_script", [True, False], ids=["with JavaScript", "without"])
def test_a_copied_page_is_an_article_at_once(
    site: RunningSite, publisher: PageServer, open_page: OpenPage, has_script: bool
) -> None:
    title = f"Menanam Pohon {'Bersama' if has_script else 'Sendiri'}"
    page = open_page(site, java_script_enabled=has_script)
    log_in(page)
    publisher.requests.clear()

    paste(page, make_capture(title))

    entry = page.locator(".entry--ready", has_text=title)
    expect(entry).to_be_visible()
    expect(page.locator("#notices")).to_contain_text("Teks disimpan sebagai artikel")
    expect(page.locator("#links")).to_have_value("")
    expect(entry.get_by_text("Halaman asli")).to_have_count(0)
    entry.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    text = page.locator("article").inner_text()
    assert text.count(SENTENCE) == 9
    assert not re.search("iklan|Terkini|Close Ads", text)
    assert publisher.requests == []


def test_the_box_grows_with_its_text_and_no_further_than_the_page_can_bear(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(site)
    log_in(page)
    box = page.locator("#links")

    def height() -> float:
        bounds = box.bounding_box()
        assert bounds
        return bounds["height"]

    empty = height()
    box.fill(make_capture("Kotak yang Tumbuh"))

    assert empty < 60
    assert empty * 3 < height() <= 260
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_text_that_is_too_long_stays_in_the_box_with_its_sentence(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(site, expects_refusal=True)
    log_in(page)

    paste(page, "kata " * 50_000)

    expect(page.locator("#refusals")).to_contain_text("Paling banyak 200.000 karakter")
    assert len(page.locator("#links").input_value()) >= 249_999
