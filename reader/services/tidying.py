"""Tidying a reading list: archive, star, delete, and back again. Every act may be repeated without harm."""

from django.utils import timezone

from reader.models import SavedArticle


def archive(*, saved: SavedArticle) -> None:
    """Take the entry off the unread list; its place in time stays."""
    if saved.archived_at is None:
        saved.archived_at = timezone.now()
        saved.save(update_fields=["archived_at"])


def unarchive(*, saved: SavedArticle) -> None:
    """Put the entry back on the unread list, where it was."""
    saved.archived_at = None
    saved.save(update_fields=["archived_at"])


def star(*, saved: SavedArticle) -> None:
    """Mark the entry, on whichever list it is."""
    if saved.starred_at is None:
        saved.starred_at = timezone.now()
        saved.save(update_fields=["starred_at"])


def unstar(*, saved: SavedArticle) -> None:
    """Take the mark away."""
    saved.starred_at = None
    saved.save(update_fields=["starred_at"])


def delete(*, saved: SavedArticle) -> None:
    """Put the entry in the trash; `restore` brings it back as it was, for thirty days."""
    if saved.deleted_at is None:
        saved.deleted_at = timezone.now()
        saved.save(update_fields=["deleted_at"])


def restore(*, saved: SavedArticle) -> None:
    """Take the entry out of the trash, to the list where it was, and compare it with what is there now."""
    saved.deleted_at = saved.compared_at = None
    saved.save(update_fields=["deleted_at", "compared_at"])
