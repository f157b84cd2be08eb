"""What one person may save and keep: the house rules, or values of their own."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from reader.errors import LinkRefused
from reader.models import Highlight, HouseRules, SavedArticle, Snapshot, User
from reader.refusals import HighlightsUsedUp, StorageUsedUp, TooManySaves
from reader.services.pictures import count_bytes_of_user

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


def count_stored_bytes(*, user: User) -> int:
    """Return how much the pages (before compression) and pictures of all that is on the list take."""
    own = SavedArticle.objects.of(user).present().values("article")
    pages = Snapshot.objects.filter(article__in=own).aggregate(total=Sum("body_bytes", default=0))["total"]
    return int(pages) + count_bytes_of_user(user=user)


def refresh_storage(*, user: User) -> None:
    """Count what is stored for the person when that is due; always before somebody would be refused."""
    stored = User.objects.get(pk=user.pk)
    now = timezone.now()
    is_fresh = stored.stored_counted_at and abs(now - stored.stored_counted_at) < _COUNTED_AGAIN
    if is_fresh and stored.stored_bytes < read_limits(user=stored).stored_megabytes * MEGABYTE:
        return
    User.objects.filter(pk=user.pk).update(
        stored_bytes=count_stored_bytes(user=stored), stored_counted_at=now
    )


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
    """What a person has of what may be had."""

    limits: Limits
    saves: int
    stored_bytes: int
    highlights: int


def measure_usage(*, user: User) -> Usage:
    """Return how much of the limits is used now."""
    limits = read_limits(user=user)
    return Usage(
        limits=limits,
        saves=_count_saves_today(user),
        stored_bytes=count_stored_bytes(user=user),
        highlights=Highlight.objects.of(user).count(),
    )
