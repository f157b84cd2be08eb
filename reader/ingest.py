"""Fetch, extract, store: the one place where network, pipeline and tables meet.

The row is the truth. A run begins by leasing it and ends by one UPDATE that holds only while the lease
is still ours, so a run may be killed anywhere and may happen twice.
"""

import logging
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reader.errors import GaveUp, InternalFault, PublisherBusy, ReaderError
from reader.extraction import extract
from reader.extraction.pool import run_in_pool
from reader.fetching import FetchPolicy, fetch
from reader.models import Article, Snapshot
from reader.models.article import MAX_ATTEMPTS, Lease
from reader.sites import SiteRule, find_rule, same_site
from reader.values import ExtractedArticle, Page

logger = logging.getLogger(__name__)

# Waits before the second, third, … try of a passing failure; together about a day.
_BACKOFF_SECONDS = (60, 10 * 60, 2 * 3600, 20 * 3600)
_MAX_RETRY_AFTER_SECONDS = 24 * 3600
_PUBLISHERS_ZONE = ZoneInfo("Asia/Jakarta")


def ingest(article_id: int) -> None:
    """Bring one article from queued to ready, partial or failed; do nothing when it is not due."""
    lease = Article.objects.lease(article_id, now=timezone.now())
    if lease is None:
        return
    try:
        page, extracted = _read(lease)
    except ReaderError as error:
        logger.info("article %s failed: %s %s", article_id, error.code, error.detail)
        _store_failure(lease, error)
    except Exception as error:
        # The outermost loop of the worker: a fault of ours must end as a truthful state, not as a wait.
        logger.exception("article %s met a fault of ours", article_id)
        _store_failure(lease, InternalFault(type(error).__name__))
    else:
        logger.info("article %s read by %s: %s words", article_id, extracted.extractor, extracted.word_count)
        _store_article(lease, page, extracted)


def give_up_on_crashed(now: datetime) -> int:
    """Fail the articles whose worker died in every attempt, and return how many there were."""
    return (
        Article.objects.due(now)
        .filter(attempts__gte=MAX_ATTEMPTS)
        .update(
            state=Article.State.FAILED,
            error_code=GaveUp.code,
            error_detail="",
            lease_token=None,
            leased_until=None,
            next_attempt_at=None,
        )
    )


# --- reading ---


def _read(lease: Lease) -> tuple[Page, ExtractedArticle]:
    """Fetch the article's page (and its all-pages form) and extract it."""
    page = _fetch_and_keep(lease, lease.url, page_number=1)
    rule = _find_rule(page.final_url)
    extracted = run_in_pool(extract, page, rule)
    if extracted.full_page_url and _is_side_fetch_allowed(page, extracted.full_page_url):
        page = _fetch_side(lease, extracted.full_page_url, page_number=1) or page
        extracted = run_in_pool(extract, page, rule)
    if extracted.missing_pages:
        return _read_all_pages(lease, page, rule, extracted)
    return page, extracted


def _read_all_pages(
    lease: Lease, page: Page, rule: SiteRule | None, first: ExtractedArticle
) -> tuple[Page, ExtractedArticle]:
    """Return the all-pages form when it holds more text than the first page, else the first page."""
    url = first.single_page_url
    if not url or not _is_side_fetch_allowed(page, url):
        return page, first
    whole_page = _fetch_side(lease, url, page_number=0)
    if whole_page is None:
        return page, first
    try:
        whole = run_in_pool(extract, whole_page, rule)
    except ReaderError as error:
        logger.info("article %s: all pages at once failed: %s", lease.article_id, error.code)
        return page, first
    return (whole_page, whole) if whole.word_count >= first.word_count else (page, first)


def _fetch_and_keep(lease: Lease, url: str, *, page_number: int) -> Page:
    rule = _find_rule(url)
    policy = FetchPolicy(user_agent=settings.READER_USER_AGENT, resolve=settings.READER_FETCH_RESOLVE)
    page = fetch(url, policy, dict(rule.http_headers) if rule else {})
    Snapshot.objects.store(lease.article_id, page, page_number=page_number)
    return page


def _fetch_side(lease: Lease, url: str, *, page_number: int) -> Page | None:
    """Return a further page of the article, or None: without it the article is still worth having."""
    try:
        return _fetch_and_keep(lease, url, page_number=page_number)
    except ReaderError as error:
        logger.info("article %s: %s could not be had: %s", lease.article_id, url, error.code)
        return None


def _is_side_fetch_allowed(page: Page, url: str) -> bool:
    """Tell whether an address that the page itself named may be fetched in its name: same site only."""
    return url != page.final_url and same_site(_host(page.final_url), _host(url))


def _find_rule(url: str) -> SiteRule | None:
    directory = settings.READER_SITE_RULES_DIR
    return find_rule(_host(url), (Path(directory),) if directory else ())


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


# --- storing ---


def _store_article(lease: Lease, page: Page, extracted: ExtractedArticle) -> None:
    with transaction.atomic():
        held = Article.objects.select_for_update().held_by(lease).only("word_count").first()
        if held is None:
            logger.warning("article %s: the lease was lost, its result is dropped", lease.article_id)
            return
        values = _state_values(extracted)
        if extracted.word_count >= held.word_count:
            # A shorter text than the one we have is a worse copy: its snapshot is kept, it is not shown.
            values |= _content_values(page, extracted)
        Article.objects.held_by(lease).update(**values, **_RELEASED)


_RELEASED: dict[str, object] = {"lease_token": None, "leased_until": None}


def _state_values(extracted: ExtractedArticle) -> dict[str, object]:
    is_partial = bool(extracted.missing_pages) or "teaser" in extracted.quality.reasons
    return {
        "state": Article.State.PARTIAL if is_partial else Article.State.READY,
        "error_code": _partial_code(extracted) if is_partial else "",
        "error_detail": "",
        "missing_pages": list(extracted.missing_pages),
        "next_attempt_at": None,
        "fetched_at": timezone.now(),
    }


def _partial_code(extracted: ExtractedArticle) -> str:
    return "missing_pages" if extracted.missing_pages else "teaser"


def _content_values(page: Page, extracted: ExtractedArticle) -> dict[str, object]:
    lead = extracted.lead_image
    published_at, published_on = _split_instant(extracted.published)
    modified_at, _ = _split_instant(extracted.modified)
    return {
        "final_url": _plain(page.final_url, 2000),
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


def _store_failure(lease: Lease, error: ReaderError) -> None:
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
