"""Live updates that disturb nobody, failures that say so, and pages that everybody can use."""

import re
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.conftest import OpenPage, log_in, paste
from tests.browser.stories import make_story
from tests.page_server import PageServer
from tests.serving import RunningSite, wait_until

pytestmark = pytest.mark.browser

ARTICLE = re.compile(r"/articles/\d+/$")


def test_typing_is_not_disturbed_when_an_article_arrives(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    is_typing = threading.Event()
    publisher.add("https://kabar.example/lambat", make_story("Kabar yang Lambat"), until=is_typing)
    page = open_page(site)
    log_in(page)
    paste(page, "https://kabar.example/lambat")
    expect(page.locator(".entry", has_text="kabar.example/lambat")).to_be_visible()

    page.locator("#links").press_sequentially("https://kabar.example/be")
    is_typing.set()
    page.keyboard.type("ri", delay=500)
    expect(page.get_by_role("link", name="Kabar yang Lambat")).to_be_visible()

    expect(page.locator("#links")).to_have_value("https://kabar.example/beri")
    expect(page.locator("#links")).to_be_focused()


def test_enter_saves_and_a_refused_link_stays_with_its_sentence(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    publisher.add("https://kabar.example/baik", make_story("Kabar Baik"))
    page = open_page(site, expects_refusal=True)
    log_in(page)

    page.locator("#links").fill("http://192.168.1.1/\nhttps://kabar.example/baik")
    page.locator("#links").press("Enter")

    expect(page.locator("#refusals")).to_contain_text("Tautan ini mengarah ke jaringan pribadi.")
    expect(page.locator("#links")).to_have_value("http://192.168.1.1/")
    expect(page.get_by_role("link", name="Kabar Baik")).to_be_visible()
    assert page.url == f"{site.url}/"


def test_links_that_are_written_faster_than_the_line_are_all_saved(
    site: RunningSite, publisher: PageServer, chromium: Browser
) -> None:
    # A context of its own: Chromium complains about the failure, which is meant here.
    context = chromium.new_context(base_url=site.url, locale="id-ID", service_workers="block")
    page = context.new_page()
    log_in(page)
    box, held = page.locator("#links"), []

    def write(name: str) -> None:
        publisher.add(f"https://kabar.example/{name}", make_story(f"Kabar {name}"))
        box.fill(f"https://kabar.example/{name}")
        box.press("Enter")

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/save/", hold, times=2)
    write("Pertama")
    expect(box).to_have_value("")
    write("Berikut")
    wait_until(lambda: page.evaluate("true") and held)
    held.pop().abort()
    expect(box).to_have_value("https://kabar.example/Pertama\nhttps://kabar.example/Berikut")
    expect(page.locator("#notices .notice--error")).to_be_visible()

    box.press("Enter")
    write("Ketiga")
    box.press_sequentially("https://kabar.exam")
    wait_until(lambda: page.evaluate("true") and held)
    held.pop().continue_()
    for name in ("Pertama", "Berikut", "Ketiga"):
        expect(page.get_by_role("link", name=f"Kabar {name}")).to_be_visible()
    expect(box).to_have_value("https://kabar.exam")
    expect(box).to_be_focused()
    context.close()


def test_a_failure_says_so_and_is_retried(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    url = "https://kabar.example/hilang-sementara"
    page = open_page(site)
    log_in(page)
    paste(page, url)
    failed = page.locator(".entry--failed", has_text="hilang-sementara")
    expect(failed).to_contain_text("Menurut situsnya, halaman ini tidak ada.")

    publisher.add(url, make_story("Kabar yang Kembali"))
    failed.get_by_role("button", name="Coba lagi").click()

    expect(page.get_by_role("link", name="Kabar yang Kembali")).to_be_visible()


def test_what_is_picked_or_tagged_stays_so_when_its_article_arrives(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    is_picked = threading.Event()
    names = {"dipilih": "Kabar yang Dipilih", "dilabeli": "Kabar yang Dilabeli"}
    for name, title in names.items():
        publisher.add(f"https://kabar.example/{name}", make_story(title), until=is_picked)
    page = open_page(site)
    log_in(page)
    paste(page, "\n".join(f"https://kabar.example/{name}" for name in names))
    picked, tagged = (page.locator(".entry", has_text=f"kabar.example/{name}") for name in names)
    tagged.get_by_role("link", name="Label", exact=True).click()
    tagged.locator("input[name=tags]").fill("sedang ditulis")
    number = picked.get_attribute("id")
    picked.get_by_role("checkbox").check()
    picked.get_by_role("checkbox").focus()
    is_picked.set()
    expect(page.get_by_role("link", name=names["dipilih"])).to_be_visible()

    expect(page.locator(f"#{number}").get_by_role("checkbox")).to_be_checked()
    expect(page.locator(f"#{number}").get_by_role("checkbox")).to_be_focused()
    expect(page.locator("#many-scope option").first).to_contain_text("(1)")
    expect(page.locator(".tags-form input[name=tags]")).to_have_value("sedang ditulis")


def test_a_waiting_reading_page_becomes_the_article_by_itself(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    is_seen = threading.Event()
    publisher.add("https://kabar.example/nanti", make_story("Kabar Nanti"), until=is_seen)
    page = open_page(site)
    log_in(page)
    paste(page, "https://kabar.example/nanti")
    stranger = "<p id=main>Masuk ke Wi-Fi</p>"
    # A hotel's network answers first.
    asked = re.compile("seen=")
    page.route(asked, lambda route: route.fulfill(body=stranger, content_type="text/html"), times=1)
    loads: list[str] = []
    page.on("load", lambda _loaded: loads.append(page.url))
    page.get_by_role("link", name="kabar.example/nanti").click()
    expect(page.locator("#reading .status--pending")).to_be_visible()
    is_seen.set()

    expect(page.get_by_role("heading", level=1)).to_have_text("Kabar Nanti")
    expect(page).to_have_title("Kabar Nanti · Teduh")
    expect(page.locator("#reading")).not_to_have_attribute("data-ask", re.compile("."))
    expect(page.locator("#announcer")).to_have_text("Kabar Nanti")
    expect(page.locator("#reading-bar")).to_have_class(re.compile("is-along"))
    assert not page.evaluate("'htmx' in window")
    assert len(loads) == 1


def test_on_a_slow_line_what_is_pressed_twice_is_done_once_and_a_session_that_ended_is_told(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    publisher.add("https://kabar.example/dua-kali", make_story("Kabar Dua Kali"))
    page = open_page(site)
    log_in(page)
    paste(page, "https://kabar.example/dua-kali")
    page.get_by_role("link", name="Kabar Dua Kali").click()
    page.wait_for_url(ARTICLE)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/js/acts*.js", hold)
    page.route("**/aids/**", hold)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)

    page.get_by_role("button", name="Beri bintang").dblclick()
    page.locator("h1").click()
    page.keyboard.press("?")
    page.keyboard.press("?")
    while len(held) < 2:
        page.wait_for_timeout(50)
    for route in held:
        route.continue_()

    expect(page.locator("dialog.key-sheet")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Lepas bintang")).to_be_visible()
    assert len([url for url in posts if url.endswith("/star/")]) == 1

    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Lepas bintang").click()
    told = page.locator("#notices")
    expect(told).to_contain_text("sebelum Anda masuk atau keluar")
    expect(page.get_by_role("button", name="Lepas bintang")).to_be_enabled()
    page.keyboard.press("?")
    expect(page.locator("dialog.key-sheet")).to_contain_text("Paragraf berikutnya")


def test_undo_in_place_keeps_the_keyboards_place(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    publisher.add("https://kabar.example/urung", make_story("Kabar Urung"))
    page = open_page(site)
    log_in(page)
    paste(page, "https://kabar.example/urung")
    entry = page.locator("li.entry--ready", has_text="Kabar Urung")
    entry.get_by_role("button", name="Arsipkan").press("Enter")
    undo = page.locator(".entry--gone button")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(page.get_by_role("link", name="Kabar Urung")).to_be_focused()


def test_a_session_that_ended_leads_to_login_not_to_a_broken_page(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    is_over = threading.Event()
    publisher.add("https://kabar.example/lama-sekali", make_story("Lama"), until=is_over)
    page = open_page(site)
    log_in(page)
    paste(page, "https://kabar.example/lama-sekali")
    expect(page.locator(".entry", has_text="kabar.example/lama-sekali")).to_be_visible()

    page.context.clear_cookies()

    page.wait_for_url(re.compile(r"/accounts/login/\?next=/$"))
    is_over.set()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1200])
def test_pages_are_for_everybody_and_fit_the_screen(
    site: RunningSite, publisher: PageServer, open_page: OpenPage, scheme: str, width: int
) -> None:
    url = f"https://kabar.example/untuk-semua-{scheme}-{width}"
    publisher.add(url, make_story(f"Untuk Semua {scheme} {width}"))
    page = open_page(site, scheme=scheme, viewport={"width": width, "height": 740}, reduced_motion="reduce")
    page.goto("/accounts/login/")
    found = {"login": _check(page)}
    log_in(page)
    paste(page, f"{url} https://kabar.example/tidak-ada-{scheme}-{width}")
    link = page.get_by_role("link", name=f"Untuk Semua {scheme} {width}")
    expect(link).to_be_visible()
    expect(page.locator(".entry--failed").first).to_be_visible()
    found["list"] = _check(page)
    link.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    found["reading"] = _check(page)

    assert found == {"login": [], "list": [], "reading": []}


def _record(page: Page) -> list[Request]:
    """Return the list that every finished request will be put into."""
    finished: list[Request] = []
    # Playwright marks the handler it is given, which a built-in such as `finished.append` does not let it do.
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108
    return finished


def _check(page: Page) -> list[str]:
    """Return what axe finds, and whether the page is wider than the screen."""
    results = Axe().run(page)
    problems = [
        f"{violation['id']}: {[node['html'][:120] for node in violation['nodes']]}"
        for violation in results.response["violations"]
    ]
    is_too_wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return problems + (["wider than the screen"] if is_too_wide else [])


def test_list_and_reading_page_weigh_little(
    site: RunningSite, publisher: PageServer, open_page: OpenPage
) -> None:
    url = "https://kabar.example/ringan"
    publisher.add(url, make_story("Kabar Ringan", paragraphs=40))
    page = open_page(site)
    log_in(page)
    paste(page, url)
    link = page.get_by_role("link", name="Kabar Ringan")
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    assert address

    for path in ("/", address):
        fresh = open_page(site, storage_state=page.context.storage_state())
        finished = _record(fresh)
        fresh.goto(path)
        fresh.wait_for_load_state("networkidle")
        weights = [request.sizes()["responseBodySize"] for request in finished]
        assert len(weights) >= 4
        assert sum(weights) <= 40_000, weights
