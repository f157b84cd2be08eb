"""The index: one row of terms an entry, in SQLite's FTS5 or in a PostgreSQL tsvector, behind one interface.

A row is known by its key, which orders the rows as the entries were saved; so both engines give the newest
first without a look at any other table.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from django.db import connection
from django.db.models import JSONField, TextField
from django.db.models.expressions import RawSQL

from reader.search.analysis import MARK, WRITTEN
from reader.search.expression import Expression

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ID_BITS = 20
# In the year 2248; a clock that is further off must not fail a save.
_LAST_MILLISECOND = 2**43 - 2
NO_KEY_IS_ABOVE = 2**63 - 1

Row = tuple[int, Sequence[str]]
_Select = tuple[str, list[str | int]]


def make_key(saved_at: datetime, saved_id: int) -> int:
    """Return the key of an entry: the millisecond of its saving, then its number's last digits.

    Two entries could share one only if they were saved in the same millisecond and a million apart.
    """
    milliseconds = min(max((saved_at - _EPOCH) // timedelta(milliseconds=1), 0), _LAST_MILLISECOND)
    return (milliseconds << _ID_BITS) | (saved_id & ((1 << _ID_BITS) - 1))


class SearchIndex(Protocol):
    """What the rest of the site knows of full text search; both engines do it in the open transaction."""

    def put(self, rows: Iterable[Row]) -> None:
        """Write the terms of these rows; whatever stood under a key before gives way."""

    def remove(self, keys: Collection[int]) -> None:
        """Take these rows out."""

    def find_keys(self, expression: Expression, *, before: int, limit: int) -> list[int]:
        """Return the keys below ``before`` that match, greatest first, at most ``limit``."""

    def find_titles(self, asked: Sequence[tuple[Expression, int]]) -> list[list[str]]:
        """Return for each expression the folded titles of the newest so many, not of the trash."""

    def list_keys(self, keys: Collection[int]) -> RawSQL:
        """Return the keys as a query of one column: thousands of placeholders cost more than the search."""

    def tell_terms(self, terms: Collection[str]) -> RawSQL:
        """Return what tells `count_terms` of each search entry of a query which terms it has."""

    def count_terms(self, told: Any, terms: Collection[str]) -> dict[str, int]:
        """Return how often each of the terms stands in the row; what is not there is left out."""


def open_index() -> SearchIndex:
    """Return the index of the database that is in use."""
    return Fts5Index() if connection.vendor == "sqlite" else TsvectorIndex()


_FTS5_KEYS = (
    "SELECT rowid FROM reader_search WHERE reader_search MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
)
# In this order: from the keys to their entries.
_FTS5_TITLES = f"""
SELECT %s, saved.title_key FROM ({_FTS5_KEYS}) AS found
CROSS JOIN reader_searchentry AS entry ON entry.key = found.rowid
CROSS JOIN reader_savedarticle AS saved ON saved.id = entry.saved_id
WHERE saved.user_id = %s AND saved.deleted_at IS NULL
"""  # noqa: S608 - %s only


class Fts5Index:
    """A table of SQLite's FTS5 that keeps the terms, so that a row can be removed by its key alone."""

    def put(self, rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor:
            for key, terms in rows:
                cursor.execute("DELETE FROM reader_search WHERE rowid = %s", [key])
                cursor.execute(
                    "INSERT INTO reader_search (rowid, terms) VALUES (%s, %s)", [key, " ".join(terms)]
                )

    def remove(self, keys: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM reader_search WHERE rowid = %s", [(key,) for key in keys])

    def find_keys(self, expression: Expression, *, before: int, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(_FTS5_KEYS, [expression.as_fts5(), before, limit])
            return [key for (key,) in cursor.fetchall()]

    def find_titles(self, asked: Sequence[tuple[Expression, int]]) -> list[list[str]]:
        titles: list[list[str]] = [[] for _ask in asked]
        values: list[str | int] = []
        for place, (expression, limit) in enumerate(asked):
            values += [place, expression.as_fts5(), NO_KEY_IS_ABOVE, limit, expression.user_id]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([_FTS5_TITLES] * len(asked)), values)
            for place, title in cursor.fetchall():
                titles[place].append(title)
        return titles

    def list_keys(self, keys: Collection[int]) -> RawSQL:
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])

    def tell_terms(self, terms: Collection[str]) -> RawSQL:
        return RawSQL("SELECT terms FROM reader_search WHERE rowid = reader_searchentry.key", [], TextField())

    def count_terms(self, told: Any, terms: Collection[str]) -> dict[str, int]:
        # A blank more on each side, so that two neighbours do not share one.
        apart = " " + (told or "").replace(" ", "  ") + " "
        counts = {term: apart.count(f" {term} ") for term in terms}
        return {term: count for term, count in counts.items() if count}


_BY_TERMS = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off"
_AS_EVER = "SET LOCAL enable_seqscan = DEFAULT; SET LOCAL enable_indexscan = DEFAULT"
# With an offset a query is planned by itself; or the keys would come from their own index.
_KEYS = """
SELECT key FROM (SELECT key FROM reader_searchentry WHERE terms @@ %s::tsquery OFFSET 0) AS found
WHERE key < %s ORDER BY key DESC LIMIT %s
"""
# The rows are in order before they are looked at, and looked at until there are enough.
_CONFIRMED_KEYS = """
SELECT key FROM (
    SELECT key, terms
    FROM (SELECT key, terms FROM reader_searchentry WHERE terms @@ %s::tsquery OFFSET 0) AS found
    WHERE key < %s ORDER BY key DESC OFFSET 0
) AS near
WHERE terms @@ %s::tsquery ORDER BY key DESC LIMIT %s
"""
# All that a person has: the index of terms would give the whole list for each page.
_LISTED_KEYS = """
SELECT entry.key FROM reader_searchentry AS entry
JOIN reader_savedarticle AS saved ON saved.id = entry.saved_id
WHERE saved.user_id = %s AND entry.key < %s AND entry.terms IS NOT NULL
ORDER BY entry.key DESC LIMIT %s
"""
_TITLES = """
SELECT saved.title_key FROM ({keys}) AS found
JOIN reader_searchentry AS entry ON entry.key = found.key
JOIN reader_savedarticle AS saved ON saved.id = entry.saved_id
WHERE saved.user_id = %s AND saved.deleted_at IS NULL
"""


class TsvectorIndex:
    """A tsvector beside each entry's row, with a GIN index; it goes with the row.

    The planner does not know what it costs to read the terms of a row, and would rather walk the keys and
    read those of every row than ask the index for a rare word: 1 s at 100,000 entries, in place of 1 ms. So
    it is told to ask the index. That knows which rows have all the words, but not whether they follow one
    another: for phrases these rows are read, the newest first, until there are enough.
    """

    def put(self, rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE reader_searchentry SET terms = %s::tsvector WHERE key = %s",
                [(as_tsvector(terms), key) for key, terms in rows],
            )

    def remove(self, keys: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE reader_searchentry SET terms = NULL WHERE key = ANY(%s)", [list(keys)])

    def find_keys(self, expression: Expression, *, before: int, limit: int) -> list[int]:
        sql, values = _select_keys(expression, before, limit)
        return [key for (key,) in self._ask([(_plan(expression, sql), values)])[0]]

    def find_titles(self, asked: Sequence[tuple[Expression, int]]) -> list[list[str]]:
        selects = [_select_titles(expression, limit) for expression, limit in asked]
        return [[title for (title,) in rows] for rows in self._ask(selects)]

    def _ask(self, selects: Sequence[_Select]) -> list[list[tuple[Any, ...]]]:
        """Return the rows of each; what is sent together is one transaction, or a part of the open one."""
        said = "; ".join(sql for sql, _values in selects)
        values = [value for _sql, values in selects for value in values]
        answers = []
        with connection.cursor() as cursor:
            cursor.execute(said, values)
            while True:
                if cursor.description is not None:
                    answers.append(cursor.fetchall())
                if not cursor.nextset():
                    return answers

    def list_keys(self, keys: Collection[int]) -> RawSQL:
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])

    def tell_terms(self, terms: Collection[str]) -> RawSQL:
        return RawSQL(
            "SELECT jsonb_object_agg(lexeme, coalesce(cardinality(positions), 1))"
            " FROM unnest(reader_searchentry.terms) WHERE lexeme = ANY(%s)",
            [list(terms)],
            JSONField(),
        )

    def count_terms(self, told: Any, terms: Collection[str]) -> dict[str, int]:
        return told or {}


def as_tsvector(terms: Sequence[str]) -> str:
    """Return the text of the tsvector: each term with its places, written forms without.

    >>> as_tsvector(["baca", "§", "buku", "baca", "w§membaca"])
    "'baca':1,4 'buku':3 'w§membaca'"
    """
    places: dict[str, list[str]] = defaultdict(list)
    for place, term in enumerate(terms, start=1):
        if term != MARK:
            places[term].append(str(place))
    return " ".join(
        f"'{term}'" if term.startswith(WRITTEN + MARK) else f"'{term}':{','.join(at)}"
        for term, at in places.items()
    )


def _select_keys(expression: Expression, before: int, limit: int) -> _Select:
    if not expression.groups:
        return _LISTED_KEYS, [expression.user_id, before, limit]
    exact, loose = expression.as_tsquery(), expression.as_tsquery(is_loose=True)
    if exact == loose:
        return _KEYS, [exact, before, limit]
    return _CONFIRMED_KEYS, [loose, before, exact, limit]


def _select_titles(expression: Expression, limit: int) -> _Select:
    keys, values = _select_keys(expression, NO_KEY_IS_ABOVE, limit)
    return _plan(expression, _TITLES.format(keys=keys)), [*values, expression.user_id]


def _plan(expression: Expression, sql: str) -> str:
    return f"{_BY_TERMS}; {sql}; {_AS_EVER}" if expression.groups else sql
