"""The list page, prepared: entries, where older ones are, what is polled, what can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise

from reader.models import Article, SavedArticle, User
from reader.services.narrowing import narrow
from reader.web.acts import UndoNotice
from reader.web.choices import TITLES, describe_narrowing
from reader.web.counts import UnderWay, count_and_find_under_way
from reader.web.entries import Entry, make_list_entries
from reader.web.many import ManyNotice
from reader.web.paging import read_page
from reader.web.places import Place

_SLOW_AFTER_TURNS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """What the page asks next about its pending entries, and how many seconds later."""

    url: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One thing that narrows the list, in words, and the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One page of a list."""

    place: Place
    title: str | Promise
    entries: tuple[Entry, ...]
    counts: dict[str, str]
    chips: tuple[Chip, ...]
    older_url: str
    newest_url: str
    poller: Poller | None
    undo: UndoNotice | None = None
    many: ManyNotice | None = None
    under_way: UnderWay | None = None
    is_all_read: bool = False


def make_shelf(
    user: User,
    place: Place,
    *,
    undo: UndoNotice | None = None,
    many: ManyNotice | None = None,
) -> Shelf:
    """Read one page of the person's list: two queries, and one more where it is narrowed.

    Raises Http404 for a tag that the person does not have.
    """
    found = narrow(user=user, chosen=place.chosen, is_by_length=place.order in {"short", "long"})
    if place.chosen.tag and not found.tag_name:
        raise Http404
    page = read_page(found.entries, place.before, place.order, is_sorted_first=place.is_narrowed)
    entries = make_list_entries(page.rows)
    counts, under_way = count_and_find_under_way(user)
    is_top = place.name == "list" and not place.is_narrowed and not page.before
    return Shelf(
        place=place.at(page.before),
        title=TITLES[place.name],
        entries=entries,
        counts=counts,
        chips=_make_chips(place, found.tag_name),
        older_url=place.at(page.older).url() if page.older else "",
        newest_url=place.at().url() if page.before else "",
        poller=make_poller(entries, place),
        undo=undo,
        many=many,
        under_way=under_way if is_top else None,
        is_all_read=is_top and not entries and SavedArticle.objects.of(user).archived().exists(),
    )


def _make_chips(place: Place, tag_name: str) -> tuple[Chip, ...]:
    chips = []
    narrowing = place.chosen.narrowing()
    for name, label in describe_narrowing(narrowing, tag_name):
        without = replace(place, before="", chosen=place.chosen.without(name))
        chips.append(Chip(label=label, url=without.url()))
    return tuple(chips)


def make_poller(entries: Iterable[Entry], place: Place, turn: int = 0) -> Poller | None:
    """Return the next question about the pending ones among the entries, or None when none is pending.

    It names the states that the page shows, so that the answer brings only what has changed.
    """
    pending = [entry for entry in entries if entry.is_pending and not entry.is_trashed]
    if not pending:
        return None
    fetching = [entry for entry in pending if entry.state == Article.State.FETCHING]
    query = {
        "ids": ",".join(str(entry.id) for entry in pending),
        "fetching": ",".join(str(entry.id) for entry in fetching),
        **place.fields,
        "turn": str(turn),
    }
    seconds = 1 if turn < _SLOW_AFTER_TURNS else 5
    return Poller(url=f"{reverse('progress')}?{urlencode(query, safe=',')}", seconds=seconds)
