"""The text that an article shows: as a copy to compare, read anew from its snapshots, and put aside."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from reader.errors import ReaderError
from reader.ingest.columns import content_values
from reader.ingest.compare import Copy, Verdict, compare_reread, has_same_words
from reader.ingest.read import ReadArticle, read_from
from reader.ingest.source import KeptSource, LeaseHold
from reader.models import Article, ArticleVersion, Snapshot
from reader.models.article import Lease

logger = logging.getLogger(__name__)


def copy_of(article: Article) -> Copy:
    """Return the article's text as it is compared."""
    return Copy(
        title=article.title,
        text=article.text,
        word_count=article.word_count,
        links=article.content.count("<a "),
        missing_pages=len(article.missing_pages),
        reasons=frozenset(article.quality_reasons),
        quality=article.quality,
        modified_at=article.modified_at,
    )


def find_shown(lease: Lease, read: ReadArticle) -> Article | None:
    """Return the text that the article shows, as today's rules read it; None where it shows none.

    Only so is a difference to what was read the publisher's: our own rules may have changed meanwhile. The
    pages are read anew only where the words differ; where that fails, the text is returned as it is stored.
    """
    if not lease.has_text:
        return None
    held = Article.objects.get(pk=lease.article_id)
    newer = Article(**content_values(read.final_url, read.extracted))
    if not held.content_snapshots or has_same_words(copy_of(held), copy_of(newer)):
        return held
    snapshots = Snapshot.objects.of_copy(held.pk, held.content_snapshots)
    return read_anew(held, snapshots, LeaseHold(lease)) or held


def read_anew(held: Article, snapshots: Iterable[Snapshot], hold: Callable[[], None]) -> Article | None:
    """Return what today's rules make of the pages that are shown, or None where that is worse."""
    try:
        read = read_from(KeptSource(snapshots, hold), held.url)
    except ReaderError as error:
        logger.info("article %s could not be read anew: %s %s", held.pk, error.code, error.detail)
        return None
    again = Article(**content_values(read.final_url, read.extracted))
    return again if compare_reread(copy_of(held), copy_of(again)).is_taken else None


def keep_version(article: Article, shown: Article, verdict: Verdict, now: datetime) -> None:
    """Put the text that gives way aside as a version of the article; the oldest but one may go for it."""
    newest = Snapshot.objects.of_copy(article.pk, article.content_snapshots).last()
    ArticleVersion.objects.create(
        article_id=article.pk,
        title=shown.title,
        content=shown.content,
        text=shown.text,
        word_count=shown.word_count,
        fetched_at=newest.fetched_at if newest else article.fetched_at or article.created_at,
        replaced_at=now,
        why=verdict,
    )
    ArticleVersion.objects.trim(article.pk)
