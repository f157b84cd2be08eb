"""Carrying a re-extraction on: a slice at a time, from where its row says that it stands."""

import logging
import time

from django.utils import timezone

from reader.ingest.reextract import Outcome, reextract
from reader.ingest.source import LeaseLost
from reader.models import Reextraction
from reader.models.reextraction import MAX_TRIES, RunLease

logger = logging.getLogger(__name__)

# So long a worker's thread is held before links that were pasted meanwhile get their turn.
_SLICE_SECONDS = 20


def carry_on(run_id: int) -> bool:
    """Read some of the re-extraction's articles anew; tell whether there are more and nobody has it.

    Safe to run twice and to be killed: the lease lets one worker win, and an article is done when the one
    statement that counts it is.
    """
    lease = Reextraction.objects.lease(run_id, now=timezone.now())
    if lease is None:
        return False
    ends_at = time.monotonic() + _SLICE_SECONDS
    try:
        while time.monotonic() < ends_at:
            if not _read_next(lease):
                return False
    except LeaseLost:
        logger.warning("re-extraction %s: the lease was lost, another worker has it", run_id)
        return False
    return bool(Reextraction.objects.held_by(lease).update(lease_token=None, leased_until=None))


def _read_next(lease: RunLease) -> bool:
    """Read the next article anew, or end the re-extraction where there is none."""
    own = Reextraction.objects.held_by(lease)
    run = own.first()
    if run is None:
        raise LeaseLost
    article_id = run.articles_left().values_list("pk", flat=True).first()
    if article_id is None:
        own.update(finished_at=timezone.now(), lease_token=None, leased_until=None)
        logger.info("re-extraction %s is done: %s of %s", run.pk, run.done, run.total)
        return False
    outcome = Outcome.FAILED if run.tries > MAX_TRIES else _reextract(lease, article_id)
    if not Reextraction.objects.advance(lease, article_id=article_id, outcome=outcome, now=timezone.now()):
        raise LeaseLost
    return True


def _reextract(lease: RunLease, article_id: int) -> Outcome:
    def hold() -> None:
        if not Reextraction.objects.extend(lease, now=timezone.now()):
            raise LeaseLost

    try:
        return reextract(article_id, hold)
    except LeaseLost:
        raise
    except Exception:
        # As in the worker's other loop: a fault of ours over one article must not stop the ones after it.
        logger.exception("article %s met a fault of ours", article_id)
        return Outcome.FAILED
