"""The list page, prepared: entries, where older ones are, what is polled, what can be undone."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from reader.models import Article, User
from reader.web.acts import UndoNotice
from reader.web.entries import Entry, make_entry
from reader.web.paging import read_page
from reader.web.places import Place

_SLOW_AFTER_TURNS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Poller:
    """What the page asks next about its pending entries, and how many seconds later."""

    url: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One page of a list."""

    place: Place
    entries: tuple[Entry, ...]
    older_url: str
    newest_url: str
    poller: Poller | None
    undo: UndoNotice | None = None


def make_shelf(user: User, place: Place, *, undo: UndoNotice | None = None) -> Shelf:
    """Read one page of the person's list: one query, however many entries."""
    page = read_page(place.entries_of(user), place.before)
    entries = tuple(make_entry(saved) for saved in page.rows)
    return Shelf(
        place=Place(place.name, page.before),
        entries=entries,
        older_url=Place(place.name, page.older).url() if page.older else "",
        newest_url=Place(place.name).url() if page.before else "",
        poller=make_poller(entries, place),
        undo=undo,
    )


def make_poller(entries: Iterable[Entry], place: Place, turn: int = 0) -> Poller | None:
    """Return the next question about the pending ones among the entries, or None when none is pending.

    It names the states that the page shows, so that the answer brings only what has changed.
    """
    pending = [entry for entry in entries if entry.is_pending]
    if not pending:
        return None
    fetching = [entry for entry in pending if entry.state == Article.State.FETCHING]
    query = {
        "ids": ",".join(str(entry.id) for entry in pending),
        "fetching": ",".join(str(entry.id) for entry in fetching),
        "back": place.name,
        "turn": str(turn),
    }
    seconds = 1 if turn < _SLOW_AFTER_TURNS else 5
    return Poller(url=f"{reverse('progress')}?{urlencode(query, safe=',')}", seconds=seconds)
