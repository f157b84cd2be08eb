"""Without a network: reading what is kept, acts that are sent late, and nothing for anybody else."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, expect

from tests.browser.conftest import log_in, set_up, sign_up
from tests.browser.devices import (
    ask,
    find_waiting,
    keep_articles,
    new_device,
    save,
    sign_out,
    wait_for_worker,
)
from tests.browser.stories import make_story
from tests.builders import PASSWORD
from tests.page_server import PageServer
from tests.serving import RunningSite, find_free_port, running_site

pytestmark = pytest.mark.browser
# How much of the page was moved by what came late.
_SHIFTED = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(resolve, 500, 0);
})"""


class ComingSite:
    """A site that goes and comes again at its address."""

    def __init__(self, folder: Path, publisher: PageServer) -> None:
        self.folder, self.port, self.resolve = folder, find_free_port(), publisher.resolve
        self.stack = ExitStack()
        self.start()

    def start(self) -> RunningSite:
        served = running_site(
            self.folder, port=self.port, DEBUG="1", READER_SIGNUP="open", READER_FETCH_RESOLVE=self.resolve
        )
        self.running = self.stack.enter_context(served)
        return self.running

    def stop(self) -> None:
        self.stack.close()

    @contextmanager
    def away(self) -> Iterator[None]:
        """Be gone for a while."""
        self.stop()
        try:
            yield
        finally:
            self.start()


@pytest.fixture(scope="module")
def coming(
    chromium: Browser, publisher: PageServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ComingSite]:
    site = ComingSite(tmp_path_factory.mktemp("site"), publisher)
    page = chromium.new_page()
    set_up(page, site.running)
    page.close()
    yield site
    site.stop()


@pytest.fixture
def device(chromium: Browser, coming: ComingSite) -> Iterator[BrowserContext]:
    with new_device(chromium, coming.running.url) as context:
        yield context


def test_articles_are_read_and_acts_wait_while_the_server_is_away(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    publisher.add("https://kabar.example/bagikan", make_story("Kabar yang Dibagikan"))
    page = device.new_page()
    sign_up(page, "ani")
    save(page, publisher, "Kabar Pertama")
    save(page, publisher, "Kabar Kedua")
    keep_articles(page, 2)
    with coming.away():
        page.goto("/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Tersimpan di perangkat ini")
        expect(page.locator("#no-network")).to_be_visible()
        expect(page.locator("#kept-room")).to_contain_text("MB")
        page.get_by_role("link", name="Kabar Pertama").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Kabar Pertama")
        assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length)")
        page.get_by_role("button", name="Beri bintang").click()
        expect(page.locator("#offline-notice")).to_contain_text("dikirim begitu ada koneksi")
        page.get_by_role("button", name="Arsipkan").click()
        expect(find_waiting(page)).to_have_text(["Beri bintang: Kabar Pertama", "Arsipkan: Kabar Pertama"])
        page.goto("/save/?title=Baca&text=https://kabar.example/bagikan")
        page.get_by_role("button", name="Simpan begitu ada koneksi").click()
        expect(find_waiting(page)).to_have_count(3)
        # An open page would ask again by itself, and tell of it.
        page.goto("about:blank")

    page.goto("/")
    expect(page.locator("#offline-notice")).to_contain_text("Terkirim")
    assert ask(page)["waiting"] == []
    page.goto("/starred/")
    expect(page.locator(".entry-title")).to_contain_text(["Kabar Pertama"])
    page.goto("/all/")
    expect(page.locator(".entry-title")).to_have_count(3)
    page.goto("/archive/")
    expect(page.locator(".entry-title")).to_contain_text(["Kabar Pertama"])


def test_a_shared_link_is_asked_about_and_saved_by_its_person(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    publisher.add("https://kabar.example/dari-android", make_story("Kabar dari Android"))
    page = device.new_page()
    log_in(page)
    target = page.evaluate("async () => (await (await fetch('/manifest.webmanifest')).json()).share_target")

    page.goto(f"{target['action']}?{target['params']['text']}=Bagus:+https://kabar.example/dari-android")
    expect(page.locator(".offered")).to_have_text("https://kabar.example/dari-android")
    page.locator("main button[type=submit]").click()

    expect(page.get_by_role("link", name="Kabar dari Android")).to_be_visible()


def test_an_article_is_chosen_and_a_refusal_is_shown_until_it_is_put_away(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    page = device.new_page()
    log_in(page)
    save(page, publisher, "Kabar Pilihan")
    page.get_by_role("link", name="Kabar Pilihan").click()
    button = page.locator("#keep-offline")
    button.click()
    expect(page.locator("#offline-notice")).to_contain_text("Tersimpan di perangkat ini")
    expect(button).to_have_attribute("aria-pressed", "true")
    number = int(button.get_attribute("data-article") or 0)
    assert ask(page)["pinned"] == [number]
    device.set_offline(True)
    page.goto(f"/articles/{number}/")
    page.keyboard.press("?")
    expect(page.locator("dialog.key-sheet h1")).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Arsipkan").click()
    expect(find_waiting(page)).to_have_count(1)
    page.goto("/offline/")
    expect(page.locator("#kept-room")).to_contain_text("MB")
    assert page.evaluate(_SHIFTED) < 0.01

    other = page.context.browser.new_context(base_url=coming.running.url)  # type: ignore[union-attr]
    elsewhere = other.new_page()
    log_in(elsewhere)
    elsewhere.goto(f"/articles/{number}/")
    elsewhere.locator("#foot form[action$='/delete/'] button").click()
    elsewhere.wait_for_url("**/?undo=*")
    other.close()
    device.set_offline(False)
    page.goto("/offline/")

    expect(page.locator("#refused-acts")).to_contain_text("tidak ada lagi di daftar Anda")
    page.get_by_role("button", name="Singkirkan").click()
    expect(page.locator("#refused")).to_be_hidden()
    assert ask(page)["refused"] == []


def test_signing_out_empties_the_device_and_warns_of_what_waits(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    page = device.new_page()
    log_in(page)
    save(page, publisher, "Kabar Rahasia")
    wait_for_worker(page)
    ask(page, "visit")
    assert "Kabar Rahasia" in str(ask(page)["kept"])
    address = page.get_by_role("link", name="Kabar Rahasia").get_attribute("href") or ""
    page.goto(address)
    device.set_offline(True)
    page.get_by_role("button", name="Beri bintang").click()
    expect(page.locator("#offline-notice")).to_contain_text("dikirim begitu ada koneksi")

    warnings: list[str] = []

    def refuse(dialog: Dialog) -> None:
        warnings.append(dialog.message)
        dialog.dismiss()

    with page.expect_event("dialog"):
        page.once("dialog", refuse)
        sign_out(page)
    assert "belum terkirim" in warnings[0]
    assert "star" in [act["act"] for act in ask(page)["waiting"]]
    device.set_offline(False)
    sign_out(page)
    page.wait_for_url("**/accounts/login/")

    assert (
        page.evaluate("caches.keys().then((names) => names.filter((name) => name.includes('pages')))") == []
    )
    assert page.evaluate("indexedDB.databases().then((all) => all.length)") == 0


def test_another_person_sees_nothing_of_the_first(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    page = device.new_page()
    log_in(page)
    save(page, publisher, "Kabar Pribadi")
    wait_for_worker(page)
    ask(page, "visit")
    address = page.get_by_role("link", name="Kabar Pribadi").get_attribute("href") or ""
    device.set_offline(True)
    page.goto(address)
    page.get_by_role("button", name="Beri bintang").click()
    expect(page.locator("#offline-notice")).to_be_visible()
    post_from_another_site(page, f"{coming.running.url}/save/")
    page.goto(address)
    assert "save" not in [act["act"] for act in ask(page)["waiting"]]
    device.set_offline(False)

    left, still = device.new_page(), device.new_page()
    for open_page in (left, still):
        open_page.goto(address)
        expect(open_page.get_by_role("button", name="Arsipkan")).to_be_visible()
    # The session ends without a word, as when it is over or the cookie is lost.
    device.clear_cookies()
    sign_up(page, "ben")
    told = ask(page)

    assert told["kept"] == told["waiting"] == told["pinned"] == []
    device.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Tersimpan di perangkat ini")
    assert "Kabar Pribadi" not in page.content()
    # What the first one does on a page that was left open is not done in the other's name.
    left.get_by_role("button", name="Arsipkan").click()
    assert ask(page)["waiting"] == []
    # Nor does that page take the news of what the other one did.
    ask(page, "saveLater", links="https://kabar.example/punya-ben")
    page.goto("about:blank")
    device.set_offline(False)
    assert ask(still, "send")["sent"] == 1
    still.wait_for_timeout(300)
    assert ask(still)["sent"] == 1
    assert "Terkirim" not in still.locator("#notices").inner_text()


def test_what_waits_is_sent_after_the_password_was_changed_elsewhere(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    page = device.new_page()
    sign_up(page, "dewi")
    save(page, publisher, "Kabar Kata Sandi")
    keep_articles(page, 1)
    device.set_offline(True)
    page.get_by_role("link", name="Kabar Kata Sandi").click()
    page.get_by_role("button", name="Beri bintang").click()
    expect(page.locator("#offline-notice")).to_contain_text("dikirim begitu ada koneksi")

    other = page.context.browser.new_context(base_url=coming.running.url)  # type: ignore[union-attr]
    elsewhere = other.new_page()
    sign_in(elsewhere, "dewi", PASSWORD)
    elsewhere.goto("/accounts/password/change/")
    elsewhere.locator("#id_oldpassword").fill(PASSWORD)
    elsewhere.locator("#id_password1").fill("sandi-baru-yang-panjang")
    elsewhere.locator("#id_password2").fill("sandi-baru-yang-panjang")
    elsewhere.locator("main button[type=submit]").click()
    expect(elsewhere.locator("#notices")).not_to_be_empty()
    other.close()

    device.set_offline(False)
    page.goto("/")
    page.wait_for_url(re.compile("/accounts/login/"))
    assert ask(page)["waiting"] == []
    sign_in(page, "dewi", "sandi-baru-yang-panjang")
    expect(page.locator("#offline-notice")).to_contain_text("Terkirim")
    page.goto("/starred/")
    expect(page.locator(".entry-title")).to_contain_text(["Kabar Kata Sandi"])


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(password)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("/$"))


def test_another_site_signs_nobody_out_and_takes_nothing_from_the_device(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    page = device.new_page()
    sign_up(page, "cici")
    save(page, publisher, "Kabar yang Tetap")
    keep_articles(page, 1)
    logout = f"{coming.running.url}/accounts/logout/"
    device.set_offline(True)
    page.get_by_role("button", name="Arsipkan").click()
    expect(page.locator("#offline-notice")).to_be_visible()
    post_from_another_site(page, logout)
    page.goto("/offline/")
    expect(find_waiting(page)).to_have_text(["Arsipkan: Kabar yang Tetap"])
    page.goto("about:blank")

    device.set_offline(False)
    post_from_another_site(page, logout)

    page.goto("/archive/")
    expect(page.locator(".entry-title")).to_contain_text(["Kabar yang Tetap"])
    assert "sessionid" in {each["name"] for each in device.cookies()}


def post_from_another_site(page: Page, address: str) -> None:
    """Have the browser send a form that is not ours; only the network could say no to it."""
    page.route("http://jahat.example/", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto("http://jahat.example/")
    page.set_content(f"<form method=post action='{address}'><textarea name=links>https://jahat.example/")
    page.evaluate("document.forms[0].submit()")
    page.wait_for_function("() => location.hostname !== 'jahat.example'")
