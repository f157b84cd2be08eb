"""The list by keys, many at once and by pasting anywhere; and the same without JavaScript.

Each story has a person of its own, so that it is told the same alone and in any order.
"""

import itertools
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import OpenPage, paste, sign_up
from tests.browser.stories import make_story
from tests.builders import PASSWORD
from tests.page_server import PageServer
from tests.serving import RunningSite

pytestmark = pytest.mark.browser

TITLES = ["Panen Kopi Dimulai", "Kereta Pagi Kembali", "Pasar Lama Dibuka"]
PASTE = """link => {
  const data = new DataTransfer();
  data.setData("text/plain", link);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new ClipboardEvent("paste", options));
}"""
DROP = """link => {
  const data = new DataTransfer();
  data.setData("text/uri-list", link);
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  document.querySelector(".masthead").dispatchEvent(new DragEvent("drop", options));
}"""
# One is on its way, the others are to follow it; the last is still being written.
_IN_QUICK_TURN = """([links, then]) => {
  const box = document.querySelector("#links");
  for (const [place, link] of links.entries()) {
    box.value = link;
    if (place < 2) box.form.requestSubmit();
  }
  if (then) document.querySelector(`.tabs [href="${then}"]`).click();
}"""
_ONE_AFTER_THE_OTHER = """async (links) => {
  for (const link of links) {
    const box = document.querySelector("#links");
    box.value = link;
    box.form.requestSubmit();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}"""
_people = itertools.count(1)


@pytest.fixture(scope="module")
def links(publisher: PageServer) -> str:
    urls = [f"https://daftar{number}.example/berita" for number in range(len(TITLES))]
    for url, title in zip(urls, TITLES, strict=True):
        publisher.add(url, make_story(title))
    return "\n".join(urls)


def begin(page: Page, links: str = "") -> None:
    """Be somebody new, with the articles on the list."""
    sign_up(page, f"orang{next(_people)}")
    if links:
        paste(page, links)
        expect(page.locator(".entry")).to_have_count(len(TITLES))
        for title in TITLES:
            wait_for(page, title)


def wait_for(page: Page, title: str) -> None:
    """Wait until the article is fetched, also where no script asks."""
    link = page.get_by_role("link", name=title)
    for _ in range(60):
        if link.count():
            return
        page.wait_for_timeout(250)
        page.reload()
    expect(link).to_be_visible()


def test_all_is_done_by_keys(site: RunningSite, links: str, open_page: OpenPage) -> None:
    page = open_page(site, viewport={"width": 1280, "height": 900})
    begin(page, links)
    page.reload()

    page.keyboard.press("j")
    expect(page.get_by_role("link", name=TITLES[0])).to_be_focused()
    page.keyboard.press("s")
    expect(page.locator(".entry--starred")).to_contain_text(TITLES[0])
    page.keyboard.press("t")
    expect(page.locator(".tags-form input[name=tags]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=TITLES[0])).to_be_focused()
    page.keyboard.press("t")
    expect(page.locator(".tags-form input[name=tags]")).to_be_focused()
    page.keyboard.type("sad, kopi")
    page.keyboard.press("Enter")
    expect(page.locator(".entry-tags")).to_contain_text("kopi")
    expect(page.get_by_role("link", name=TITLES[0])).to_be_focused()

    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.locator(".entry--gone")).to_contain_text(TITLES[1])
    expect(page.locator("#count-unread")).to_have_text("2")
    expect(page.locator("#count-trash")).to_have_text("1")
    page.keyboard.press("u")
    expect(page.get_by_role("link", name=TITLES[1])).to_be_focused()
    expect(page.locator("#count-unread")).to_have_text("3")
    page.keyboard.press("d")
    expect(page.locator(".entry--gone")).to_have_count(1)
    page.keyboard.press("j")
    expect(page.get_by_role("link", name=TITLES[2])).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(".entry--gone")).to_have_count(0)

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Ubah label")
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url(re.compile("/starred/$"))
    expect(page.locator(".entry")).to_have_count(1)


def test_who_comes_back_or_acts_on_many_is_where_one_was(site: RunningSite, open_page: OpenPage) -> None:
    page = open_page(site)
    begin(page)
    paste(page, "\n".join(f"https://tak-ada.example/{number}" for number in range(45)))
    rows, titles = page.locator("#entries > .entry"), page.locator(".entry-title a")
    expect(rows).to_have_count(20)
    page.locator("#older a").click()
    expect(rows).to_have_count(40)

    titles.nth(30).click()
    page.wait_for_url("**/articles/**")
    page.go_back()
    expect(rows).to_have_count(40)
    expect(titles.nth(30)).to_be_focused()
    expect(titles.nth(30)).to_be_in_viewport()

    page.mouse.wheel(0, 50)
    address = titles.nth(32).get_attribute("href") or ""
    chosen = page.locator(f".entry-title a[href='{address}']")
    chosen.scroll_into_view_if_needed()
    place = chosen.bounding_box()
    chosen.click()
    page.wait_for_url("**/articles/**")
    # Meanwhile one that stands above goes.
    other = page.context.new_page()
    other.goto("/")
    other.locator(".entry [data-key=a]").nth(5).click()
    expect(other.locator(".entry--gone")).to_have_count(1)
    other.close()
    # Not what the browser still has, but the list as it now is.
    page.evaluate("location.hash = 'foot'")
    page.locator("[data-back]").click()
    expect(rows).to_have_count(40)
    expect(chosen).to_be_focused()
    now = chosen.bounding_box()
    assert place
    assert now
    assert abs(place["y"] - now["y"]) < 3

    page.locator(".pick input").nth(32).check()
    page.locator("#many [value=archive]").click()
    page.wait_for_url("**many=**")
    expect(rows).to_have_count(40)
    expect(page.locator("#notices .notice")).to_be_in_viewport()
    expect(titles.nth(32)).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator("#notices .notice")).to_contain_text("1 kembali ke daftar")
    expect(titles.nth(32)).to_be_in_viewport()

    page.locator(".tabs [data-go=u]").click()
    expect(rows).to_have_count(20)


def test_links_in_quick_turn_are_saved_whatever_else_brings_the_list_anew(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(site)
    begin(page)
    rows, box = page.locator("#entries > .entry"), page.locator("#links")
    page.evaluate(_ONE_AFTER_THE_OTHER, [f"https://tak-ada.example/{number}" for number in range(5)])
    expect(rows).to_have_count(5)
    expect(box).to_have_value("")

    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    again = page.get_by_role("button", name="Coba lagi")
    while not again.count():
        page.wait_for_timeout(250)
        page.reload()
    page.route("**/save/", hold, times=1)
    paste(page, "https://tak-ada.example/5")
    with page.expect_response("**/retry/"):
        again.first.click()
    held.pop().continue_()
    expect(box).to_have_value("")
    paste(page, "https://tak-ada.example/6")
    expect(rows).to_have_count(7)


def test_what_was_to_follow_outlives_the_session_and_who_goes_elsewhere(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(site, expects_refusal=True)
    begin(page)
    addresses = [f"https://antre{number}.example/" for number in range(5)]
    page.evaluate(_IN_QUICK_TURN, [addresses[:2], "/archive/"])
    page.wait_for_url("**/archive/")
    page.wait_for_load_state()
    page.wait_for_timeout(500)
    page.goto("/")
    expect(page.locator("#entries > .entry")).to_have_count(2)

    page.context.clear_cookies(name="sessionid")
    page.evaluate(_IN_QUICK_TURN, [addresses[2:], ""])
    all_three = re.compile(r"2\.example/\s+.*3.*\s+.*4\.example/$")
    expect(page.locator(".written textarea")).to_have_value(all_three)
    page.get_by_role("link", name="Masuk").last.click()
    page.locator("#id_login").fill(f"orang{next(_people) - 1}")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.locator("#links")).to_have_value(all_three)


def test_the_next_person_in_a_tab_finds_nothing_of_the_one_before(
    site: RunningSite, open_page: OpenPage
) -> None:
    page = open_page(site)
    begin(page)
    page.goto("/search/?q=rahasia")
    page.goto("/archive/")
    assert "rahasia" in page.evaluate("sessionStorage.list")
    page.evaluate("localStorage.setItem('highlight-colour', 'green')")
    # Whatever ends a session: also where browsers do not heed what signing out tells them to forget.
    page.context.clear_cookies(name="sessionid")
    begin(page)
    assert page.evaluate("[sessionStorage.list, localStorage.length]") == [None, 0]

    # A page of before that the browser brings back as it was: nobody is signed in any more.
    page.evaluate("sessionStorage.setItem('person', 'nobody')")
    page.context.clear_cookies(name="sessionid")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    page.wait_for_url("**/accounts/login/**")
    assert page.evaluate("sessionStorage.list ?? null") is None


def test_in_a_field_keys_are_letters_and_elsewhere_a_pasted_link_is_saved(
    site: RunningSite, links: str, open_page: OpenPage
) -> None:
    page = open_page(site)
    begin(page)
    first, second, third = links.splitlines()

    page.locator("#links").press_sequentially("jasdux?")
    expect(page.locator("#links")).to_have_value("jasdux?")
    page.evaluate(PASTE, first)
    expect(page.locator("#notices .notice")).to_be_visible()
    expect(page.get_by_role("link", name=TITLES[0])).to_be_visible()
    expect(page.locator("#links")).to_have_value("jasdux?")

    page.goto("/archive/")
    page.evaluate(PASTE, second)
    notice = page.locator("#notices .notice")
    expect(notice.get_by_role("link", name=re.compile(f"daftar1|{TITLES[1]}"))).to_be_visible()
    expect(page.locator("#count-unread")).to_have_text("2")
    page.evaluate(DROP, third)
    expect(notice.get_by_role("link", name=re.compile(f"daftar2|{TITLES[2]}"))).to_be_visible()
    # Faster than the server answers, and none is lost.
    page.evaluate(f"links => links.forEach({PASTE})", [f"https://cepat{each}.example/" for each in range(3)])
    expect(page.locator("#count-unread")).to_have_text("6")
    expect(page).to_have_url(re.compile("/archive/$"))
    page.goto("/")
    for title in TITLES:
        wait_for(page, title)

    boxes = page.locator(".pick input")
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    expect(page.locator(".pick input:checked")).to_have_count(3)

    scope = page.locator("#many-scope")
    expect(scope).to_contain_text("Yang dipilih (3)")
    page.keyboard.press("Escape")
    expect(scope).not_to_be_visible()
    boxes.nth(1).check()
    page.locator("#many-tag").fill("Kopi")
    page.locator("#many-tag").press("Enter")
    expect(page.locator("#notices")).to_contain_text("1 diberi label")
    expect(page.locator(".entry-tags")).to_have_count(1)


def test_what_fails_is_said_where_one_looks(site: RunningSite, links: str, chromium: Browser) -> None:
    # A context of its own: Chromium complains about the failure, which is meant here.
    context = chromium.new_context(
        base_url=site.url, locale="id-ID", viewport={"width": 360, "height": 300}, service_workers="block"
    )
    page = context.new_page()
    begin(page, links)
    page.route("**/archive/", lambda route: route.abort())
    page.locator(".entry").last.get_by_role("button", name="Arsipkan").click()
    expect(page.locator("#notices .notice--error")).to_be_in_viewport()

    page.unroute("**/archive/")
    page.locator(".entry").last.get_by_role("button", name="Arsipkan").click()
    expect(page.locator(".entry--gone")).to_have_count(1)
    expect(page.locator(".notice--error")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_what_is_found_is_tidied_where_it_was_found(
    site: RunningSite, links: str, open_page: OpenPage, has_scripts: bool
) -> None:
    page = open_page(site, java_script_enabled=has_scripts)
    begin(page, links)
    page.locator("#search").fill("panne kopi")
    page.locator("#search").press("Enter")
    expect(page.locator("#notices")).to_contain_text("panen kopi")
    expect(page.locator(".entry mark").first).to_have_text("Panen")
    page.locator("#search").fill("kembali OR dibuka")
    page.locator("#search").press("Enter")
    expect(page.locator(".entry")).to_have_count(2)

    entry = page.locator(".entry", has_text=TITLES[2])
    entry.get_by_role("button", name="Hapus").click()
    undo = page.get_by_role("button", name="Urungkan")
    expect(undo).to_be_visible()
    assert "/search/?q=kembali" in page.url
    undo.click()
    expect(page.locator(".pick input")).to_have_count(2)

    for box in page.locator(".pick input").all():
        box.check()
    page.locator("#many button[value=star]").click()
    expect(page.locator("#notices")).to_contain_text("2 diberi bintang")
    assert "/search/?q=kembali" in page.url
    page.get_by_text("Simpan pencarian ini").click()
    page.locator("#search-name").fill("Yang kembali")
    page.locator(".keep-search button").click()
    expect(page.get_by_role("heading", name="Yang kembali")).to_be_visible()
    expect(page.locator(".entry--starred")).to_have_count(2)


def test_many_are_archived_and_taken_back_without_javascript(
    site: RunningSite, links: str, open_page: OpenPage
) -> None:
    page = open_page(site, java_script_enabled=False)
    begin(page, links)

    expect(page.locator("#many")).to_be_hidden()
    for box in page.locator(".pick input").all()[:2]:
        box.check()
    page.locator("#many button[value=archive]").click()
    expect(page.locator("#notices")).to_contain_text("2 diarsipkan")
    expect(page.locator(".entry")).to_have_count(1)
    page.locator("#many-notice button").click()

    expect(page.locator(".entry")).to_have_count(3)


def test_tags_and_own_words_without_javascript(site: RunningSite, links: str, open_page: OpenPage) -> None:
    page = open_page(site, java_script_enabled=False)
    begin(page, links)

    page.locator(".entry").first.get_by_role("link", name="Label", exact=True).click()
    page.locator("input[name=tags]").fill("desa")
    page.locator("main button[type=submit]").click()
    expect(page.locator(".entry-tags").first).to_contain_text("desa")
    page.locator(".entry").first.get_by_role("link", name="Sunting").click()
    page.locator("#id_title").fill("Judulku Sendiri")
    page.get_by_role("button", name="Simpan").click()

    expect(page.get_by_role("link", name="Judulku Sendiri")).to_be_visible()
