"""What a page itself names goes through the same guard: further pages, its full form, all pages at once.

No host is sent to the page server but the publisher's own, so whatever else is asked for meets the guard.
"""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from reader.fetching import parse_resolve
from reader.models import Article
from tests.ingest.conftest import Ingested
from tests.ingest.kompas_pages import URL, make_kompas_page
from tests.ingest.test_ingest import make_html
from tests.page_server import PageServer

INSIDE = [
    "http://127.0.0.1/",
    "http://127.1:80/read",
    "http://0x7f.1/read/2",
    "http://[::ffff:7f00:1]/read",
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost/",
    "//127.0.0.1/read?page=2",
    "http:\\\\127.0.0.1\\",
    "http://metadata.google.internal/",
    "http://www.kompas.com@127.0.0.1/read?page=2",
    "http://①②⑦.0.0.1/",
    "file:///etc/passwd",
]


def name_next_page(link: str) -> str:
    named = f'<link rel="next" href="{link}"><a class="next" rel="next" href="{link}">Selanjutnya</a>'
    return make_html(extra=f'{named}<div class="paging"><a href="{link}">2</a></div>').decode()


def name_full_form(link: str) -> str:
    return make_html().decode().replace("<head>", f'<head><link rel="canonical" href="{link}">')


def name_amp_form(link: str) -> str:
    return name_full_form(link).replace("<html ", "<html amp ")


def name_kompas_pages(link: str) -> str:
    """A page of the layout with pages and "Tampilkan Semua", whose links lead elsewhere."""
    page = make_kompas_page(1)
    return page.replace(f"{URL}?page=", f"{link}?page=")


DOORS: dict[str, Callable[[str], str]] = {
    "next page": name_next_page,
    "full form": name_full_form,
    "full form of AMP": name_amp_form,
    "pages and all pages": name_kompas_pages,
}


@pytest.mark.parametrize("door", DOORS)
def test_a_page_leads_nowhere_inside(
    server: PageServer, ingested: Ingested, settings: Settings, connected: list[Any], door: str
) -> None:
    settings.READER_FETCH_RESOLVE = parse_resolve(f"*.kompas.com=127.0.0.1:{server.port}")
    for number, link in enumerate(INSIDE):
        url = f"{URL}-{number}"
        server.add(url, DOORS[door](link))

        article = ingested(url)

        assert article.state in Article.READABLE, article.error_code
    places = {address for address in connected if isinstance(address, tuple)}
    assert places == {("127.0.0.1", server.port)}
    assert {request.host for request in server.requests} == {"www.kompas.com"}
