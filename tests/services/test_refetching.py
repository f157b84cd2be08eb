"""Retrying: afresh, once, and only what came to an end badly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reader.models import Article
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
