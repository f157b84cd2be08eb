"""Without a network: reading what is kept, acts that are sent late, and nothing for anybody else."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import log_in, paste, set_up
from tests.browser.stories import make_story
from tests.page_server import PageServer
from tests.serving import RunningSite, find_free_port, running_site

pytestmark = pytest.mark.browser

_STATE = """async () => {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    const told = new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data)));
    active.postMessage({ order: "visit", isWanted: true }, [port2]);
    return told;
}"""


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
    """A browser of its own, with what it keeps."""
    context = chromium.new_context(
        base_url=coming.running.url, locale="id-ID", viewport={"width": 360, "height": 740}
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


def keep_articles(page: Page, count: int) -> None:
    """Wait until the device keeps so many articles."""
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    for _turn in range(20):
        if len(page.evaluate(_STATE)["kept"]) == count:
            return
        page.wait_for_timeout(300)
    pytest.fail(str(page.evaluate(_STATE)))


def save(page: Page, publisher: PageServer, title: str) -> str:
    url = f"https://kabar.example/{title.lower().replace(' ', '-')}"
    publisher.add(url, make_story(title))
    paste(page, url)
    expect(page.get_by_role("link", name=title)).to_be_visible()
    return url


def test_articles_are_read_and_acts_wait_while_the_server_is_away(
    coming: ComingSite, publisher: PageServer, device: BrowserContext
) -> None:
    page = device.new_page()
    log_in(page)
    save(page, publisher, "Kabar Pertama")
    save(page, publisher, "Kabar Kedua")
    keep_articles(page, 2)
    coming.stop()

    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tersimpan di perangkat ini")
    page.get_by_role("link", name="Kabar Pertama").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kabar Pertama")
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.cssRules.length)")
