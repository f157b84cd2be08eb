"""One run over one article: lease, read, store; the loop that no fault gets out of."""

import logging
from datetime import datetime

from django.utils import timezone

from reader.errors import GaveUp, InternalFault, ReaderError
from reader.ingest.hiding import check_not_taken_down
from reader.ingest.read import read_article
from reader.ingest.shown import find_shown
from reader.ingest.source import LeaseLost
from reader.ingest.store import state_values, store_article, store_failure
from reader.models import Article
from reader.models.article import MAX_ATTEMPTS

logger = logging.getLogger(__name__)


def ingest(article_id: int) -> None:
    """Bring one article from queued to ready, partial or failed; do nothing when it is not due."""
    lease = Article.objects.lease(article_id, now=timezone.now())
    if lease is None:
        return
    try:
        read = read_article(lease)
        check_not_taken_down(read.final_url)
        shown = find_shown(lease, read)
    except LeaseLost:
        logger.warning("article %s: the lease was lost, another run has it", article_id)
    except ReaderError as error:
        logger.info("article %s failed: %s %s", article_id, error.code, error.detail)
        store_failure(lease, error)
    except Exception as error:
        # The outermost loop of the worker: a fault of ours must end as a truthful state, not as a wait.
        logger.exception("article %s met a fault of ours", article_id)
        store_failure(lease, InternalFault(type(error).__name__))
    else:
        extracted = read.extracted
        logger.info("article %s read by %s: %s words", article_id, extracted.extractor, extracted.word_count)
        verdict = store_article(lease, read, shown)
        if shown and verdict:
            logger.info("article %s fetched again: %s", article_id, verdict)


def give_up_on_crashed(now: datetime) -> int:
    """Fail the articles whose worker died in every attempt, and return how many there were."""
    failure = {"error_code": GaveUp.code, "error_detail": "", "next_attempt_at": None}
    released = {"lease_token": None, "leased_until": None}
    crashed = Article.objects.due(now).filter(attempts__gte=MAX_ATTEMPTS)
    count = crashed.filter(word_count=0).update(state=Article.State.FAILED, **failure, **released)
    for article in crashed.filter(word_count__gt=0).defer("content", "text", "trace"):
        same = crashed.filter(pk=article.pk)
        count += same.update(**{**state_values(article), **failure, **released})
    return count
