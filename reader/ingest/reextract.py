"""Reading an article anew from its snapshots, when rules have become better; nothing is fetched."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from reader.errors import ReaderError
from reader.indexing import index_article
from reader.ingest.columns import content_values
from reader.ingest.compare import Verdict, compare_fetched, compare_reread
from reader.ingest.read import read_from
from reader.ingest.shown import copy_of, keep_version
from reader.ingest.source import KeptSource
from reader.ingest.store import NOT_REFUSED, state_values, trace_refusal
from reader.listing import copy_columns, doubt_highlights
from reader.models import Article, Snapshot

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """How the reading of one article ended; each is a column of ``Reextraction``."""

    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"
    DAMAGED = "damaged"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class _Reading:
    """What today's rules make of one copy; ``values`` are empty where they make nothing of it."""

    values: dict[str, object]
    snapshots: list[int]
    is_damaged: bool

    @property
    def article(self) -> Article:
        return Article(**self.values)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written, and the text that is put aside for it where the publisher changed the words."""

    outcome: Outcome
    changes: dict[str, object] = field(default_factory=dict)
    verdict: Verdict | None = None
    earlier: Article | None = None


def reextract(article_id: int, hold: Callable[[], None]) -> Callable[[], Outcome]:
    """Let today's rules read the article's kept pages; return what shows the result where it is no worse.

    That is to be called in the transaction that counts the article: what was shown and not counted would be
    read anew after a kill, and found unchanged.

    The pages of the shown text come first, then those that were fetched later and not taken: better rules
    may find in them what the publisher changed. What is on its way through a fetch is left to that, and what
    a person pasted is left alone. ``hold`` is called before each page; what it raises comes through.
    """
    held = (
        Article.objects.present().filter(pk=article_id, owner=None).exclude(state__in=Article.PENDING).first()
    )
    if held is None:
        return lambda: Outcome.SKIPPED
    own = _read(held, Snapshot.objects.of_copy(held.pk, held.content_snapshots), hold)
    later = None
    if held.content_snapshots:
        newer = Snapshot.objects.fetched_after(held.pk, held.content_snapshots)
        later = _read(held, newer, hold) if newer.exists() else None
    plan = _plan(held, own, later)
    is_damaged = own.is_damaged or (later is not None and later.is_damaged)

    def show() -> Outcome:
        if not _carry_out(held, plan):
            return Outcome.SKIPPED
        return Outcome.DAMAGED if is_damaged else plan.outcome

    return show


def _read(held: Article, snapshots: Iterable[Snapshot], hold: Callable[[], None]) -> _Reading:
    source = KeptSource(snapshots, hold)
    values: dict[str, object] = {}
    try:
        read = read_from(source, held.url)
        values = content_values(read.final_url, read.extracted)
    except ReaderError as error:
        logger.info("article %s could not be read anew: %s %s", held.pk, error.code, error.detail)
    return _Reading(values, sorted(set(source.used)), bool(source.damaged))


def _plan(held: Article, own: _Reading, later: _Reading | None) -> _Plan:
    plan = _plan_own(held, own)
    if later is None or not later.values:
        return plan
    is_improved = own.values and plan.changes.keys() >= own.values.keys()
    shown = own.article if is_improved else held
    verdict = compare_fetched(copy_of(shown), copy_of(later.article))
    if not verdict.is_change and verdict not in {Verdict.COMPLETED, Verdict.BETTER}:
        return plan
    changes = _values_of(held, later) | NOT_REFUSED
    return _Plan(Outcome.IMPROVED, changes, verdict, shown if verdict.is_change else None)


def _plan_own(held: Article, own: _Reading) -> _Plan:
    """Plan for the pages of the shown text: the same words, better ones, or a refusal in the trace."""
    if not own.values:
        return _Plan(Outcome.FAILED)
    verdict = compare_reread(copy_of(held), copy_of(own.article))
    if verdict.is_refused:
        return _Plan(Outcome.REFUSED, {"trace": trace_refusal(held, own.article, verdict, "read anew")})
    is_same = verdict in {Verdict.SAME_WORDS, Verdict.NOTHING_NEW}
    changes = _values_of(held, own) if verdict.is_taken else {}
    return _Plan(Outcome.UNCHANGED if is_same else Outcome.IMPROVED, changes)


def _values_of(held: Article, reading: _Reading) -> dict[str, object]:
    """The columns to write; a try that is due is still due where the article had a text before."""
    values = {**reading.values, "content_snapshots": reading.snapshots, **state_values(reading.article)}
    return values | ({"next_attempt_at": held.next_attempt_at} if held.is_readable else {})


def _carry_out(held: Article, plan: _Plan) -> bool:
    """Write the plan, unless a fetch came between; tell whether it was written."""
    with transaction.atomic():
        same = Article.objects.present().filter(pk=held.pk, state=held.state, fetched_at=held.fetched_at)
        if not same.select_for_update().only("pk").first():
            return False
        if plan.earlier and plan.verdict:
            now = timezone.now()
            keep_version(held, plan.earlier, plan.verdict, now)
            same.update(changed_at=now)
        if plan.changes:
            same.update(**plan.changes)
            copy_columns(held.pk)
            doubt_highlights(held.pk)
            index_article(held.pk)
    return True
