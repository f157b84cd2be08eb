"""Lines that hang, strangers that answer, servers that fail, full devices: nothing is lost or doubled."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import ARGUMENTS, find_chromium, paste, sign_up
from tests.browser.devices import (
    ask,
    find_waiting,
    keep_articles,
    name_address,
    name_waiting,
    new_device,
    sign_out,
    wait_for_worker,
)
from tests.browser.stories import make_story
from tests.builders import PASSWORD
from tests.line import LOST_ANSWER, SILENCE, STRANGER, Asked, Choose, Fault, Line
from tests.page_server import PageServer
from tests.pictures import make_jpeg
from tests.serving import RunningSite, wait_until

pytestmark = pytest.mark.browser

TITLES = ("Kabar Angin", "Kabar Bambu", "Kabar Cemara")
_STORED = """async (words) => {
    const found = [];
    for (const name of await caches.keys()) {
        const kept = await caches.open(name);
        for (const request of await kept.keys()) {
            if ((await (await kept.match(request)).text()).includes(words)) found.push(request.url);
        }
    }
    return found;
}"""
# What failed began to do so an hour ago.
_AGE = """() => new Promise((resolve) => {
    indexedDB.open("teduh").onsuccess = ({ target: { result: store } }) => {
        const transaction = store.transaction("acts", "readwrite");
        const rows = transaction.objectStore("acts");
        rows.getAll().onsuccess = ({ target }) => {
            const failed = target.result.filter((row) => row.failedAt);
            failed.forEach((row) => rows.put({ ...row, failedAt: row.failedAt - 3_600_000 }));
        };
        transaction.oncomplete = () => (store.close(), resolve());
    };
})"""

_UPDATE = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const taken = new Promise((resolve) => (navigator.serviceWorker.oncontrollerchange = resolve));
    await registration.update();
    await taken;
}"""
_SEND = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ order: "send" });
}"""


@pytest.fixture(scope="module")
def line(site: RunningSite, publisher: PageServer) -> Iterator[Line]:
    for title in TITLES:
        publisher.add(name_address(title), make_story(title))
    with Line(site.url) as line:
        yield line


@pytest.fixture
def device(chromium: Browser, line: Line) -> Iterator[BrowserContext]:
    with new_device(chromium, line.url) as context:
        yield context
    line.heal()


def begin(device: BrowserContext, name: str, titles: tuple[str, ...] = TITLES) -> Page:
    """Be somebody new whose device keeps these articles; ends on the list."""
    page = device.new_page()
    sign_up(page, name)
    paste(page, "\n".join(name_address(title) for title in titles))
    for title in titles:
        expect(page.get_by_role("link", name=title)).to_be_visible()
    keep_articles(page, len(titles))
    return page


def find_address(page: Page, title: str) -> str:
    kept = ask(page)["kept"]
    return next(str(each["url"]) for each in kept if each["title"] == title)


def read_list(page: Page, address: str) -> list[str]:
    page.goto(address)
    return [title.removeprefix("★ ").strip() for title in page.locator(".entry-title").all_inner_texts()]


def _give_script(text: str) -> Fault:
    """Return the answer that is this script of a worker."""
    return Fault(status=200, body=text.encode(), headers={"Content-Type": "text/javascript"})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_what_a_stranger_answers_is_neither_an_act_done_nor_an_article(
    line: Line, device: BrowserContext
) -> None:
    page = begin(device, "andi")
    to_the_gate = Fault(status=302, headers={"Location": "/gate/"})
    line.break_down(lambda asked: to_the_gate if asked.method == "POST" else STRANGER)

    page.locator(".entry", has_text="Kabar Angin").get_by_role("button", name="Beri bintang").click()
    expect(page.locator("#offline-notice")).to_contain_text("dikirim begitu ada koneksi")
    page.goto(find_address(page, "Kabar Bambu"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabar Bambu")
    press(page, "Arsipkan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tersimpan di perangkat ini")
    expect(page.locator("#no-network")).to_be_visible()
    assert name_waiting(page) == ["star", "archive"]
    assert len(ask(page, "visit")["kept"]) == 3
    assert page.evaluate(_STORED, "Pay here") == []
    line.break_down(lambda asked: None if asked.path == "/gate/" else to_the_gate)
    page.goto(find_address(page, "Kabar Angin"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabar Angin")
    line.heal()
    assert ask(page, "send")["waiting"] == []

    assert read_list(page, "/starred/") == ["Kabar Angin"]
    assert read_list(page, "/archive/") == ["Kabar Bambu"]


def test_a_page_that_hangs_is_given_up_and_holds_up_no_other(line: Line, device: BrowserContext) -> None:
    page = device.new_page()
    # In a hurry with what is to be kept, not with the files of the worker itself.
    patient = 'redirect: "manual", signal: AbortSignal.timeout(LONGEST) });\n\nconst leaveRoom'
    script = device.request.get("/sw.js").text()
    assert patient in script
    hasty = _give_script(script.replace(patient, patient.replace("LONGEST", "1_000")))
    # All of them until it is known which one is to hang: the device keeps what it sees at once.
    hanging = "/articles/"

    def choose(asked: Asked) -> Fault | None:
        if asked.path == "/sw.js":
            return hasty
        return SILENCE if hanging and asked.path.startswith(hanging) else None

    line.break_down(choose)
    sign_up(page, "bayu")
    paste(page, "\n".join(map(name_address, TITLES)))
    for title in TITLES:
        expect(page.get_by_role("link", name=title)).to_be_visible()
    hanging = page.get_by_role("link", name="Kabar Bambu").get_attribute("href") or ""
    keep_articles(page, 2)
    assert {each["title"] for each in ask(page)["kept"]} == {"Kabar Angin", "Kabar Cemara"}

    hanging = ""
    keep_articles(page, 3)


def test_an_act_that_fails_again_and_again_is_set_aside_and_tried_again(
    line: Line, device: BrowserContext
) -> None:
    page = begin(device, "citra")
    device.set_offline(True)
    first = page.locator(".entry", has_text="Kabar Angin")
    first.get_by_role("button", name="Beri bintang").click()
    expect(first.locator(".act-waits")).to_have_count(1)
    first.get_by_role("button", name="Arsipkan").click()
    expect(first.locator(".act-waits")).to_have_count(2)
    second = page.locator(".entry", has_text="Kabar Bambu")
    second.get_by_role("button", name="Beri bintang").click()
    expect(second.locator(".act-waits")).to_have_count(1)
    number = find_address(page, "Kabar Angin").split("/")[2]
    line.break_down(_fail_stars(number))
    device.set_offline(False)

    # What could undo the one that fails waits behind it; all others are done.
    state = ask(page, "send")
    assert [(act["act"], act["article"]) for act in state["waiting"]] == [
        ("star", number),
        ("archive", number),
    ]
    for _turn in range(4):
        state = ask(page, "send")
    assert state["refused"] == []
    page.evaluate(_AGE)
    state = ask(page, "send")
    assert [act["act"] for act in state["refused"]] == ["star"]
    assert ask(page, "send")["waiting"] == []
    page.goto("/offline/")
    expect(page.locator("#refused-acts")).to_contain_text("Server dapat dihubungi")
    line.heal()
    press(page, "Coba lagi")
    expect(page.locator("#refused")).to_be_hidden()
    # From now on it waits as ever, until it is sent.
    expect(page.locator("#waiting")).to_be_hidden()

    assert sorted(read_list(page, "/starred/")) == ["Kabar Angin", "Kabar Bambu"]
    assert read_list(page, "/archive/") == ["Kabar Angin"]


def _fail_stars(number: str) -> Choose:
    def choose(asked: Asked) -> Fault | None:
        is_star = b"act=star" in asked.body and f"article={number}&".encode() in asked.body
        return Fault(status=500) if asked.path == "/offline/acts/" and is_star else None

    return choose


def find_keys_sent(line: Line) -> set[str]:
    """Return the keys of acts that were sent: the server does what comes under one key once."""
    bodies = (asked.body.decode() for asked in line.requests if asked.path == "/offline/acts/")
    return {body.partition("key=")[2].partition("&")[0] for body in bodies}


def test_two_pages_and_a_killed_worker_send_each_act_once(line: Line, device: BrowserContext) -> None:
    page = begin(device, "dewi")
    other = device.new_page()
    other.goto("/all/")
    device.set_offline(True)
    for title in TITLES:
        page.locator(".entry", has_text=title).get_by_role("button", name="Arsipkan").click()
    expect(page.locator(".act-waits")).to_have_count(3)
    # The first is done, but nobody hears of it; and then the worker is gone.
    line.requests.clear()
    line.break_down(lambda asked: LOST_ANSWER if asked.path == "/offline/acts/" else None)
    device.set_offline(False)
    page.evaluate(_SEND)
    wait_until(lambda: find_keys_sent(line))
    browser = device.new_cdp_session(page)
    browser.send("ServiceWorker.enable")
    browser.send("ServiceWorker.stopAllWorkers")
    line.heal()
    for each in (page, other):
        each.evaluate(_SEND)

    expect(other.locator("#offline-notice")).to_contain_text("Terkirim")
    assert ask(page)["waiting"] == []
    assert len(find_keys_sent(line)) == 3
    # The list shows it, and nobody loaded it anew.
    expect(page.locator("#offline-notice")).to_contain_text("Terkirim")
    assert sorted(read_list(page, "/archive/")) == sorted(TITLES)


def test_what_waits_outlives_the_worker_and_is_seen_on_the_list(
    line: Line, publisher: PageServer, device: BrowserContext
) -> None:
    page = begin(device, "eka", TITLES[:1])
    page.evaluate("window.isSame = true")
    device.set_offline(True)
    paste(page, name_address("Kabar Damar"))
    waiting = page.locator("#waiting-here li")
    expect(waiting).to_contain_text("kabar-damar")
    expect(page.locator("#links")).to_have_value("")
    publisher.add(name_address("Kabar Damar"), make_story("Kabar Damar"))
    page.evaluate(
        "navigator.serviceWorker.getRegistration().then((registration) => registration.unregister())"
    )
    device.set_offline(False)

    # The page's own worker goes on until the last page is gone.
    expect(page.locator(".entry-title")).to_have_count(2)
    expect(waiting).to_have_count(0)
    assert page.evaluate("window.isSame")
    page.goto("/starred/")
    wait_for_worker(page)
    keep_articles(page, 2)


def test_what_is_written_while_the_list_comes_anew_is_kept(line: Line, device: BrowserContext) -> None:
    page = begin(device, "erna", TITLES[:1])
    device.set_offline(True)
    press(page, "Arsipkan")
    expect(page.locator(".act-waits")).to_have_count(1)
    is_asked, is_written = threading.Event(), threading.Event()

    def hold(asked: Asked) -> None:
        if asked.path == "/":
            is_asked.set()
            is_written.wait(20)

    line.break_down(hold)
    device.set_offline(False)
    wait_until(lambda: page.evaluate("true") and is_asked.is_set())
    page.locator("#links").fill("https://kabar.example/baru")
    is_written.set()

    expect(page.locator("#offline-notice")).to_contain_text("Muat ulang")
    expect(page.locator("#links")).to_have_value("https://kabar.example/baru")


def test_a_session_that_ended_loses_no_act(line: Line, device: BrowserContext) -> None:
    page = begin(device, "fajar", TITLES[:2])
    archived = find_address(page, "Kabar Bambu")
    page.goto(find_address(page, "Kabar Angin"))
    device.clear_cookies(name="sessionid")
    press(page, "Beri bintang")
    page.wait_for_url("**/accounts/login/?next=*")
    log_in_again(page, "fajar")
    expect(page.locator("#offline-notice")).to_contain_text("Terkirim")
    keep_articles(page, 2)

    # Done without a network, and the session is over when it comes back.
    device.set_offline(True)
    page.goto(archived)
    press(page, "Arsipkan")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tersimpan di perangkat ini")
    device.clear_cookies(name="sessionid")
    device.set_offline(False)
    # A redirect of the server's own is followed, from the address of a kept copy as well.
    page.goto(archived)
    page.wait_for_url(re.compile("/accounts/login/"))
    assert name_waiting(page) == []
    log_in_again(page, "fajar")
    expect(page.locator("#offline-notice")).to_contain_text("Terkirim")

    assert read_list(page, "/starred/") == ["Kabar Angin"]
    assert read_list(page, "/archive/") == ["Kabar Bambu"]

    # What the worker sends does not stand in the box to be saved again.
    page.goto("/")
    device.clear_cookies(name="sessionid")
    paste(page, "https://tak-ada.example/lagi")
    page.wait_for_url("**/accounts/login/?next=*")
    log_in_again(page, "fajar")
    expect(page.locator("#entries > .entry")).to_have_count(2)
    expect(page.locator("#links")).to_have_value("")


def log_in_again(page: Page, name: str) -> None:
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()


def test_signing_out_without_a_network_empties_the_device_and_ends_the_session_later(
    line: Line, device: BrowserContext
) -> None:
    page = begin(device, "gita", TITLES[:1])
    address = find_address(page, TITLES[0])
    device.set_offline(True)
    sign_out(page)
    expect(page.locator("#offline-notice")).to_contain_text("Anda dikeluarkan begitu ada koneksi")
    page.goto(address)
    assert TITLES[0] not in page.content()
    assert page.evaluate(_STORED, TITLES[0]) == []

    device.set_offline(False)
    # The desk too.
    page.goto("/admin/")

    page.wait_for_url(re.compile("/accounts/login/"))
    assert "sessionid" not in {each["name"] for each in device.cookies()}


def test_pictures_of_kept_articles_are_seen_without_a_network(
    line: Line, publisher: PageServer, device: BrowserContext
) -> None:
    page = device.new_page()
    url = name_address("Kabar Bergambar")
    picture = '<figure><img src="https://cdn.example/foto.jpg"><figcaption>Foto.</figcaption></figure>'
    publisher.add(url, make_story("Kabar Bergambar").replace("<p><strong>Baca", f"{picture}<p><strong>Baca"))
    publisher.add("https://cdn.example/foto.jpg", make_jpeg(1600, 1000))
    sign_up(page, "hana")
    paste(page, url)
    page.get_by_role("link", name="Kabar Bergambar").click()
    wait_for_worker(page)
    wait_until(lambda: any(each["pictures"] for each in ask(page, "visit")["kept"]), pause=0.3)
    wait_until(lambda: all(each["isWhole"] for each in ask(page, "visit")["kept"]))
    address = find_address(page, "Kabar Bergambar")
    line.requests.clear()
    device.set_offline(True)
    page.goto(address)

    image = page.locator("#article img")
    image.scroll_into_view_if_needed()
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=image.element_handle())
    # For a newer worker the browser looks by itself, and past the network that a test takes away.
    assert {asked.path for asked in line.requests} <= {"/sw.js"}
    # And the copy opens where its reader was, who was there for a moment.
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => setTimeout(go, 100)))")
    page.goto("/offline/")
    page.goto(address)
    page.wait_for_function("() => scrollY > 300")
    # What cannot wait says so, and not the browser in its own words.
    press(page, "Hapus")
    expect(page.locator("#offline-notice")).to_contain_text("tidak ada yang dilakukan")


def test_a_new_worker_takes_over_and_no_page_is_loaded_anew(line: Line, device: BrowserContext) -> None:
    page = begin(device, "indra", TITLES[:2])
    address = find_address(page, "Kabar Angin")
    script = device.request.get("/sw.js").text()
    version = script.split('"', 2)[1]
    page_headers = {"Content-Type": "text/html", "Teduh-Person": "nobody"}
    faults = {
        "/sw.js": _give_script(script.replace(version, "0123456789ab")),
        "/offline/": Fault(status=200, body=b"<h1>Rilis kedua", headers=page_headers),
        address: Fault(status=502),
    }
    line.break_down(lambda asked: faults.get(asked.path))
    page.evaluate("window.isSame = true")
    page.evaluate(_UPDATE)

    stamps = {each["title"]: each["stamp"].split()[1] for each in ask(page, "visit")["kept"]}
    assert stamps == {"Kabar Angin": version, "Kabar Bambu": "0123456789ab"}
    assert page.evaluate("window.isSame")
    device.set_offline(True)
    for title in TITLES[:2]:
        page.goto(find_address(page, title))
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length)")
    page.goto("/starred/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rilis kedua")


def test_a_full_device_says_so_keeps_what_it_has_and_loses_no_act(line: Line, device: BrowserContext) -> None:
    page = begin(device, "joko", TITLES[:2])
    browser = device.new_cdp_session(page)
    used = page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    browser.send("Storage.overrideQuotaForOrigin", {"origin": line.url, "quotaSize": used + 1000})
    paste(page, name_address("Kabar Cemara"))
    page.get_by_role("link", name="Kabar Cemara").click()
    page.locator("#keep-offline").click()
    expect(page.locator("#offline-notice")).to_contain_text("tidak punya ruang")
    assert {each["title"] for each in ask(page)["kept"]} == set(TITLES[:2])
    device.set_offline(True)
    browser.send("Storage.overrideQuotaForOrigin", {"origin": line.url, "quotaSize": 1})
    press(page, "Beri bintang")
    expect(page.locator("#offline-notice")).to_contain_text("disimpan di perangkat ini")
    page.goto(find_address(page, "Kabar Angin"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabar Angin")

    browser.send("Storage.overrideQuotaForOrigin", {"origin": line.url})
    device.set_offline(False)
    keep_articles(page, 3)
    assert read_list(page, "/starred/") == ["Kabar Cemara"]


def test_articles_make_room_for_acts_and_an_act_that_is_not_kept_is_told(
    line: Line, device: BrowserContext
) -> None:
    full = """let room = 0;
        const add = IDBObjectStore.prototype.add;
        IDBObjectStore.prototype.add = function (row) {
            if (room++ < TIMES) throw new DOMException("", "QuotaExceededError");
            return add.call(this, row);
        };\n"""
    script = device.request.get("/sw.js").text()
    answer = _give_script(full.replace("TIMES", "1") + script)
    line.break_down(lambda asked: answer if asked.path == "/sw.js" else None)
    page = begin(device, "kirana")
    page.goto(find_address(page, "Kabar Angin"))
    device.set_offline(True)
    press(page, "Beri bintang")
    expect(page.locator("#offline-notice")).to_contain_text("disimpan di perangkat ini")
    assert name_waiting(page) == ["star"]
    assert len(ask(page)["kept"]) == 2
    page.goto("/offline/")
    expect(page.locator(".kept-facts", has_text="Menunggu dikirim: Beri bintang")).to_be_visible()
    press(page, "Urungkan")
    expect(find_waiting(page)).to_have_count(0)
    device.set_offline(False)

    answer = _give_script(full.replace("TIMES", "99") + script)
    page.evaluate(_UPDATE)
    keep_articles(page, 3)
    device.set_offline(True)
    page.goto(find_address(page, "Kabar Angin"))
    press(page, "Beri bintang")
    expect(page.locator("#offline-notice")).to_contain_text("tidak tersimpan")
    press(page, "Arsipkan")
    expect(page.locator("#offline-notice")).to_contain_text("tidak tersimpan")
    assert name_waiting(page) == []


def test_a_browser_that_keeps_nothing_says_so(line: Line, chromium: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "Default"
    folder.mkdir()
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (folder / "Preferences").write_text(json.dumps(blocked))
    context = chromium.browser_type.launch_persistent_context(
        tmp_path, executable_path=find_chromium(), args=list(ARGUMENTS), locale="id-ID"
    )
    failures: list[str] = []
    context.on("weberror", lambda failure: failures.append(str(failure.error)))
    page = context.new_page()
    page.goto(f"{line.url}/offline/")
    expect(page.locator("#kept-unable")).to_be_visible()
    context.close()
    assert failures == []
