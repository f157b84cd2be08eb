"""The query language: words, "phrases", -not, OR, prefix* and operators; every text means something.

What cannot be read as an operator is searched as words, and a remark says so.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from reader.search.query import Field, Query, Remark, RemarkKind, State, Term
from reader.search.words import split_words

MAX_QUERY_CHARACTERS = 300
# Each is a look into the index.
_MOST_TERMS = 16
_SHORTEST_PREFIX = 3
_LONGEST_MINUTES = 10_000

_QUOTES = str.maketrans("“”„«»", '"""""')
_PART = re.compile(
    r"""(?P<empty>[A-Za-z]+:)(?=\s|\Z)|(?P<minus>-?)(?:(?P<operator>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)(?P<end>"?)|(?P<bare>[^\s"|]+))"""
    r"""|(?P<minus_only>-)|\|"""
)
_OR = frozenset({"OR", "ATAU", "|"})
# What is meant anyway.
_AND = frozenset({"AND", "DAN", "&"})
_FIELDS = {
    "site": Field.SITE,
    "situs": Field.SITE,
    "author": Field.AUTHOR,
    "penulis": Field.AUTHOR,
    "section": Field.SECTION,
    "rubrik": Field.SECTION,
    "title": Field.TITLE,
    "judul": Field.TITLE,
}
_STATES = {
    "unread": State.UNREAD,
    "belum": State.UNREAD,
    "archived": State.ARCHIVED,
    "read": State.ARCHIVED,
    "arsip": State.ARCHIVED,
    "sudah": State.ARCHIVED,
    "starred": State.STARRED,
    "bintang": State.STARRED,
    "failed": State.FAILED,
    "gagal": State.FAILED,
}
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?\Z", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\Z", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}\Z", re.ASCII)


def parse_query(text: str) -> Query:
    """Read what a person typed; any text at all gives a query.

    >>> parse_query('"jalan raya" -tol').groups[1]
    (Term(words=('tol',), field=<Field.ANY: ''>, is_prefix=False, is_excluded=True),)
    """
    reading = _Reading()
    if len(text) > MAX_QUERY_CHARACTERS:
        reading.remark(RemarkKind.TOO_LONG, "")
    for match in _PART.finditer(text[:MAX_QUERY_CHARACTERS].translate(_QUOTES)):
        _read_part(reading, match)
    return reading.finish()


@dataclass(slots=True)
class _Reading:
    """How far the reading is: groups, conditions, and whether an OR waits for its right side."""

    groups: list[list[Term]] = field(default_factory=list)
    conditions: dict[str, Any] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    has_or: bool = False
    terms: int = 0

    def remark(self, kind: RemarkKind, part: str) -> None:
        if all(remark.kind != kind or remark.part != part for remark in self.remarks):
            self.remarks.append(Remark(kind, part))

    def add(self, term: Term) -> None:
        self.terms += 1
        if self.terms > _MOST_TERMS:
            self.remark(RemarkKind.TOO_LONG, "")
        elif self.has_or:
            self.groups[-1].append(term)
        else:
            self.groups.append([term])
        self.has_or = False

    def add_or(self, part: str) -> None:
        if not self.groups or self.has_or:
            self.remark(RemarkKind.OR_ALONE, part)
        else:
            self.has_or = True

    def set(self, name: str, value: object) -> None:
        """Note a condition; it holds for the whole query, so an OR before it joins nothing."""
        self.conditions[name] = value
        self.drop_or()

    def drop_or(self) -> None:
        if self.has_or:
            self.remark(RemarkKind.OR_ALONE, "OR")
        self.has_or = False

    def finish(self) -> Query:
        self.drop_or()
        groups = tuple(tuple(group) for group in self.groups)
        return Query(groups=groups, remarks=tuple(self.remarks), **self.conditions)


def _read_part(reading: _Reading, match: re.Match[str]) -> None:
    bare, operator = match["bare"] or "", (match["operator"] or "").lower()
    if match["minus_only"] or match[0] in _AND:
        return
    if match["empty"]:
        _read_nothing(reading, match["empty"])
        return
    if match[0] in _OR:
        reading.add_or(match[0])
        return
    if match["quoted"] is not None and not match["end"]:
        reading.remark(RemarkKind.QUOTE_NOT_CLOSED, match[0])
    value, is_excluded = bare or match["quoted"] or "", bool(match["minus"])
    if operator in _CONDITIONS and _CONDITIONS[operator](reading, value, is_excluded):
        return
    if operator in _CONDITIONS:
        reading.remark(_REFUSALS.get(operator, RemarkKind.UNKNOWN_DATE), match[0])
    _read_words(reading, operator, value, is_excluded, is_prefix=bare.endswith("*"))


def _read_nothing(reading: _Reading, part: str) -> None:
    name = part[:-1].lower()
    if name in _FIELDS or name in _CONDITIONS:
        reading.remark(RemarkKind.NOTHING_AFTER_OPERATOR, part)
    elif words := split_words(part):
        reading.add(Term(words=tuple(words)))


def _read_words(
    reading: _Reading, operator: str, value: str, is_excluded: bool, *, is_prefix: bool = False
) -> None:
    """Add the words as one term; before a colon that is no operator stands one more word."""
    where = _FIELDS.get(operator)
    words = split_words(value if where or not operator else f"{operator} {value}")
    if where is Field.SITE and words[:1] == ["www"]:
        del words[0]
    if not words:
        return
    if is_prefix and len(words[-1]) < _SHORTEST_PREFIX:
        reading.remark(RemarkKind.PREFIX_TOO_SHORT, value)
        is_prefix = False
    term = Term(words=tuple(words), field=where or Field.ANY, is_prefix=is_prefix)
    reading.add(replace(term, is_excluded=is_excluded))


def _read_state(reading: _Reading, value: str, is_excluded: bool) -> bool:
    state = _STATES.get(value.lower())
    if state is None:
        return False
    name = "is_not" if is_excluded else "is_"
    reading.set(name, reading.conditions.get(name, frozenset()) | {state})
    return True


def _read_tag(reading: _Reading, value: str, is_excluded: bool) -> bool:
    name = "not_tags" if is_excluded else "tags"
    reading.set(name, reading.conditions.get(name, frozenset()) | {value})
    return True


def _read_day(name: str) -> Callable[[_Reading, str, bool], bool]:
    def read(reading: _Reading, value: str, is_excluded: bool) -> bool:
        day = _parse_day(value)
        if day is None:
            return False
        # Not before a day is from it on.
        reading.set({"before": "after", "after": "before"}[name] if is_excluded else name, day)
        return True

    return read


def _parse_day(value: str) -> date | None:
    """Read "2024", "2024-05", "2024-05-31" or, as Indonesians write it, "31/5/2024"."""
    if match := _YEAR_FIRST.match(value):
        year, month, day = match[1], match[2] or "1", match[3] or "1"
    elif match := _DAY_FIRST.match(value):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _read_minutes(name: str) -> Callable[[_Reading, str, bool], bool]:
    def read(reading: _Reading, value: str, is_excluded: bool) -> bool:
        if is_excluded or not _NUMBER.match(value):
            return False
        reading.set(name, min(int(value), _LONGEST_MINUTES))
        return True

    return read


_CONDITIONS: dict[str, Callable[[_Reading, str, bool], bool]] = {
    "is": _read_state,
    "tag": _read_tag,
    "label": _read_tag,
    "before": _read_day("before"),
    "sebelum": _read_day("before"),
    "after": _read_day("after"),
    "sejak": _read_day("after"),
    "sesudah": _read_day("after"),
    "setelah": _read_day("after"),
    "min": _read_minutes("min_minutes"),
    "max": _read_minutes("max_minutes"),
    "maks": _read_minutes("max_minutes"),
}
_REFUSALS = {
    "is": RemarkKind.UNKNOWN_STATE,
    "min": RemarkKind.UNKNOWN_NUMBER,
    "max": RemarkKind.UNKNOWN_NUMBER,
    "maks": RemarkKind.UNKNOWN_NUMBER,
}
