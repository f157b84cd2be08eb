"""Carrying background work on: a slice at a time, from where its row says that it stands."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from reader.ingest.source import LeaseLost
from reader.models.background_run import MAX_TRIES, BackgroundRun, BackgroundRunQuerySet, RunLease

logger = logging.getLogger(__name__)

Run = TypeVar("Run", bound=BackgroundRun)

# So long a worker's thread is held before links that were pasted meanwhile get their turn.
_SLICE_SECONDS = 20

# Writes what came of an article in the transaction that counts it, and returns how it ended: a column.
Finish = Callable[[], str]
# Takes the run, an article's number, and what holds the lease: it is called before whatever may take long.
Step = Callable[[Run, int, Callable[[], None]], Finish]


def carry(runs: BackgroundRunQuerySet[Run], run_id: int, step: Step[Run]) -> bool:
    """Do some of the run's articles; tell whether there are more and nobody has it.

    Safe to run twice and to be killed: the lease lets one worker win, and an article is done when the one
    transaction that counts it is.
    """
    lease = runs.lease(run_id, now=timezone.now())
    if lease is None:
        return False
    ends_at = time.monotonic() + _SLICE_SECONDS
    try:
        while time.monotonic() < ends_at:
            if not _do_next(runs, lease, step):
                return False
    except LeaseLost:
        logger.warning("%s %s: the lease was lost", runs.model.__name__, run_id)
        return False
    return bool(runs.held_by(lease).update(lease_token=None, leased_until=None))


def _do_next(runs: BackgroundRunQuerySet[Run], lease: RunLease, step: Step[Run]) -> bool:
    """Do the next article, or end the run where there is none."""
    own = runs.held_by(lease)
    run = own.first()
    if run is None:
        raise LeaseLost
    article_id = run.articles_left().values_list("pk", flat=True).first()
    if article_id is None:
        own.update(finished_at=timezone.now(), lease_token=None, leased_until=None)
        logger.info("%s %s is done: %s of %s", runs.model.__name__, run.pk, run.done, run.total)
        return False

    def hold() -> None:
        if not runs.extend(lease, now=timezone.now()):
            raise LeaseLost

    def count(finish: Finish) -> None:
        with transaction.atomic():
            if not runs.advance(lease, article_id=article_id, outcome=finish(), now=timezone.now()):
                raise LeaseLost

    if run.tries > MAX_TRIES:
        count(_fail)
        return True
    try:
        count(step(run, article_id, hold))
    except LeaseLost:
        raise
    except Exception:
        # As in the worker's other loop: a fault of ours over one article must not stop the ones after it.
        logger.exception("article %s met a fault of ours", article_id)
        count(_fail)
    return True


def _fail() -> str:
    return "failed"
