"""Pairs of entries that tell the same story, prepared: both side by side, and what was done to one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reader.models import SavedArticle, StoryPair, User
from reader.web.acts import UndoNotice, name_of
from reader.web.entries import Entry, make_list_entry
from reader.web.moments import format_moment
from reader.web.places import is_number

# What is said of a pair in each state that can be taken back, by the word for it in addresses.
_DONE: dict[str, tuple[str, Promise]] = {
    "merged": (StoryPair.State.MERGED, _("Merged; the other copy is in the trash")),
    "both": (StoryPair.State.BOTH, _("Both kept")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One entry of a pair, and what helps to choose between the two."""

    entry: Entry
    facts: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedPair:
    """Two entries that tell the same story, and where to send the person's word."""

    id: int
    sides: tuple[Side, ...]


def make_offered_pairs(pairs: Sequence[StoryPair]) -> tuple[OfferedPair, ...]:
    """Prepare the pairs with both entries: one query, however many there are."""
    ids = {saved_id for pair in pairs for saved_id in (pair.first_id, pair.second_id)}
    rows = SavedArticle.objects.for_list().in_bulk(ids)
    return tuple(
        OfferedPair(id=pair.pk, sides=(_make_side(rows[pair.first_id]), _make_side(rows[pair.second_id])))
        for pair in pairs
        if pair.first_id in rows and pair.second_id in rows
    )


def _make_side(saved: SavedArticle) -> Side:
    entry = make_list_entry(saved)
    facts: list[str | Promise] = [_("In the archive") if entry.is_archived else _("Unread")]
    facts.append(gettext("saved on %(moment)s") % {"moment": format_moment(saved.saved_at)})
    if entry.percent_read:
        facts.append(gettext("%(percent)d%% read") % {"percent": entry.percent_read})
    if entry.status:
        facts.append(entry.status.label)
    return Side(entry=entry, facts=tuple(facts))


def find_offer_notice(user: User, text: str) -> UndoNotice | None:
    """Return the notice for "merged-12" or "both-12", if that is the person's pair and it really is so."""
    done, _dash, pair_id = text.partition("-")
    if done not in _DONE or not is_number(pair_id):
        return None
    state, words = _DONE[done]
    pair = StoryPair.objects.of(user).filter(pk=int(pair_id), state=state).with_entries().first()
    if pair is None:
        return None
    title = name_of(pair.first if pair.kept_id in {None, pair.first_id} else pair.second)
    return UndoNotice(done=words, title=title, url=reverse("undo-same", args=[pair.pk]))
