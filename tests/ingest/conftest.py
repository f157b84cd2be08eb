"""A page server that every host leads to, and runs of the worker's one call against it."""

from collections.abc import Callable, Iterator

import pytest
from pytest_django import Settings

from reader.extraction.pool import stop_pool
from reader.fetching import parse_resolve
from reader.ingest import ingest
from reader.models import Article
from tests.builders import make_article
from tests.page_server import PageServer

Ingested = Callable[[str], Article]


@pytest.fixture(scope="module", autouse=True)
def _pool() -> Iterator[None]:
    yield
    stop_pool()


@pytest.fixture
def server(settings: Settings) -> Iterator[PageServer]:
    with PageServer() as running:
        settings.READER_FETCH_RESOLVE = parse_resolve(running.resolve)
        yield running


@pytest.fixture
def ingested(db: None) -> Ingested:
    """Queue an article for the address, run the worker's one call on it, and return the row."""

    def run(url: str) -> Article:
        article = make_article(url=url, canonical_url=url, state=Article.State.QUEUED)
        ingest(article.pk)
        article.refresh_from_db()
        return article

    return run
