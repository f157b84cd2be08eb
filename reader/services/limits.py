"""What one person may save and keep: the house rules, or values of their own."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.utils import timezone

from reader.errors import LinkRefused
from reader.listing import count_stored_bytes, keep_stored_bytes
from reader.models import Highlight, HouseRules, User
from reader.refusals import HighlightsUsedUp, StorageUsedUp, TooManySaves
from reader.tasks import enqueue_counting

MEGABYTE = 1_000_000
# What is stored grows by itself while articles are fetched; counting it is no matter of each save.
_COUNTED_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one person may have."""

    saves_per_day: int
    stored_megabytes: int
    most_highlights: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """What a person may still save now, after so many today; ``note_saves`` counts what came of it."""

    saves: int
    left: int
    refusal: LinkRefused

    def is_used_up(self) -> bool:
        return not self.left


def read_limits(*, user: User) -> Limits:
    """Return what holds for this person."""
    rules = HouseRules.read()

    def choose(name: str) -> int:
        own: int | None = getattr(user, name)
        return int(getattr(rules, name)) if own is None else own

    return Limits(
        saves_per_day=choose("saves_per_day"),
        stored_megabytes=choose("stored_megabytes"),
        most_highlights=choose("most_highlights"),
    )


def refresh_storage(*, user: User) -> None:
    """Count what is stored for the person at once before somebody would be refused; else have it counted.

    A worker counts when the last number is some minutes old: with a long list it takes a while.
    """
    stored = User.objects.get(pk=user.pk)
    counted_at = stored.stored_counted_at
    if not counted_at or stored.stored_bytes >= read_limits(user=stored).stored_megabytes * MEGABYTE:
        keep_stored_bytes(user.pk)
    else:
        _have_counted(stored)


def _have_counted(user: User) -> None:
    """Let a worker count when the last number is some minutes old.

    Only the first of several at once rings; should the worker be killed, the next one some minutes on.
    """
    counted_at, now = user.stored_counted_at, timezone.now()
    if counted_at and abs(now - counted_at) >= _COUNTED_AGAIN:
        own = User.objects.filter(pk=user.pk, stored_counted_at=counted_at)
        if own.update(stored_counted_at=now):
            enqueue_counting(user.pk)


def take_allowance(*, user: User) -> Allowance:
    """Return what the person may still save, and let nobody else save for them until the transaction ends."""
    stored = _lock(user)
    limits, saves = read_limits(user=stored), _count_saves_today(stored)
    if stored.stored_bytes >= limits.stored_megabytes * MEGABYTE:
        return Allowance(saves=saves, left=0, refusal=StorageUsedUp())
    return Allowance(saves=saves, left=max(limits.saves_per_day - saves, 0), refusal=TooManySaves())


def note_saves(*, user: User, allowance: Allowance, count: int) -> None:
    """Count new entries towards the day's. To be called in the transaction of ``take_allowance``."""
    if count:
        own = User.objects.filter(pk=user.pk)
        own.update(saves_on=timezone.localdate(), saves=allowance.saves + count)


def check_highlights(*, user_id: int) -> None:
    """Raise HighlightsUsedUp when there is no room for one more; holds until the transaction ends."""
    stored = _lock(User(pk=user_id))
    if Highlight.objects.of(stored).count() >= read_limits(user=stored).most_highlights:
        raise HighlightsUsedUp


def _count_saves_today(user: User) -> int:
    return user.saves if user.saves_on == timezone.localdate() else 0


def _lock(user: User) -> User:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a limit holds only in the transaction that it is checked in")
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a person has of what may be had. ``stored_counted_at``: empty where it was counted just now."""

    limits: Limits
    saves: int
    stored_bytes: int
    stored_counted_at: datetime | None
    highlights: int


def measure_usage(*, user: User) -> Usage:
    """Return how much of the limits is used now; of what is stored what was counted last, if that was ever.

    To count it takes up to a second with a long list, so a worker does it where the number is some minutes
    old. Who is at the limit is told how it is now.
    """
    limits, counted_at = read_limits(user=user), user.stored_counted_at
    if counted_at and user.stored_bytes < limits.stored_megabytes * MEGABYTE:
        # Where nothing can be written now, the number is of before.
        with suppress(OperationalError), transaction.atomic():
            _have_counted(user)
        stored = user.stored_bytes
    else:
        stored, counted_at = count_stored_bytes(user), None
    return Usage(
        limits=limits,
        saves=_count_saves_today(user),
        stored_bytes=stored,
        stored_counted_at=counted_at,
        highlights=Highlight.objects.of(user).count(),
    )
