"""Leases: who may work on an article, and what a lost lease can no longer do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from reader.models import Article
from reader.models.article import LEASE_SECONDS, MAX_ATTEMPTS
from tests.builders import make_article, make_user

pytestmark = pytest.mark.django_db

State = Article.State


def test_a_queued_article_is_leased_once() -> None:
    article = make_article(state=State.QUEUED)
    now = timezone.now()

    first = Article.objects.lease(article.pk, now=now)
    second = Article.objects.lease(article.pk, now=now)

    assert first is not None
    assert first.attempts == 1
    assert first.url == article.url
    assert second is None
    article.refresh_from_db()
    assert article.state == State.FETCHING


def test_an_expired_lease_can_be_taken_over_and_the_loser_holds_nothing() -> None:
    article = make_article(state=State.QUEUED)
    now = timezone.now()
    lost = Article.objects.lease(article.pk, now=now)
    taken = Article.objects.lease(article.pk, now=now + timedelta(seconds=LEASE_SECONDS + 1))

    assert lost is not None
    assert taken is not None
    assert not Article.objects.held_by(lost).exists()
    assert Article.objects.held_by(taken).get() == article


def test_a_lease_is_extended_while_it_is_held_and_not_when_it_is_lost() -> None:
    article = make_article(state=State.QUEUED, missing_pages=[3])
    now = timezone.now()
    lease = Article.objects.lease(article.pk, now=now)
    assert lease is not None
    assert lease.missing_pages == (3,)
    late = now + timedelta(seconds=LEASE_SECONDS - 1)

    assert Article.objects.extend(lease, now=late)
    assert Article.objects.lease(article.pk, now=now + timedelta(seconds=LEASE_SECONDS + 1)) is None
    later = late + timedelta(seconds=LEASE_SECONDS + 1)
    assert Article.objects.lease(article.pk, now=later) is not None
    assert not Article.objects.extend(lease, now=later)


@pytest.mark.parametrize("days", [3, 400])
@pytest.mark.parametrize(
    "left",
    [
        {"state": State.FETCHING, "leased_until": True},
        {"state": State.QUEUED, "queued_at": True},
        {"state": State.FAILED, "error_code": "timed_out", "next_attempt_at": True},
    ],
    ids=["leased", "queued", "to be tried again"],
)
def test_what_a_clock_that_ran_ahead_left_is_due_when_it_is_set_back(left: dict[str, Any], days: int) -> None:
    now = timezone.now()
    later = now + timedelta(days=days)
    ahead: dict[str, Any] = {name: later if value is True else value for name, value in left.items()}
    article = make_article(**ahead)

    assert list(Article.objects.due(now)) == [article]
    assert Article.objects.lease(article.pk, now=now) is not None
    assert Article.objects.lease(article.pk, now=now) is None


@pytest.mark.parametrize("state", [State.READY, State.PARTIAL, State.FAILED])
def test_what_is_finished_is_not_leased(state: str) -> None:
    article = make_article(state=state, error_code="page_gone")

    assert Article.objects.lease(article.pk, now=timezone.now()) is None


def test_a_failed_article_is_leased_when_its_next_attempt_is_due() -> None:
    now = timezone.now()
    article = make_article(state=State.FAILED, error_code="timed_out", next_attempt_at=now)

    assert Article.objects.lease(article.pk, now=now - timedelta(seconds=1)) is None
    assert Article.objects.lease(article.pk, now=now) is not None


def test_nobody_leases_an_article_that_used_up_its_attempts() -> None:
    article = make_article(state=State.QUEUED, attempts=MAX_ATTEMPTS)

    assert Article.objects.lease(article.pk, now=timezone.now()) is None


def test_due_is_what_waits_without_a_worker() -> None:
    now = timezone.now()
    ago = now - timedelta(hours=1)
    forgotten = make_article(state=State.QUEUED, queued_at=ago)
    crashed = make_article(state=State.FETCHING, leased_until=ago)
    again = make_article(state=State.FAILED, error_code="timed_out", next_attempt_at=ago)
    make_article(state=State.QUEUED, queued_at=now)
    make_article(state=State.FETCHING, leased_until=now + timedelta(minutes=1))
    make_article(state=State.FAILED, error_code="timed_out", next_attempt_at=now + timedelta(hours=1))
    make_article(state=State.FAILED, error_code="page_gone")
    make_article(state=State.READY)

    assert set(Article.objects.due(now)) == {forgotten, crashed, again}


def test_the_shared_shelf_holds_an_article_once_and_an_owner_may_have_another() -> None:
    ann = make_user("ann")
    shared = make_article()
    make_article(canonical_url=shared.canonical_url, owner=ann)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(canonical_url=shared.canonical_url)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(canonical_url=shared.canonical_url, owner=ann)


def test_a_failed_article_must_say_why() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_article(state=State.FAILED, error_code="")
