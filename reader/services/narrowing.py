"""The entries of a narrowed list, asked for in the way that is quick for how many there are.

In the order of the list one entry after the other is asked whether it is meant: quick where many are. Where
few are, a page of them would go through the whole list; so it begins at the few. SQLite, which knows no
numbers of rows, cannot choose, so it is done here: one question counts each part of the filter up to a bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet, Subquery

from reader.models import Highlight, ListFilter, SavedArticle, Tag, Tagging, User
from reader.models.saved_article import SavedArticleQuerySet
from reader.models.tag import fold

# To sort so many takes a millisecond; with more than these in 100,000 a page is full after a thousand rows.
MOST_FEW = 2_000


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The entries that a filter means, and the name of its tag, empty where the person has no such tag."""

    entries: SavedArticleQuerySet
    tag_name: str = ""


def narrow(*, user: User, chosen: ListFilter, is_by_length: bool = False) -> Narrowed:
    """Return the person's entries that the filter means; one query where the filter has parts to count."""
    own = SavedArticle.objects.of(user)
    sources = _find_sources(user, chosen) if chosen.narrowing() else {}
    if not sources:
        return Narrowed(own.matching(chosen, is_by_length=is_by_length))
    counts, tag_name = _count(user, chosen.tag, sources)
    fewest = min(counts, key=counts.__getitem__)
    if counts[fewest] > MOST_FEW:
        return Narrowed(own.matching(chosen, is_by_length=is_by_length), tag_name)
    few = SavedArticle.objects.owned_by(user).filter(_among(sources[fewest]))
    return Narrowed(few.matching(chosen.without(fewest)), tag_name)


class _IsAny(Func):
    """Whether PostgreSQL finds a number in a list that it makes first, once, and begins at."""

    arg_joiner = " = ANY(ARRAY"
    template = "(%(expressions)s))"
    output_field = BooleanField()


def _among(source: QuerySet[Any, Any]) -> Q | _IsAny:
    if connection.vendor == "postgresql":
        return _IsAny("id", Subquery(source))
    return Q(pk__in=source)


def _find_sources(user: User, chosen: ListFilter) -> dict[str, QuerySet[Any, Any]]:
    """Return the numbers of the entries that meet a part of the filter, for each part that has an index."""
    own = SavedArticle.objects.of(user)
    present = own.present()
    sources: dict[str, QuerySet[Any, Any]] = {}
    if chosen.tag:
        sources["tag"] = Tagging.objects.filter(tag_id=chosen.tag).values("saved_id")
    if chosen.highlighted:
        sources["highlighted"] = Highlight.objects.of(user).kept().values("saved_id")
    if chosen.state not in {"", "ready"}:
        sources["state"] = own.in_state(chosen.state).values("pk")
    if chosen.view == "trash":
        return sources
    if chosen.site:
        sources["site"] = present.filter(site=chosen.site).values("pk")
    if chosen.section:
        sources["section"] = present.filter(section_key=fold(chosen.section)).values("pk")
    if chosen.length:
        sources["length"] = present.of_length(chosen.length).values("pk")
    return sources


def _count(user: User, tag_id: int, sources: Mapping[str, QuerySet[Any, Any]]) -> tuple[dict[str, int], str]:
    """Return how many each has, up to one above ``MOST_FEW``, and the name of the person's tag."""
    columns: list[str] = []
    params: list[Any] = []
    for source in sources.values():
        sql, values = source[: MOST_FEW + 1].query.sql_with_params()
        columns.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - the ORM's words
        params += values
    sql, values = Tag.objects.of(user).filter(pk=tag_id).order_by().values("name").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)}, ({sql})", [*params, *values])
        *counts, tag_name = cursor.fetchone()
    return dict(zip(sources, counts, strict=True)), tag_name or ""
