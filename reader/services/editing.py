"""A person's own words for an entry: title, date and note in the place of the publisher's, and back again."""

from datetime import date

from django.db import transaction

from reader.indexing import index_entries
from reader.listing import own_columns
from reader.models import Article, SavedArticle

MAX_NOTE_CHARACTERS = 10_000


def edit_entry(*, saved: SavedArticle, title: str, published_on: date | None, note: str) -> None:
    """Keep the person's title, date and note; what is empty is the publisher's."""
    article = saved.article
    own_title = " ".join(_plain(title).split())[:500]
    saved.own_title = "" if own_title == article.title else own_title
    saved.own_published_on = None if published_on == article.published_on else published_on
    saved.note = _plain(note).replace("\r\n", "\n").strip()[:MAX_NOTE_CHARACTERS]
    _save(saved)


def reset_entry(*, saved: SavedArticle) -> None:
    """Show the publisher's title and date again; the note stays."""
    saved.own_title = ""
    saved.own_published_on = None
    _save(saved)


def _save(saved: SavedArticle) -> None:
    own = own_columns(saved)
    for name, value in own.items():
        setattr(saved, name, value)
    with transaction.atomic():
        Article.objects.filter(pk=saved.article_id).lock_in_order()
        saved.save(update_fields=["own_title", "own_published_on", "note", *own])
        index_entries([saved.pk])


def _plain(text: str) -> str:
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
