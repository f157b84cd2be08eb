"""Storing what a run found: one transaction that holds while the lease is ours, and never a worse copy."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reader.errors import PageGone, ReaderError, SoftNotFound
from reader.indexing import index_article
from reader.ingest.backoff import next_attempt_at, settle
from reader.ingest.columns import content_values
from reader.ingest.compare import Verdict, compare_fetched
from reader.ingest.read import ReadArticle
from reader.ingest.shown import copy_of, keep_version
from reader.listing import copy_columns, doubt_highlights
from reader.models import Article
from reader.models.article import Lease
from reader.models.plain import plain

logger = logging.getLogger(__name__)

# The reasons of the quality gate that make an article partial, the most telling first.
PARTIAL_REASONS = ("missing_pages", "teaser", "truncated")
_RELEASED: dict[str, object] = {"lease_token": None, "leased_until": None}
NOT_REFUSED: dict[str, object] = {"refused_at": None, "refused_why": ""}
# By these a publisher says that an article which was there is not there any more.
_VANISHED = (PageGone, SoftNotFound)
_REFUSAL = "not shown: "


def store_article(lease: Lease, read: ReadArticle, shown: Article | None) -> Verdict | None:
    """End the run as ready or partial, and return the verdict on what was read; None when the lease is lost.

    ``shown`` is the text that is there. One that is no better gives way to what was read, and is kept as a
    version where it is the publisher who changed it; what is worse is kept as a snapshot and not shown.
    """
    newer = Article(**(values := content_values(read.final_url, read.extracted)))
    verdict = compare_fetched(copy_of(shown), copy_of(newer)) if shown else Verdict.FIRST
    now = timezone.now()
    with transaction.atomic():
        held = Article.objects.select_for_update().held_by(lease).defer("content", "text").first()
        if held is None:
            logger.warning("article %s: the lease was lost, its result is dropped", lease.article_id)
            return None
        changes = {"fetched_at": now, **_RELEASED, **_settle(held, newer, verdict, now)}
        if verdict.is_taken:
            changes |= {**values, "content_snapshots": list(read.snapshots)}
        if verdict.is_change and shown:
            keep_version(held, shown, verdict, now)
            changes["changed_at"] = now
        remaining = newer if verdict.is_taken else held
        changes |= state_values(remaining)
        if remaining.missing_pages and read.passing:
            changes["next_attempt_at"] = next_attempt_at(lease.attempts, read.passing)
        Article.objects.held_by(lease).update(**changes)
        if verdict.is_taken:
            copy_columns(lease.article_id)
            doubt_highlights(lease.article_id)
            index_article(lease.article_id)
    return verdict


def _settle(held: Article, newer: Article, verdict: Verdict, now: datetime) -> dict[str, object]:
    """What is noted of a fetch that brought a text: whether it was refused, and that it is there again."""
    vanished_at = held.vanished_at if verdict is Verdict.OTHER_TEXT else None
    if not verdict.is_refused:
        return {"vanished_at": vanished_at, **NOT_REFUSED}
    trace = trace_refusal(held, newer, verdict, "a newer copy")
    return {"vanished_at": vanished_at, "refused_at": now, "refused_why": verdict, "trace": trace}


def trace_refusal(held: Article, newer: Article, verdict: Verdict, what: str) -> list[str]:
    """The article's trace with a line of what was refused at last; an earlier one makes room."""
    trace = [line for line in held.trace if not line.startswith(_REFUSAL)]
    return [*trace, f"{_REFUSAL}{what}: {verdict}, {newer.word_count} words for {held.word_count}"]


def state_values(article: Article) -> dict[str, object]:
    """The state of an article that has a text, as its completeness says."""
    missing = "missing_pages" if article.missing_pages else ""
    code = missing or next((reason for reason in PARTIAL_REASONS if reason in article.quality_reasons), "")
    return {
        "state": Article.State.PARTIAL if code else Article.State.READY,
        "error_code": code,
        "error_detail": "",
        "next_attempt_at": None,
    }


def store_failure(lease: Lease, error: ReaderError) -> None:
    """End the run as failed; an older text stays as it is, and the row says why there is no newer one.

    A passing failure gets its next attempt. An article that the publisher took away is no failure of ours:
    it keeps its text and its state, and the moment is noted.
    """
    now = timezone.now()
    with transaction.atomic():
        held = Article.objects.select_for_update().held_by(lease).defer("content", "text").first()
        if held is None:
            logger.warning("article %s: the lease was lost, its failure is dropped", lease.article_id)
            return
        error = settle(error, lease.attempts, held.error_code)
        failure: dict[str, object] = {"error_code": error.code, "error_detail": plain(error.detail, 500)}
        if not held.is_readable:
            changes = {"state": Article.State.FAILED, **failure}
        elif isinstance(error, _VANISHED):
            changes = {**state_values(held), "vanished_at": held.vanished_at or now}
        else:
            changes = {**state_values(held), **failure}
        changes["next_attempt_at"] = next_attempt_at(lease.attempts, error)
        Article.objects.held_by(lease).update(**changes, **_RELEASED)
