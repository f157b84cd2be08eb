"""A device with a worker of ours: what tests do on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import paste
from tests.browser.stories import make_story
from tests.page_server import PageServer

_ASK = """async ([order, values]) => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    active.postMessage({ order, isWanted: true, ...values }, [port2]);
    return told;
}"""


@contextmanager
def new_device(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    """Open a browser of its own, with what it keeps; an error in a script fails the test."""
    context = chromium.new_context(base_url=address, locale="id-ID", viewport={"width": 360, "height": 740})
    context.set_default_timeout(15_000)
    failures: list[str] = []
    context.on("weberror", lambda failure: failures.append(str(failure.error)))
    try:
        yield context
    finally:
        context.close()
    assert failures == [], failures


def ask(page: Page, order: str = "state", **values: object) -> dict[str, Any]:
    """Have the worker of the page obey, and return what it tells."""
    told: dict[str, Any] = page.evaluate(_ASK, [order, values])
    return told


def wait_for_worker(page: Page) -> None:
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def keep_articles(page: Page, count: int) -> None:
    """Wait until the device keeps so many articles."""
    wait_for_worker(page)
    for _turn in range(20):
        if len(ask(page, "visit")["kept"]) == count:
            return
        page.wait_for_timeout(300)
    raise AssertionError(str(ask(page)))


def name_address(title: str) -> str:
    return f"https://kabar.example/{title.lower().replace(' ', '-')}"


def save(page: Page, publisher: PageServer, title: str) -> None:
    publisher.add(name_address(title), make_story(title))
    paste(page, name_address(title))
    expect(page.get_by_role("link", name=title)).to_be_visible()


def name_waiting(page: Page) -> list[str]:
    """Return the acts that wait, but that of how far was read, which pages tell by themselves."""
    return [act["act"] for act in ask(page)["waiting"] if act["act"] != "progress"]


def find_waiting(page: Page) -> Locator:
    """Return the lines of what waits, but that of how far was read."""
    return page.locator("#waiting-acts .kept-what").filter(has_not_text="Sejauh mana")


def sign_out(page: Page) -> None:
    if not page.get_by_role("button", name="Keluar").is_visible():
        page.locator("details.account summary").click()
    page.get_by_role("button", name="Keluar").click()
