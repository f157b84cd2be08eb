"""Storing what a run found: one transaction that holds while the lease is ours, and never a worse copy."""

import logging
import random
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from reader.errors import PublisherBusy, ReaderError
from reader.ingest.read import ReadArticle
from reader.models import Article
from reader.models.article import MAX_ATTEMPTS, Lease
from reader.values import ExtractedArticle

logger = logging.getLogger(__name__)

# Waits before the second, third, … try of a passing failure; together about a day.
_BACKOFF_SECONDS = (60, 10 * 60, 2 * 3600, 20 * 3600)
_MAX_RETRY_AFTER_SECONDS = 24 * 3600
# What a text that has more pages may be shorter by: lines that every page repeated.
_REPEATED_SHARE = 0.05
# The reasons of the quality gate that make an article partial, the most telling first.
PARTIAL_REASONS = ("missing_pages", "teaser", "truncated")
_PUBLISHERS_ZONE = ZoneInfo("Asia/Jakarta")
_RELEASED: dict[str, object] = {"lease_token": None, "leased_until": None}


def store_article(lease: Lease, read: ReadArticle) -> None:
    """End the run as ready or partial; a text that is worse than the one we have is not shown."""
    with transaction.atomic():
        held = (
            Article.objects.select_for_update()
            .held_by(lease)
            .only("word_count", "missing_pages", "quality_reasons")
            .first()
        )
        if held is None:
            logger.warning("article %s: the lease was lost, its result is dropped", lease.article_id)
            return
        values: dict[str, object] = {"fetched_at": timezone.now(), **_RELEASED}
        missing, reasons = held.missing_pages, held.quality_reasons
        if _is_no_worse(read.extracted, held):
            missing, reasons = list(read.extracted.missing_pages), list(read.extracted.quality.reasons)
            values |= content_values(read.final_url, read.extracted)
        values |= _state_values(reasons, "missing_pages" if missing else "")
        if missing and read.passing:
            values["next_attempt_at"] = _next_attempt_at(lease, read.passing)
        Article.objects.held_by(lease).update(**values)


def _is_no_worse(extracted: ExtractedArticle, held: Article) -> bool:
    """Whether what was read may take the place of what is there: at least as long, or with more pages."""
    if extracted.word_count >= held.word_count:
        return True
    is_more_complete = len(extracted.missing_pages) < len(held.missing_pages)
    return is_more_complete and extracted.word_count >= (1 - _REPEATED_SHARE) * held.word_count


def _state_values(reasons: list[str], code: str) -> dict[str, object]:
    code = code or next((reason for reason in PARTIAL_REASONS if reason in reasons), "")
    return {
        "state": Article.State.PARTIAL if code else Article.State.READY,
        "error_code": code,
        "error_detail": "",
        "next_attempt_at": None,
    }


def content_values(final_url: str, extracted: ExtractedArticle) -> dict[str, object]:
    """The columns of an article's text and of what is known of it, fit for every database."""
    lead = extracted.lead_image
    published_at, published_on = _split_instant(extracted.published)
    modified_at, _ = _split_instant(extracted.modified)
    return {
        "final_url": _plain(final_url, 2000),
        "title": _plain(extracted.title, 500),
        "authors": [_plain(author, 200) for author in extracted.authors],
        "editor": _plain(extracted.editor, 200),
        "section": _plain(extracted.section, 100),
        "labels": [_plain(label, 300) for label in extracted.labels],
        "site_name": _plain(extracted.site_name, 200),
        "language": _plain(extracted.language, 20),
        "published_at": published_at,
        "published_on": published_on,
        "modified_at": modified_at,
        "lead_image_url": _plain(lead.url, 2000) if lead else "",
        "lead_image_caption": _plain(lead.caption) if lead else "",
        "lead_image_credit": _plain(lead.credit, 300) if lead else "",
        "excerpt": _plain(extracted.excerpt),
        "content": _plain(extracted.content),
        "text": _plain(extracted.text),
        "related": [{"title": _plain(link.title), "url": _plain(link.url)} for link in extracted.related],
        "word_count": extracted.word_count,
        "extractor": _plain(extracted.extractor, 200),
        "trace": [_plain(line) for line in extracted.trace],
        "quality": extracted.quality.score,
        "quality_reasons": list(extracted.quality.reasons),
        "missing_pages": list(extracted.missing_pages),
    }


def _split_instant(value: datetime | date | None) -> tuple[datetime | None, date | None]:
    """Return the instant, if a time is known, and the day in the publishers' zone."""
    if isinstance(value, datetime):
        return value, value.astimezone(_PUBLISHERS_ZONE).date()
    return None, value


def _plain(text: str, most: int | None = None) -> str:
    """Cut to the column's length; PostgreSQL takes neither NUL nor lone surrogates."""
    cleaned = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return cleaned[:most]


def store_failure(lease: Lease, error: ReaderError) -> None:
    """End the run as failed, with the next attempt of a passing failure; an older text stays readable."""
    values: dict[str, object] = {
        "error_code": error.code,
        "error_detail": _plain(error.detail, 500),
        "next_attempt_at": _next_attempt_at(lease, error),
        **_RELEASED,
    }
    held = Article.objects.held_by(lease)
    if not held.filter(word_count__gt=0).update(state=Article.State.PARTIAL, **values):
        held.update(state=Article.State.FAILED, **values)


def _next_attempt_at(lease: Lease, error: ReaderError) -> datetime | None:
    if error.permanent or lease.attempts >= MAX_ATTEMPTS:
        return None
    seconds: float = _BACKOFF_SECONDS[min(lease.attempts, len(_BACKOFF_SECONDS)) - 1]
    seconds *= random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
    if isinstance(error, PublisherBusy) and error.retry_after_seconds:
        seconds = min(max(seconds, error.retry_after_seconds), _MAX_RETRY_AFTER_SECONDS)
    return timezone.now() + timedelta(seconds=seconds)
