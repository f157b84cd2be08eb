"""The search page, prepared: results with their words marked, what is said of the query, other orders."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reader.models import SavedSearch, User
from reader.search import (
    NO_KEY_IS_ABOVE,
    Field,
    Matcher,
    Query,
    RemarkKind,
    cut_snippet,
    mark_words,
    parse_query,
)
from reader.services import searching
from reader.services.searching import Found
from reader.web.entries import Entry, make_list_entries
from reader.web.places import BEST_FIRST, SearchPlace

_MOST_PAGES = searching.MOST_RANKED // searching.PAGE_SIZE

_REMARKS: dict[RemarkKind, str | Promise] = {
    RemarkKind.UNKNOWN_STATE: _(
        "“is:” takes unread, archived, starred or failed; searched as words: %(part)s"
    ),
    RemarkKind.UNKNOWN_DATE: _("A date is like 2024, 2024-05 or 2024-05-31; searched as words: %(part)s"),
    RemarkKind.UNKNOWN_NUMBER: _("Reading time is in whole minutes; searched as words: %(part)s"),
    RemarkKind.NOTHING_AFTER_OPERATOR: _("Nothing follows %(part)s without a space; it was left out."),
    RemarkKind.PREFIX_TOO_SHORT: _("* needs three letters or more before it; searched as a word: %(part)s"),
    RemarkKind.QUOTE_NOT_CLOSED: _(
        "The closing quotation mark is missing; read as one phrase to the end: %(part)s"
    ),
    RemarkKind.OR_ALONE: _("OR goes between two words; here it was left out."),
    RemarkKind.TOO_LONG: _("Only the beginning was searched: the query is too long."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of what was found. ``text`` is the query as typed, ``corrected`` what was searched instead.

    ``searched`` is the place of that, for acts on all that was found.

    ``is_cut`` says of the most relevant that there are older ones which were not ranked, and of the newest
    that the search goes on where the page ends.
    """

    text: str
    corrected: str
    remarks: tuple[str, ...]
    entries: tuple[Entry, ...]
    is_asked: bool
    is_best_first: bool
    is_cut: bool
    is_first: bool
    older_url: str
    newest_url: str
    best_url: str
    searched: SearchPlace


def make_results(user: User, place: SearchPlace, text: str) -> Results:
    """Search the person's list; where none has the words, once more with mistyped ones mended, newest first.

    A kept search means what was kept.
    """
    query, corrected = parse_query(text), ""
    is_best_first = place.sort == BEST_FIRST and bool(query.wanted)
    found = _find(user, query, is_best_first, place.before)
    unknown: list[str] = []
    if not found.has_words and not place.before and not place.kept:
        corrected = searching.correct(user=user, text=text)
        shown = parse_query(corrected)
        mended = searching.find(user=user, query=shown)
        corrected = corrected if mended.rows else ""
    elif not found.rows:
        unknown = searching.find_unknown_tags(user=user, query=query)
    remarks = [_REMARKS[remark.kind] % {"part": remark.part} for remark in query.remarks]
    remarks += [gettext("You have no tag “%(name)s”.") % {"name": name} for name in unknown]
    # The next page is of what was searched: only a first one is corrected.
    searched = place
    if corrected:
        found, is_best_first = mended, False
        searched = replace(place, text=corrected, sort="")
    newest = replace(searched, before="", sort="")
    return Results(
        text=text,
        corrected=corrected,
        remarks=tuple(remarks),
        entries=_make_entries(found, shown if corrected else query),
        is_asked=not query.is_empty,
        is_best_first=is_best_first,
        is_cut=not found.is_whole,
        is_first=not place.before,
        older_url=replace(searched, before=str(found.older)).url() if found.older else "",
        newest_url=newest.url(),
        best_url=replace(newest, sort=BEST_FIRST).url() if query.wanted else "",
        searched=searched,
    )


def find_text(user: User, place: SearchPlace) -> str:
    """Return the query of the place, which may be that of a kept search; of another's there is none."""
    if not place.kept:
        return place.text
    return SavedSearch.objects.of(user).filter(pk=place.kept).values_list("query", flat=True).first() or ""


def find_saved_searches(user: User) -> tuple[SavedSearch, ...]:
    return tuple(SavedSearch.objects.of(user).by_name())


def _find(user: User, query: Query, is_best_first: bool, before: str) -> Found:
    number = int(before or 0)
    if is_best_first:
        return searching.find_most_relevant(user=user, query=query, page=min(max(number, 1), _MOST_PAGES))
    return searching.find(user=user, query=query, before=min(number, NO_KEY_IS_ABOVE) or NO_KEY_IS_ABOVE)


def _make_entries(found: Found, query: Query) -> tuple[Entry, ...]:
    in_title, in_text = Matcher(query, Field.TITLE), Matcher(query)
    return tuple(
        replace(
            entry,
            title_pieces=mark_words(entry.title, in_title, entry.language),
            snippet=cut_snippet(found.texts.get(entry.id, ""), in_text, entry.language),
        )
        for entry in make_list_entries(found.rows)
    )
