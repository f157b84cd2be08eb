"""A query as what the engines are asked: a small tree of terms, and its two spellings.

Terms are letters and digits and the mark of a field, whatever a person types; so neither spelling has
anything to escape, and `_checked` refuses all else.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reader.search.analysis import MARK, WRITTEN, named_term, owner_term
from reader.search.query import Field, Query, Term
from reader.search.words import find_stems, stem

_STEMMED = frozenset({Field.ANY, Field.TITLE})
_TERM = re.compile(f"(?:[a-z]{MARK})?[^\\W_]+\\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """Terms that follow one another; of the last one only the beginning is known if ``is_prefix``."""

    terms: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Any of these rows, or, if ``is_excluded``, none of them."""

    rows: tuple[Row, ...]
    is_excluded: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """The owner's entries that meet every group, each by any of its choices."""

    user_id: int
    groups: tuple[tuple[Choice, ...], ...]

    def as_fts5(self) -> str:
        """Return the expression for FTS5's MATCH, which knows NOT only as "this and not that"."""
        owner = _fts5_row(Row((owner_term(self.user_id),)))
        said = owner
        for group in self.groups:
            if len(group) == 1 and group[0].is_excluded:
                said = f"({said} NOT {_fts5_choice(group[0])})"
            else:
                met = " OR ".join(_fts5_member(owner, choice) for choice in group)
                said = f"({said} AND ({met}))"
        return said

    def as_tsquery(self, *, is_loose: bool = False) -> str:
        """Return the expression as the text of a PostgreSQL tsquery.

        A loose one asks of phrases only that all of their words are there, and so may find more.
        """
        told = [_ts_group(group, is_loose=is_loose) for group in self.groups]
        return " & ".join([_ts_row(Row((owner_term(self.user_id),))), *filter(None, told)])


def make_expression(query: Query, user_id: int) -> Expression:
    """Return what finds the query among this person's entries, and never among another's."""
    groups = tuple(tuple(_choose(term) for term in group) for group in query.groups)
    return Expression(user_id, groups)


def make_expression_of_titles(words: Iterable[str], user_id: int) -> Expression:
    """Return what finds this person's entries with any of the folded words in their titles."""
    forms = {named_term(Field.TITLE, form) for word in words for form in find_stems(word, is_known=False)}
    return Expression(user_id, ((Choice(tuple(Row((form,)) for form in sorted(forms))),),))


def _choose(term: Term) -> Choice:
    """Return every form under which a text may have the term."""
    if term.field is Field.ANY and term.is_prefix and len(term.words) == 1:
        rows = [Row((named_term(WRITTEN, term.words[0]),), is_prefix=True), Row(term.words, is_prefix=True)]
    elif term.field in _STEMMED:
        rows = [_inflect(term, language) for language in ("none", "id", "en")]
    else:
        rows = [Row(term.words, term.is_prefix)]
    if term.field is not Field.ANY:
        rows = [Row(tuple(named_term(term.field, word) for word in row.terms), row.is_prefix) for row in rows]
    return Choice(tuple(dict.fromkeys(rows)), term.is_excluded)


def _inflect(term: Term, language: str) -> Row:
    """The words as a text in the language has them in the index; of a beginning no stem is known."""
    *whole, last = term.words
    end = last if term.is_prefix else stem(last, language)
    return Row((*(stem(word, language) for word in whole), end), term.is_prefix)


def _checked(term: str) -> str:
    if not _TERM.match(term):
        raise ValueError(f"{term!r} is no term")
    return term


def _fts5_row(row: Row) -> str:
    return f'"{" ".join(map(_checked, row.terms))}"' + (" *" if row.is_prefix else "")


def _fts5_choice(choice: Choice) -> str:
    return "(" + " OR ".join(map(_fts5_row, choice.rows)) + ")"


def _fts5_member(owner: str, choice: Choice) -> str:
    rows = _fts5_choice(choice)
    return f"({owner} NOT {rows})" if choice.is_excluded else rows


def _ts_row(row: Row, joint: str = " <-> ") -> str:
    *whole, last = map(_checked, row.terms)
    end = f"'{last}'" + (":*" if row.is_prefix else "")
    return "(" + joint.join([*(f"'{term}'" for term in whole), end]) + ")"


def _ts_group(group: tuple[Choice, ...], *, is_loose: bool) -> str:
    """Return nothing for a loose group that says of everything that it may be met."""
    has_phrase = any(len(row.terms) > 1 for choice in group if choice.is_excluded for row in choice.rows)
    if is_loose and has_phrase:
        return ""
    return "(" + " | ".join(_ts_choice(choice, " & " if is_loose else " <-> ") for choice in group) + ")"


def _ts_choice(choice: Choice, joint: str) -> str:
    rows = "(" + " | ".join(_ts_row(row, joint) for row in choice.rows) + ")"
    return f"!{rows}" if choice.is_excluded else rows
