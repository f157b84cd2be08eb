"""Keeping highlights at their passages while texts change, and letting go of deleted ones."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from reader.anchoring import Place, Text, locate
from reader.listing.sweeping import TRASH_DAYS
from reader.models import Article, Highlight
from reader.sanitising import read_plain

_AT_MOST = 500
# So long one run holds a worker's thread; what is then left is rung for again.
_SECONDS = 5.0


def doubt_highlights(article_id: int) -> None:
    """Note that the places of the article's highlights have to be looked up anew.

    To be called in the transaction that wrote the content.
    """
    Highlight.objects.filter(saved__article_id=article_id).update(is_stale=True)


def find_doubted(most: int = _AT_MOST) -> list[int]:
    """Return articles with highlights whose places have to be looked up."""
    stale = Highlight.objects.filter(is_stale=True).values_list("saved__article_id", flat=True)
    return list(stale.order_by("saved_id").distinct()[:most])


def place_highlights(article_id: int) -> bool:
    """Look up where the article's highlights stand now; tell whether there are more to look up.

    Safe to run twice and to be killed: what was not written is still marked. A text that changes meanwhile
    marks all of them again.
    """
    stale = Highlight.objects.filter(saved__article_id=article_id, is_stale=True).order_by("pk")
    highlights = list(stale[:_AT_MOST])
    if not highlights:
        return False
    content = Article.objects.filter(pk=article_id).values_list("content", flat=True).first() or ""
    found = find_places(highlights, content, seconds=_SECONDS)
    with transaction.atomic():
        if not is_current(article_id, content):
            return True
        for highlight_id, place in found.items():
            start, length = (place.start, place.end - place.start) if place else (None, 0)
            stale.filter(pk=highlight_id).order_by().update(start=start, length=length, is_stale=False)
    return stale.exists()


def is_current(article_id: int, content: str) -> bool:
    """Whether the article still has this content, and has it until the transaction ends."""
    held = Article.objects.select_for_update().filter(pk=article_id)
    return (held.values_list("content", flat=True).first() or "") == content


def find_places(highlights: Iterable[Highlight], content: str, *, seconds: float) -> dict[int, Place | None]:
    """Return where each stands in the content, by number; those that there was no time for are left out."""
    text = Text(read_plain(content))
    ends_at = time.monotonic() + seconds
    found: dict[int, Place | None] = {}
    for highlight in highlights:
        if found and time.monotonic() > ends_at:
            break
        found[highlight.pk] = locate(highlight.anchor, text)
    return found


def sweep_highlights(now: datetime) -> None:
    """Let go of highlights that were deleted more than thirty days ago."""
    gone = Highlight.objects.filter(deleted_at__lt=now - timedelta(days=TRASH_DAYS)).order_by("deleted_at")
    Highlight.objects.filter(pk__in=list(gone.values_list("pk", flat=True)[:_AT_MOST])).delete()
