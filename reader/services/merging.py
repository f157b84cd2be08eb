"""Making two entries of one story one: the better of both stays, the other goes to the trash as it was.

What the other has is copied, never moved: it lies in the trash with all of it, so that restoring it brings
it back whole, and taking the merge back leaves the kept entry as it was, but for what was done to it since.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import ForeignObjectRel

from reader.models import Article, SavedArticle, StoryPair
from reader.services import tidying
from reader.services.editing import write_entry

State = StoryPair.State


@dataclass(frozen=True, slots=True)
class Copied:
    """Rows that hang on an entry and are given to the kept one too, unless it has one that says the same.

    Those that are ``only``; in the new ones ``anew`` is so, or what it returns.
    """

    says: tuple[str, ...]
    only: dict[str, Any] = field(default_factory=dict)
    anew: dict[str, Any] = field(default_factory=dict)


# Every relation that points at an entry, by the model and column that it comes from: its rows are copied, or
# stay with their entry for the reason that is given.
RELATIONS: dict[str, Copied | str] = {
    "Tagging.saved": Copied(says=("tag_id",)),
    # Their places are looked up in the kept entry's text.
    "Highlight.saved": Copied(
        says=("quote", "prefix", "suffix", "note", "deleted_at"),
        only={"deleted_at": None},
        anew={"start": None, "length": 0, "is_stale": True, "client_id": uuid4},
    ),
    "SearchEntry.saved": "is made anew of what the kept entry then says",
    "ListActChange.saved": "tells what an act changed, to undo it on that very entry",
    "TagLossEntry.saved": "tells what lost a tag, to give it back to that very entry",
    "StoryPair.first": "is about that very entry",
    "StoryPair.second": "is about that very entry",
    "StoryPair.kept": "is about that very entry",
}


def _least(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((moment for moment in (one, other) if moment), default=None)


# What the kept entry says after a merge, by its own value and the other's.
_CHOSEN: dict[str, Callable[[Any, Any], Any]] = {
    "saved_at": min,
    # Unread if one of them is.
    "archived_at": lambda own, other: _least(own, other) if own and other else None,
    "starred_at": _least,
    "own_title": lambda own, other: own or other,
    "own_published_on": lambda own, other: own or other,
    "note": lambda own, other: own if not other or other in own else "\n\n".join(filter(None, (own, other))),
}
# These say one thing together, and come from the entry that was read further.
_PLACE = ("progress", "position", "read_at")
# All else that an entry says, and why a merge leaves it as it is.
LEFT_FIELDS: dict[str, str] = {
    **dict.fromkeys(("id", "user", "article"), "is which entry it is"),
    **dict.fromkeys(("site", "section_key", "authors_key", "words"), "is copied from its article"),
    **dict.fromkeys(("title_key", "published_key"), "follows from its own title and day"),
    **dict.fromkeys(("shelf", "star"), "follows from the moments, in the database"),
    "deleted_at": "is empty: only what is on the list is merged",
    "compared_at": "says of its text that it was compared",
}
MERGED_FIELDS = (*_CHOSEN, *_PLACE)


def choose_better(pair: StoryPair) -> SavedArticle:
    """Return the entry that a merge keeps: a whole text before a part, a page before a pasted text, what is
    clearly longer before the shorter, then what was saved first."""

    def rank(saved: SavedArticle) -> tuple[bool, bool, int, float, int]:
        article = saved.article
        is_whole = article.state == Article.State.READY
        return (
            is_whole,
            article.owner_id is None,
            article.word_count // 50,
            -saved.saved_at.timestamp(),
            -saved.pk,
        )

    return max((pair.first, pair.second), key=rank)


def merge(*, pair: StoryPair, keep_article_id: int = 0) -> StoryPair:
    """Keep the better entry of the pair, or that of the article, and put the other one in the trash.

    Nothing happens where the pair is merged already, or one of the two is in the trash. Returns the pair as
    it then is.
    """
    with transaction.atomic():
        held = _lock(pair)
        sides = {saved.article_id: saved for saved in (held.first, held.second)}
        kept = sides.get(keep_article_id) or choose_better(held)
        gone = held.second if kept == held.first else held.first
        if held.state == State.MERGED or kept.deleted_at or gone.deleted_at:
            return held
        held.changes = {"values": _take_over(kept, gone), "rows": _copy_rows(kept, gone)}
        held.state, held.kept = State.MERGED, kept
        held.save(update_fields=["state", "kept", "changes"])
        tidying.delete(saved=gone)
        write_entry(kept, MERGED_FIELDS)
    return held


def take_back(*, pair: StoryPair) -> StoryPair:
    """Undo a merge: bring the other entry back, and let the kept one have what it had before.

    What the person changed on the kept one since stays as it is. Returns the pair as it then is.
    """
    with transaction.atomic():
        held = _lock(pair)
        if held.state != State.MERGED:
            return held
        kept, gone = (held.first, held.second) if held.kept_id == held.first_id else (held.second, held.first)
        _give_back(kept, gone, held.changes)
        held.state, held.kept, held.changes = State.OFFERED, None, {}
        held.save(update_fields=["state", "kept", "changes"])
        tidying.restore(saved=gone)
        write_entry(kept, MERGED_FIELDS)
    return held


def _lock(pair: StoryPair) -> StoryPair:
    """Lock the pair and its entries; before them the articles, in the order of all who write texts."""
    saved_ids = (pair.first_id, pair.second_id)
    Article.objects.filter(saved_articles__in=saved_ids).lock_in_order()
    held = StoryPair.objects.select_for_update().get(pk=pair.pk)
    large = (f"article__{name}" for name in ("content", "text", "trace", "related"))
    entries = SavedArticle.objects.filter(pk__in=saved_ids).select_related("article").defer(*large)
    held.first, held.second = entries.order_by("pk").select_for_update(of=("self",))
    return held


def _take_over(kept: SavedArticle, gone: SavedArticle) -> dict[str, list[object]]:
    """Let the kept entry say the better of what both say; return what it said and what it says now."""
    before = {name: getattr(kept, name) for name in MERGED_FIELDS}
    for name, choose in _CHOSEN.items():
        setattr(kept, name, choose(before[name], getattr(gone, name)))
    if gone.progress > kept.progress:
        for name in _PLACE:
            setattr(kept, name, getattr(gone, name))
    after = {name: getattr(kept, name) for name in before}
    return {name: [_dump(before[name]), _dump(after[name])] for name in before if before[name] != after[name]}


def _copy_rows(kept: SavedArticle, gone: SavedArticle) -> dict[str, list[int]]:
    """Give the kept entry copies of the rows that hang on the other; return the numbers of the new ones."""
    made: dict[str, list[int]] = {}
    for relation in find_relations():
        name = name_of_relation(relation)
        how = RELATIONS.get(name)
        if not isinstance(how, Copied):
            continue
        model, column = relation.related_model, relation.field.name
        said = {_say(row, how) for row in model._default_manager.filter(**{column: kept})}
        rows = model._default_manager.filter(**{column: gone}, **how.only).order_by("pk")
        copies = [
            _copy(row, {f"{column}_id": kept.pk, **_make_anew(how)})
            for row in rows
            if _say(row, how) not in said
        ]
        for copy in copies:
            copy.save(force_insert=True)
        made[name] = [copy.pk for copy in copies]
    return made


def _make_anew(how: Copied) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in how.anew.items()}


def _copy(row: models.Model, anew: dict[str, Any]) -> models.Model:
    """Return the row as a new one, with what is to be so in it."""
    columns = [column for column in row._meta.concrete_fields if not (column.primary_key or column.generated)]
    return type(row)(**{**{column.attname: getattr(row, column.attname) for column in columns}, **anew})


def _give_back(kept: SavedArticle, gone: SavedArticle, changes: dict[str, Any]) -> None:
    for name, (before, after) in changes.get("values", {}).items():
        if _dump(getattr(kept, name)) == after:
            setattr(kept, name, _load(name, before))
    for relation in find_relations():
        how = RELATIONS.get(name_of_relation(relation))
        numbers = changes.get("rows", {}).get(name_of_relation(relation), [])
        if not numbers or not isinstance(how, Copied):
            continue
        rows, column = relation.related_model._default_manager, relation.field.name
        originals = {_tell(row, column, how) for row in rows.filter(**{column: gone})}
        copies = rows.filter(**{column: kept}, pk__in=numbers)
        untouched = [copy.pk for copy in copies if _tell(copy, column, how) in originals]
        rows.filter(pk__in=untouched).delete()


def _tell(row: models.Model, column: str, how: Copied) -> str:
    """All that the row says but for whose it is: the same of a copy that nobody changed and its original."""
    left = {column, *how.anew}
    columns = [each for each in row._meta.concrete_fields if not (each.primary_key or each.name in left)]
    return repr([getattr(row, each.attname) for each in columns])


def find_relations() -> list[ForeignObjectRel]:
    """Return all that refers to an entry, what has no name on the entry's side too."""
    fields = SavedArticle._meta.get_fields(include_hidden=True)
    relations = (field for field in fields if isinstance(field, ForeignObjectRel))
    return [relation for relation in relations if relation.one_to_many or relation.one_to_one]


def name_of_relation(relation: ForeignObjectRel) -> str:
    """Return the model and the column that a relation comes from, as ``RELATIONS`` names it."""
    return f"{relation.related_model.__name__}.{relation.field.name}"


def _say(row: models.Model, how: Copied) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in how.says)


def _dump(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _load(name: str, value: object) -> object:
    column = SavedArticle._meta.get_field(name)
    assert isinstance(column, models.Field)  # noqa: S101 - and no relation
    return column.to_python(value)
