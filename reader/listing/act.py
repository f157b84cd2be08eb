"""Carrying an act on many entries on: a slice at a time, from where its row says that it stands."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from reader.indexing import index_later
from reader.models import Article, ListAct, ListActChange, SavedArticle, Tagging
from reader.models.saved_article import SavedArticleQuerySet

logger = logging.getLogger(__name__)

# One transaction each: on SQLite nobody else writes meanwhile, so a slice is short.
SLICE = 500

Name = ListAct.Name
# The moment that each of these acts sets (True) or takes away.
_MOMENTS: dict[str, tuple[str, bool]] = {
    Name.ARCHIVE: ("archived_at", True),
    Name.UNARCHIVE: ("archived_at", False),
    Name.STAR: ("starred_at", True),
    Name.UNSTAR: ("starred_at", False),
    Name.DELETE: ("deleted_at", True),
    Name.RESTORE: ("deleted_at", False),
}
_RETRIABLE = (Article.State.FAILED, Article.State.PARTIAL)
# How an article stands that came to a bad end, as far as a retry forgets it.
_STOOD = ("state", "attempts", "next_attempt_at", "error_code", "error_detail")


@dataclass(frozen=True, slots=True)
class SliceDone:
    """A slice of an act that is committed: whether more is left, and the articles to ring for."""

    is_more: bool
    to_fetch: tuple[int, ...] = ()


def act_once(act_id: int) -> SliceDone:
    """Do one slice of the act, in one transaction with the place that it reached.

    Safe to run twice and to be killed: the row is locked for the length of a slice, so two workers take
    turns and none does a slice twice.
    """
    with transaction.atomic():
        act = ListAct.objects.select_for_update().filter(pk=act_id, finished_at=None).first()
        if act is None:
            return SliceDone(is_more=False)
        left = act.entries().filter(pk__gt=act.last_id).order_by("pk")
        entry_ids = list(left.values_list("pk", flat=True)[:SLICE])
        changed = _change(act, SavedArticle.objects.filter(pk__in=entry_ids))
        to_fetch = _queue_again(act, changed) if act.name == Name.RETRY else ()
        if act.name == Name.CALL_OFF:
            changed = _call_off(act, changed)
        _advance(act, entry_ids, len(changed))
    return SliceDone(is_more=act.finished_at is None, to_fetch=to_fetch)


def _advance(act: ListAct, entry_ids: list[int], changed: int) -> None:
    act.seen += len(entry_ids)
    act.changed += changed
    act.last_id = entry_ids[-1] if entry_ids else act.last_id
    if len(entry_ids) < SLICE:
        act.finished_at = timezone.now()
        logger.info("act %s (%s) is done: %s entries changed", act.pk, act.name, act.changed)
    act.save(update_fields=["seen", "changed", "last_id", "finished_at"])


def _change(act: ListAct, entries: SavedArticleQuerySet) -> list[int]:
    """Change those of the entries that are not so already, note which they were, and return them."""
    changed = list(_find_other(act, entries).values_list("pk", flat=True))
    if act.name in _MOMENTS:
        column, is_set = _MOMENTS[act.name]
        # What comes out of the trash is compared anew with what is on the list now.
        again = {"compared_at": None} if act.name == Name.RESTORE else {}
        entries.filter(pk__in=changed).update(**{column: timezone.now() if is_set else None}, **again)
    elif act.name == Name.TAG and act.tag_id is not None:
        given = [Tagging(saved_id=saved_id, tag_id=act.tag_id) for saved_id in changed]
        Tagging.objects.bulk_create(given, ignore_conflicts=True)
        index_later(entries.filter(pk__in=changed))
    elif act.name == Name.UNTAG and act.tag_id is not None:
        Tagging.objects.filter(tag_id=act.tag_id, saved_id__in=changed).delete()
        index_later(entries.filter(pk__in=changed))
    ListActChange.objects.bulk_create([ListActChange(act=act, saved_id=saved_id) for saved_id in changed])
    return changed


def _find_other(act: ListAct, entries: SavedArticleQuerySet) -> SavedArticleQuerySet:
    """Return those of the entries that the act changes; in the trash nothing but being there is changed."""
    if act.name in _MOMENTS:
        column, is_set = _MOMENTS[act.name]
        reached = entries if column == "deleted_at" else entries.present()
        return reached.filter(**{f"{column}__isnull": is_set})
    if act.name == Name.RETRY:
        return entries.present().filter(article__state__in=_RETRIABLE, article__taken_down_at=None)
    if act.name == Name.CALL_OFF:
        return entries.filter(article__state=Article.State.QUEUED)
    tagged = Tagging.objects.filter(tag=act.tag).values("saved_id")
    present = entries.present()
    return present.exclude(pk__in=tagged) if act.name == Name.TAG else present.filter(pk__in=tagged)


def _queue_again(act: ListAct, entry_ids: list[int]) -> tuple[int, ...]:
    """Queue the articles afresh, and note of each how it stood, as the row of the article then forgets it."""
    articles = Article.objects.filter(saved_articles__in=entry_ids, state__in=_RETRIABLE).order_by("pk")
    before = {row.pop("pk"): row for row in articles.select_for_update(of=("self",)).values("pk", *_STOOD)}
    now = timezone.now()
    queued = articles.queue_afresh(now)
    changes = list(act.changes.filter(saved__in=entry_ids).select_related("saved"))
    for change in changes:
        stood = before.get(change.saved.article_id, {})
        change.before = {**stood, "queued_at": now.isoformat()} if stood else {}
    ListActChange.objects.bulk_update(changes, ["before"])
    return queued


def _call_off(act: ListAct, entry_ids: list[int]) -> list[int]:
    """Let the articles stand as they did before the retry; return the entries of those that it still could.

    Not once a worker has begun, nor where somebody queued the article again since.
    """
    called_off = []
    retried = ListActChange.objects.filter(act=act.undoes_id, saved__in=entry_ids).select_related("saved")
    for change in retried:
        stood = dict(change.before)
        queued_at = parse_datetime(stood.pop("queued_at", ""))
        if queued_at is None:
            continue
        waiting = Article.objects.filter(state=Article.State.QUEUED, queued_at=queued_at)
        if waiting.filter(pk=change.saved.article_id).update(**stood):
            called_off.append(change.saved_id)
    act.changes.filter(saved__in=entry_ids).exclude(saved__in=called_off).delete()
    return called_off
