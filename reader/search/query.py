"""A query as a frozen value: what `parse_query` makes of a person's words."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Field(StrEnum):
    """Where a term must stand; the value is its mark in the index."""

    ANY = ""
    TITLE = "t"
    AUTHOR = "a"
    SITE = "h"
    SECTION = "c"


class State(StrEnum):
    """What an entry can be asked to be, or not to be."""

    UNREAD = "unread"
    ARCHIVED = "archived"
    STARRED = "starred"
    FAILED = "failed"


class RemarkKind(StrEnum):
    """Why a part of a query was read otherwise than it looks; the faces hold the sentence."""

    UNKNOWN_STATE = "unknown_state"
    UNKNOWN_DATE = "unknown_date"
    UNKNOWN_NUMBER = "unknown_number"
    NOTHING_AFTER_OPERATOR = "nothing_after_operator"
    PREFIX_TOO_SHORT = "prefix_too_short"
    QUOTE_NOT_CLOSED = "quote_not_closed"
    OR_ALONE = "or_alone"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Remark:
    """One such part, as it was typed."""

    kind: RemarkKind
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Folded words that stand together in a field; the last of them is only a beginning if `is_prefix`."""

    words: tuple[str, ...]
    field: Field = Field.ANY
    is_prefix: bool = False
    is_excluded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All groups must be met, each by any of its terms; then the conditions.

    ``tags`` are names as they were typed. ``before`` and ``after`` are days: earlier than the one, not
    earlier than the other. Reading time is in minutes, both bounds included.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    is_: frozenset[State] = frozenset()
    is_not: frozenset[State] = frozenset()
    tags: frozenset[str] = frozenset()
    not_tags: frozenset[str] = frozenset()
    before: date | None = None
    after: date | None = None
    min_minutes: int | None = None
    max_minutes: int | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing, and so for no entry."""
        return self == Query(remarks=self.remarks)

    @property
    def has_conditions(self) -> bool:
        """Whether it asks more than the index knows."""
        return self != Query(groups=self.groups, remarks=self.remarks)

    @property
    def wanted(self) -> tuple[Term, ...]:
        """The terms that a found entry may have."""
        return tuple(term for group in self.groups for term in group if not term.is_excluded)
