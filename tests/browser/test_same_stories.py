"""The same story from two sites, in a real browser: noticed, offered, merged in place and taken back."""

import os
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, log_in, paste
from tests.page_server import PageServer
from tests.serving import RunningSite
from tests.stories import texts

pytestmark = pytest.mark.browser

AGENCY, COPY = "https://kabar.example/2020/tanggul", "https://harian.example/berita/991-tanggul-sukamaju"


def make_page(title: str, text: str) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:type" content="article">
<meta property="article:published_time" content="2020-11-10T10:00:00+07:00"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""


def wait_for_offer(page: Page) -> None:
    for _ in range(60):
        if page.locator(".entry-offer").count() == 2:
            return
        time.sleep(0.5)
        page.reload()
    raise AssertionError(page.content())


def shoot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with scripts", "without"])
def test_a_story_from_two_sites_is_merged_and_taken_back(
    site: RunningSite, publisher: PageServer, open_page: OpenPage, has_scripts: bool
) -> None:
    publisher.add(AGENCY, make_page("Tanggul Sukamaju Dibangun", texts.AGENCY))
    publisher.add(COPY, make_page("Sukamaju Membangun Tanggul Sungai", texts.ON_ANOTHER_SITE))
    page = open_page(site, java_script_enabled=has_scripts)
    log_in(page)
    paste(page, f"{AGENCY} {COPY}")
    expect(page.locator("#entries > .entry")).to_have_count(2)
    wait_for_offer(page)
    shoot(page, f"list-{has_scripts}")
    page.get_by_role("link", name="Bandingkan").first.click()
    expect(page.locator(".pair-side")).to_have_count(2)
    shoot(page, f"same-{has_scripts}")
    page.set_viewport_size({"width": 1280, "height": 800})
    shoot(page, f"same-wide-{has_scripts}")
    page.goto("/")
    shoot(page, f"list-wide-{has_scripts}")

    page.set_viewport_size({"width": 360, "height": 400})
    page.locator(".entry-offer").last.get_by_role("button", name="Gabungkan").click()
    expect(page.locator(".notice--undo")).to_contain_text("Digabungkan")
    expect(page.locator(".notice--undo")).to_be_in_viewport()
    expect(page.locator("#entries > .entry")).to_have_count(1)
    shoot(page, f"merged-{has_scripts}")
    page.locator(".notice--undo").get_by_role("button", name="Urungkan").click()
    expect(page.locator("#entries > .entry")).to_have_count(2)
    expect(page.locator(".entry-offer")).to_have_count(2)
