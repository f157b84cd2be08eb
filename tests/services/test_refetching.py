"""Retrying: afresh, once, and only what came to an end badly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reader.models import Article, User
from reader.services import refetching
from tests.builders import make_article

pytestmark = pytest.mark.django_db

State = Article.State


def test_failed_and_partial_articles_are_queued_afresh() -> None:
    failed = make_article(
        state=State.FAILED,
        error_code="timed_out",
        attempts=5,
        next_attempt_at=timezone.now() + timedelta(hours=3),
    )
    partial = make_article(state=State.PARTIAL, error_code="missing_pages")

    assert refetching.retry(article_ids=[failed.pk, partial.pk]) == 2

    failed.refresh_from_db()
    assert (failed.state, failed.error_code, failed.attempts, failed.next_attempt_at) == (
        State.QUEUED,
        "",
        0,
        None,
    )


@pytest.mark.parametrize("state", [State.QUEUED, State.FETCHING, State.READY])
def test_others_are_left_alone(state: str) -> None:
    article = make_article(state=state)

    assert refetching.retry(article_ids=[article.pk]) == 0

    article.refresh_from_db()
    assert article.state == state


def test_a_double_click_queues_once() -> None:
    article = make_article(state=State.FAILED, error_code="page_gone")

    assert [refetching.retry(article_ids=[article.pk]) for _ in range(2)] == [1, 0]


@pytest.mark.parametrize(
    ("state", "is_queued"),
    [
        (State.READY, True),
        (State.PARTIAL, True),
        (State.FAILED, True),
        (State.QUEUED, False),
        (State.FETCHING, False),
    ],
)
def test_a_refetch_takes_what_is_at_rest(state: str, is_queued: bool) -> None:
    article = make_article(state=state)

    assert refetching.refetch(article_ids=[article.pk]) == is_queued

    article.refresh_from_db()
    assert article.state == (State.QUEUED if is_queued else state)


def test_a_pasted_text_is_not_fetched(ann: User) -> None:
    article = make_article(owner=ann)

    assert refetching.refetch(article_ids=[article.pk]) == 0


def test_a_reader_asks_the_publisher_at_most_every_ten_minutes() -> None:
    article = make_article(queued_at=timezone.now() - timedelta(minutes=11))

    assert refetching.refetch_for_reader(article_id=article.pk) is True
    Article.objects.update(state=State.READY)
    assert refetching.refetch_for_reader(article_id=article.pk) is False
