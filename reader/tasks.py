"""The doorbell: Huey tasks that take an id and make one call. What is to be done stands in the rows."""

import logging
import threading
import time
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.contrib.sessions.models import Session
from django.db import Error, connection, reset_queries, transaction
from django.utils import timezone
from huey.api import Task
from huey.contrib.djhuey import HUEY, db_task, on_startup, pre_execute

from reader.fetching.politeness import HostLines
from reader.indexing import index_backlog
from reader.ingest import (
    carry_on,
    carry_trial_on,
    give_up_on_crashed,
    give_up_on_pictures,
    hide_blocked,
    ingest,
    keep_picture,
    list_pictures,
    make_thumbnails,
    show_unblocked,
    sweep_assets,
    sweep_snapshot_files,
    sweep_taken_down,
)
from reader.listing import (
    act_once,
    find_doubted,
    keep_stored_bytes,
    place_highlights,
    sweep_highlights,
    sweep_leaving,
    sweep_trash,
)
from reader.models import Article, ArticlePicture, ListAct, Measure, Reextraction, RuleTrial
from reader.models.article import LEASE_SECONDS
from reader.noticing import notice_article, notice_backlog

logger = logging.getLogger(__name__)

_SWEEP_AT_MOST = 500
_INDEX_AT_ONCE = 500
_NOTICE_AT_ONCE = 200
_THUMBNAILS_AT_ONCE = 500
_SWEEP_SECONDS = LEASE_SECONDS / 2
_FILES_SECONDS = 24 * 3600
# The first links of a paste go before all that waits, so that nobody's 500 links hold up the others.
_URGENT_LINKS = 5
_URGENT = 10
# Next in a host's line: the host's links waited once already.
_FOLLOWING = 5
# Then the act stands in line again, behind what was pasted meanwhile.
_SLICES_IN_A_ROW = 10
# What nobody waits for gives way to every link that somebody pasted.
_PATIENT = -10

# One article of a host is worked on at a time; the others stand in line and hold no thread meanwhile.
_lines = HostLines()
_picture_lines = HostLines()
# Sweeps ring for more than is done between two of them; on a slow machine all threads would soon be at it.
_making_thumbnails = threading.Lock()


@db_task(context=True)
def fetch_article(article_id: int, task: Task | None = None) -> None:
    """Fetch and extract one article. Safe to run twice: the lease on the row lets one run win.

    While another article of the same host is worked on, this one waits, and is rung for when that is done.
    """
    host = Article.objects.filter(pk=article_id).values_list("host", flat=True).first()
    is_urgent = task is not None and (task.priority or 0) >= _URGENT
    if host is None or not _lines.join(host, article_id, is_urgent=is_urgent):
        return
    try:
        ingest(article_id)
        _ring_pictures(list_pictures(article_id))
        if place_highlights(article_id):
            find_highlights(article_id)
    finally:
        following = _lines.leave(host)
        if following is not None:
            fetch_article(following, priority=_FOLLOWING)
    notice_article(article_id)


@db_task(priority=_PATIENT)
def fetch_picture(picture_id: int) -> None:
    """Fetch and keep one picture. Safe to run twice: the lease on the row lets one run win.

    One picture of a host at a time, as with articles.
    """
    url = ArticlePicture.objects.filter(pk=picture_id).values_list("url", flat=True).first()
    host = urlsplit(url).netloc if url else ""
    if not host or not _picture_lines.join(host, picture_id):
        return
    try:
        keep_picture(picture_id)
    finally:
        following = _picture_lines.leave(host)
        if following is not None:
            fetch_picture(following)


@db_task(priority=_PATIENT)
def make_missing_thumbnails() -> None:
    """Make some of the thumbnails that are missing, one thread at a time. Safe to run twice: done is done."""
    if not _making_thumbnails.acquire(blocking=False):
        return
    try:
        make_thumbnails(_THUMBNAILS_AT_ONCE)
    finally:
        _making_thumbnails.release()


@db_task(priority=_PATIENT)
def carry_reextraction_on(run_id: int) -> None:
    """Read some more articles anew. Safe to run twice: the lease on the re-extraction lets one run win."""
    if carry_on(run_id):
        carry_reextraction_on(run_id)


@db_task(priority=_PATIENT)
def carry_rule_trial_on(trial_id: int) -> None:
    """Try a draft on some more articles. Safe to run twice: the lease on the trial lets one run win."""
    if carry_trial_on(trial_id):
        carry_rule_trial_on(trial_id)


@db_task()
def carry_list_act_on(act_id: int) -> None:
    """Do some more of an act on many. Safe to run twice: a slice and its place are one transaction."""
    for _ in range(_SLICES_IN_A_ROW):
        done = act_once(act_id)
        _ring(done.to_fetch)
        if not done.is_more:
            return
    carry_list_act_on(act_id)


@db_task()
def find_highlights(article_id: int) -> None:
    """Look up where an article's highlights stand. Safe to run twice: each is written once it is known."""
    if place_highlights(article_id):
        find_highlights(article_id)


@db_task(priority=_PATIENT)
def sweep_stored_files() -> None:
    """Delete stored files that nobody needs. Safe to run twice: what is deleted is not there again."""
    sweep_assets(timezone.now())
    sweep_snapshot_files(timezone.now())


@db_task(priority=_PATIENT)
def carry_index_on() -> None:
    """Index some more of what full text search does not know yet. Safe to run twice: done is done."""
    if index_backlog(_INDEX_AT_ONCE):
        carry_index_on()


@db_task(priority=_PATIENT)
def notice_same_stories(article_id: int) -> None:
    """Look who has the story of this article already. Safe to run twice: what is found is there once."""
    notice_article(article_id)


@db_task(priority=_PATIENT)
def carry_noticing_on() -> None:
    """Look at some more entries for the same story elsewhere. Safe to run twice: done is done."""
    if notice_backlog(_NOTICE_AT_ONCE):
        carry_noticing_on()


@db_task(priority=_PATIENT)
def count_storage(user_id: int) -> None:
    """Count what is stored for one person. Safe to run twice: it is counted anew."""
    keep_stored_bytes(user_id)


# Before all that waits in the queue: a long queue must not look like a sweeper that is gone.
@db_task(priority=100)
def sweep() -> None:
    """Ring again for all that waits without a worker. Safe to run twice: ringing is harmless."""
    now = timezone.now()
    gave_up = give_up_on_crashed(now)
    waiting = list(
        Article.objects.due(now).order_by("queued_at").values_list("pk", flat=True)[:_SWEEP_AT_MOST]
    )
    if gave_up or waiting:
        logger.info("sweep: %s to fetch again, %s given up", len(waiting), gave_up)
    _ring(waiting)
    for run_id in Reextraction.objects.waiting(now).order_by("pk").values_list("pk", flat=True):
        carry_reextraction_on(run_id)
    for trial_id in RuleTrial.objects.waiting(now).order_by("pk").values_list("pk", flat=True):
        carry_rule_trial_on(trial_id)
    _sweep_lists(now)
    _sweep_pictures(now)
    Session.objects.filter(expire_date__lt=now).delete()
    carry_index_on()
    carry_noticing_on()
    Measure.objects.note("swept_at", now.timestamp())


def _sweep_lists(now: datetime) -> None:
    """Ring for acts that are not finished and highlights to look up; empty the trash of what lay long."""
    for act_id in ListAct.objects.unfinished().order_by("pk").values_list("pk", flat=True)[:_SWEEP_AT_MOST]:
        carry_list_act_on(act_id)
    for article_id in find_doubted():
        find_highlights(article_id)
    sweep_highlights(now)
    hide_blocked(now)
    show_unblocked()
    if sweep_taken_down(now):
        logger.info("sweep: articles that were taken down long ago are deleted for good")
    if sweep_leaving(now):
        logger.info("sweep: people who left are deleted for good")
    swept = sweep_trash(now)
    if swept:
        logger.info("sweep: %s entries left the trash for good", swept)


def _sweep_pictures(now: datetime) -> None:
    """Ring for the pictures that wait, and look for those of texts that were stored in the meantime."""
    give_up_on_pictures(now)
    stored = Article.objects.with_unlisted_pictures().order_by("pk").values_list("pk", flat=True)
    for article_id in stored[:_SWEEP_AT_MOST]:
        _ring_pictures(list_pictures(article_id))
    waiting = ArticlePicture.objects.to_ring(now).order_by("due_at").values_list("pk", flat=True)
    _ring_pictures(waiting[:_SWEEP_AT_MOST])
    if ArticlePicture.objects.without_thumbnail().exists():
        make_missing_thumbnails()
    swept_at = Measure.objects.named("assets_swept_at").values_list("value", flat=True).first()
    if swept_at is None or abs(now.timestamp() - swept_at) > _FILES_SECONDS:
        Measure.objects.note("assets_swept_at", now.timestamp())
        sweep_stored_files()


def keep_sweeping() -> None:
    """Ring for a sweep now and ever again, in a thread that ends with the process.

    At once, and not only after a while: what a former worker left is waiting.
    """
    threading.Thread(target=_sweep_forever, name="sweeping", daemon=True).start()


def enqueue_fetch(article_ids: Iterable[int]) -> None:
    """Ring for these articles once the transaction is committed.

    A queue that fails is logged and loses nothing: the rows are there and the sweeper rings for them.
    """
    chosen = tuple(article_ids)
    # A lambda and not a partial: Django logs a robust callback's failure by its qualified name.
    transaction.on_commit(lambda: _ring(chosen, urgent=_URGENT_LINKS), robust=True)


def enqueue_reextraction(run_id: int) -> None:
    """Ring for the re-extraction once the transaction is committed; the sweeper rings until it is done."""
    transaction.on_commit(lambda: carry_reextraction_on(run_id), robust=True)


def enqueue_rule_trial(trial_id: int) -> None:
    """Ring for the trial once the transaction is committed; the sweeper rings until it is done."""
    transaction.on_commit(lambda: carry_rule_trial_on(trial_id), robust=True)


def enqueue_list_act(act_id: int) -> None:
    """Ring for the act once the transaction is committed; the sweeper rings until it is finished."""
    transaction.on_commit(lambda: carry_list_act_on(act_id), robust=True)


def enqueue_noticing(article_ids: Iterable[int]) -> None:
    """Ring for these articles once the transaction is committed; what is not rung for, the sweeper finds."""
    chosen = tuple(article_ids)
    transaction.on_commit(lambda: _ring_noticing(chosen), robust=True)


def enqueue_counting(user_id: int) -> None:
    """Ring for the count of what is stored for the person once the transaction is committed."""
    transaction.on_commit(lambda: count_storage(user_id), robust=True)


def create_queue() -> None:
    """Make the queue's tables where they are missing."""
    HUEY.storage.initialize_schema()


def _ring(article_ids: Iterable[int], urgent: int = 0) -> None:
    for place, article_id in enumerate(article_ids):
        fetch_article(article_id, priority=_URGENT if place < urgent else 0)


def _ring_noticing(article_ids: Iterable[int]) -> None:
    for article_id in article_ids:
        notice_same_stories(article_id)


def _ring_pictures(picture_ids: Iterable[int]) -> None:
    for picture_id in picture_ids:
        fetch_picture(picture_id)


def _sweep_forever() -> None:
    while True:
        try:
            with connection.wrap_database_errors:
                sweep()
        except (Error, OSError) as error:
            logger.warning("the queue could not be rung, a sweep is left out: %s", error)
        time.sleep(_SWEEP_SECONDS)


@on_startup()
def _mend_queue() -> None:
    create_queue()


@pre_execute()
def _forget_queries(task: Task) -> None:
    """With DEBUG on, Django keeps the last 9,000 queries of each thread, texts of articles in them."""
    reset_queries()
