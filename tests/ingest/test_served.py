"""The way of an article of several pages through the served site: real processes, a real queue."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.builders import PASSWORD
from tests.ingest.kompas_pages import URL, make_kompas_page, text_of_pages
from tests.page_server import PageServer
from tests.serving import RunningSite, run_manage, running_site, wait_until


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as running:
        yield running


def log_in(site: RunningSite) -> httpx.Client:
    """Make a person on the command line, and log in as they would."""
    made = run_manage(
        *("createsuperuser", "--noinput", "--username", "ann", "--email", "ann@surat.example"),
        READER_DATA_DIR=str(site.data_dir),
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )
    assert made.returncode == 0, made.stderr
    client = httpx.Client(base_url=site.url, trust_env=False, follow_redirects=True)
    post(client, "/accounts/login/", login="ann", password=PASSWORD)
    return client


def post(client: httpx.Client, path: str, **values: str) -> str:
    """Send a form as the page with it would, and return the page that follows."""
    page = client.get("/accounts/login/" if "login" in path else "/").text
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    answer = client.post(path, data={**values, "csrfmiddlewaretoken": found[1]})
    assert answer.status_code == 200, answer.text
    return answer.text


def read_article(site: RunningSite) -> tuple[str, list[int], str]:
    """State, missing pages and text of the one article, as the table holds them."""
    with sqlite3.connect(site.data_dir / "teduh.sqlite3") as database:
        row = database.execute("SELECT state, missing_pages, text FROM reader_article").fetchone()
    return row[0], json.loads(row[1]), row[2]


def test_a_page_that_failed_is_named_and_only_that_page_is_fetched_again(
    server: PageServer, tmp_path: Path
) -> None:
    server.add(f"{URL}?page=all", "", status=404)
    server.add(f"{URL}?page=3", "", status=500)
    server.add(URL, make_kompas_page(1))
    for number in (2, 4):
        server.add(f"{URL}?page={number}", make_kompas_page(number))

    with (
        running_site(tmp_path, DEBUG="1", READER_FETCH_RESOLVE=server.resolve) as site,
        closing(log_in(site)) as client,
    ):
        post(client, "/save/", links=URL)
        wait_until(lambda: read_article(site)[0] == "partial", 60)
        assert read_article(site) == ("partial", [3], text_of_pages(1, 2, 4))
        page = client.get("/", headers={"Accept-Language": "id"}).text
        assert "Halaman 3 tidak dapat diambil." in page
        article = re.search(r"/articles/(\d+)/retry/", page)
        assert article

        server.requests.clear()
        server.add(f"{URL}?page=3", make_kompas_page(3))
        post(client, article[0])
        wait_until(lambda: read_article(site)[0] == "ready", 60)

    assert read_article(site) == ("ready", [], text_of_pages(1, 2, 3, 4))
    assert [request.target.partition("?")[2] for request in server.requests] == ["page=3"]
