"""A person's own words for an entry: title, date and note in the place of the publisher's, and back again."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from reader.indexing import index_entries
from reader.listing import own_columns
from reader.models import Article, SavedArticle
from reader.models.plain import plain

MAX_NOTE_CHARACTERS = 10_000


def edit_entry(*, saved: SavedArticle, title: str, published_on: date | None, note: str) -> None:
    """Keep the person's title, date and note; what is empty is the publisher's."""
    article = saved.article
    own_title = " ".join(plain(title).split())[:500]
    saved.own_title = "" if own_title == article.title else own_title
    saved.own_published_on = None if published_on == article.published_on else published_on
    saved.note = tidy_note(note)
    _save(saved)


def reset_entry(*, saved: SavedArticle) -> None:
    """Show the publisher's title and date again; the note stays."""
    saved.own_title = ""
    saved.own_published_on = None
    _save(saved)


def _save(saved: SavedArticle) -> None:
    with transaction.atomic():
        Article.objects.filter(pk=saved.article_id).lock_in_order()
        write_entry(saved, ("own_title", "own_published_on", "note"))


def tidy_note(note: str) -> str:
    """Return what a person notes, of an entry or a passage, as it is kept."""
    return plain(note).replace("\r\n", "\n").strip()[:MAX_NOTE_CHARACTERS]


def write_entry(saved: SavedArticle, columns: Iterable[str]) -> None:
    """Write these columns of the entry and what follows from them, and index what it now says.

    To be called in a transaction that holds the article.
    """
    own = own_columns(saved)
    for name, value in own.items():
        setattr(saved, name, value)
    saved.save(update_fields=[*columns, *own])
    index_entries([saved.pk])
