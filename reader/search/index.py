"""The index: one row of terms an entry, in SQLite's FTS5 or in a PostgreSQL tsvector, behind one interface.

A row is known by its key, which orders the rows as the entries were saved; so both engines give the newest
first without a look at any other table.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from django.db import connection

from reader.search.analysis import MARK, WRITTEN
from reader.search.expression import Expression

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ID_BITS = 20
# In the year 2248; a clock that is further off must not fail a save.
_LAST_MILLISECOND = 2**43 - 2
NO_KEY_IS_ABOVE = 2**63 - 1
_ROWS_AT_ONCE = 200
_FIRST_READ, _MOST_READ = 500, 8_000
# Statements that are sent together are one transaction, or a part of the one that is open. With an offset a
# query is planned by itself; or the keys would come from their own index.
_ASK = """
SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;
SELECT key FROM (SELECT key FROM reader_searchentry WHERE terms @@ %s::tsquery OFFSET 0) AS found
WHERE key < %s ORDER BY key DESC LIMIT %s;
SET LOCAL enable_seqscan = DEFAULT; SET LOCAL enable_indexscan = DEFAULT
"""

Row = tuple[int, Sequence[str]]


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

    def count_terms(self, keys: Collection[int], terms: Collection[str]) -> dict[int, dict[str, int]]:
        """Return how often each of the terms stands in each of the rows; what is not there is left out."""


def open_index() -> SearchIndex:
    """Return the index of the database that is in use."""
    return Fts5Index() if connection.vendor == "sqlite" else TsvectorIndex()


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
            cursor.execute(
                "SELECT rowid FROM reader_search WHERE reader_search MATCH %s AND rowid < %s"
                " ORDER BY rowid DESC LIMIT %s",
                [expression.as_fts5(), before, limit],
            )
            return [key for (key,) in cursor.fetchall()]

    def count_terms(self, keys: Collection[int], terms: Collection[str]) -> dict[int, dict[str, int]]:
        counts = {}
        with connection.cursor() as cursor:
            for some in _in_slices(keys):
                places = ", ".join(["%s"] * len(some))
                cursor.execute(
                    f"SELECT rowid, terms FROM reader_search WHERE rowid IN ({places})",  # noqa: S608 - %s only
                    some,
                )
                # A blank more on each side, so that two neighbours do not share one.
                for key, text in cursor.fetchall():
                    apart = f" {text.replace(' ', '  ')} "
                    found = {term: apart.count(f" {term} ") for term in terms}
                    counts[key] = {term: count for term, count in found.items() if count}
        return counts


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
        if not expression.groups:
            return self._list(expression.user_id, before, limit)
        exact, loose = expression.as_tsquery(), expression.as_tsquery(is_loose=True)
        if exact == loose:
            return self._ask(exact, before, limit)
        found: list[int] = []
        size = max(limit, _FIRST_READ)
        while True:
            near = self._ask(loose, before, size)
            found += self._confirm(exact, near)
            if len(found) >= limit or len(near) < size:
                return found[:limit]
            before, size = near[-1], min(4 * size, _MOST_READ)

    def _ask(self, tsquery: str, before: int, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(_ASK, [tsquery, before, limit])
            while cursor.description is None:
                cursor.nextset()
            return [key for (key,) in cursor.fetchall()]

    def _list(self, user_id: int, before: int, limit: int) -> list[int]:
        """Return the person's keys; the index of terms would give all of them for each page."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT entry.key FROM reader_searchentry AS entry"
                " JOIN reader_savedarticle AS saved ON saved.id = entry.saved_id"
                " WHERE saved.user_id = %s AND entry.key < %s AND entry.terms IS NOT NULL"
                " ORDER BY entry.key DESC LIMIT %s",
                [user_id, before, limit],
            )
            return [key for (key,) in cursor.fetchall()]

    def _confirm(self, tsquery: str, keys: list[int]) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT key FROM (SELECT key, terms FROM reader_searchentry WHERE key = ANY(%s) OFFSET 0)"
                " AS near WHERE terms @@ %s::tsquery ORDER BY key DESC",
                [keys, tsquery],
            )
            return [key for (key,) in cursor.fetchall()]

    def count_terms(self, keys: Collection[int], terms: Collection[str]) -> dict[int, dict[str, int]]:
        counts: dict[int, dict[str, int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT key, term.lexeme, cardinality(term.positions)"
                " FROM reader_searchentry, unnest(terms) AS term"
                " WHERE key = ANY(%s) AND term.lexeme = ANY(%s)",
                [list(keys), list(terms)],
            )
            for key, term, count in cursor.fetchall():
                counts.setdefault(key, {})[term] = count or 1
        return {key: counts.get(key, {}) for key in keys}


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


def _in_slices(keys: Collection[int]) -> Iterable[list[int]]:
    listed = list(keys)
    for start in range(0, len(listed), _ROWS_AT_ONCE):
        yield listed[start : start + _ROWS_AT_ONCE]
