"""`manage.py reextract`: begins, follows, tells how far it is."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from reader.extraction.pool import stop_pool
from reader.models import Article, Reextraction, Snapshot
from reader.values import Page
from tests.builders import make_article

pytestmark = pytest.mark.django_db
WORDS = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. " * 4


@pytest.fixture(autouse=True)
def _queue() -> Iterator[None]:
    yield
    HUEY.flush()
    stop_pool()


@pytest.fixture
def article() -> Article:
    article = make_article(text="Lama.", word_count=1, content="<p>Lama.</p>", quality=0.5)
    body = f"<title>Pohon</title><article><p>{WORDS}</p><p>{WORDS}</p></article>".encode()
    page = Page(url=article.url, final_url=article.url, body=body, fetched_at=timezone.now())
    Snapshot.objects.store(article.pk, page)
    return article


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("reextract", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("scope", ["--all", "--site=berita.example", "--article={pk}"])
def test_it_reads_the_chosen_articles_and_says_how_it_went(article: Article, scope: str) -> None:
    assert "1 of 1 articles: 1 changed (done)" in run(scope.format(pk=article.pk))

    article.refresh_from_db()
    assert article.word_count > 80
    assert "1 of 1 articles: 1 changed (done)" in run("--progress")


def test_in_the_background_it_only_begins(article: Article) -> None:
    assert "0 of 1 articles (not done yet)" in run("--all", "--background")

    assert Reextraction.objects.get().finished_at is None


def test_of_nothing_it_is_done_at_once() -> None:
    assert "0 of 0 articles (done)" in run("--all")
    assert "0 of 0 articles (done)" in run("--article=999")


@pytest.mark.parametrize("arguments", [[], ["--site", " "], ["--all", "--site=x"], ["--article", "x"]])
def test_it_asks_for_one_choice(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        run(*arguments)
