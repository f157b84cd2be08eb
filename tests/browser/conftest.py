"""A real Chromium on a really served site; console errors and requests to other hosts fail the test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright

from tests.builders import PASSWORD
from tests.page_server import PageServer
from tests.serving import RunningSite, running_site

CORPUS = Path(__file__).resolve().parents[1] / "pages"
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

OpenPage = Callable[..., Page]


def find_chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for path in ("/usr/bin/chromium",) if Path(path).exists()), None) or shutil.which(
        "chromium"
    )


# Everything is per module: while Playwright runs, its event loop keeps Django's database out of this thread.


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        pytest.skip("there is no Chromium here (Debian: apt-get install chromium), so no browser test runs")
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def publisher() -> Iterator[PageServer]:
    """The publishers' servers: every page of the corpus under its own address."""
    with PageServer() as server:
        server.add_corpus(CORPUS)
        yield server


@pytest.fixture
def fresh_site(chromium: Browser, publisher: PageServer, tmp_path: Path) -> Iterator[RunningSite]:
    """A site that nobody has set up yet."""
    with running_site(tmp_path, DEBUG="1", READER_FETCH_RESOLVE=publisher.resolve) as site:
        yield site


@pytest.fixture(scope="module")
def site(
    chromium: Browser, publisher: PageServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningSite]:
    """A site with one person, mia, where others may sign up."""
    folder = tmp_path_factory.mktemp("site")
    resolve = publisher.resolve
    with running_site(folder, DEBUG="1", READER_SIGNUP="open", READER_FETCH_RESOLVE=resolve) as running:
        page = chromium.new_page()
        set_up(page, running)
        page.close()
        yield running


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Open pages in browsers of their own; what they complain about fails the test at its end.

    A refused paste is answered with 422, which Chromium reports as an error of its own: that one is expected
    where a test says so.
    """
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_one(
            site: RunningSite,
            *,
            locale: str = "id-ID",
            scheme: str = "light",
            expects_refusal: bool = False,
            **options: object,
        ) -> Page:
            context = chromium.new_context(
                base_url=site.url,
                locale=locale,
                color_scheme=scheme,  # type: ignore[arg-type]  # the tests give "light" or "dark"
                # A worker would answer in the server's place, and ask it on its own account.
                service_workers="block",
                **{"viewport": {"width": 360, "height": 740}, **options},  # type: ignore[arg-type]
            )
            stack.callback(context.close)
            context.set_default_timeout(15_000)
            page = context.new_page()
            _watch(page, site, complaints, expects_refusal=expects_refusal)
            return page

        yield open_one
    assert complaints == []


def _watch(page: Page, site: RunningSite, complaints: list[str], *, expects_refusal: bool) -> None:
    def on_console(message: ConsoleMessage) -> None:
        is_refusal = expects_refusal and "status of 422" in message.text
        is_blocked = "Service Worker registration blocked" in message.text
        if message.type in {"error", "warning"} and not is_refusal and not is_blocked:
            complaints.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith(f"{site.url}/"):
            complaints.append(f"request to another host: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.status}: {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)


# --- what a person does ---


def set_up(page: Page, site: RunningSite) -> None:
    """Make mia with the code that the console printed; ends on her list."""
    found = re.search(r"set-up code is: (\S+)", site.output())
    assert found, site.output()
    page.goto(f"{site.url}/")
    page.locator("#id_code").fill(found[1])
    page.locator("#id_username").fill("mia")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{site.url}/")


def find_barriers(page: Page) -> list[str]:
    """Return what axe finds on the page as it now is."""
    violations = Axe().run(page).response["violations"]
    return [f"{each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in violations]


def log_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.locator("#id_login").fill("mia")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile(r"/$"))


def sign_up(page: Page, name: str) -> None:
    """Be somebody new; ends on an empty list."""
    page.goto("/accounts/signup/")
    page.locator("#id_username").fill(name)
    page.locator("#id_password1").fill(PASSWORD)
    page.locator("#id_password2").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile(r"/$"))


def paste(page: Page, text: str) -> None:
    page.locator("#links").fill(text)
    page.locator("#paste button").click()
