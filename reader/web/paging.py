"""Keyset paging: a page begins after a named entry, so entries that come and go shift nothing."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from reader.models import SavedArticle
from reader.models.saved_article import SavedArticleQuerySet

PAGE_SIZE = 30
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST = 2**63
_MAX_CURSOR_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of one entry in newest-first order."""

    saved_at: datetime
    pk: int

    def encode(self) -> str:
        """Return the opaque form that stands in addresses."""
        microseconds = (self.saved_at - _EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(f"{microseconds}.{self.pk}".encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some entries, the cursor they began after (empty on the first page), and that of the next page."""

    rows: tuple[SavedArticle, ...]
    before: str
    older: str


def decode_cursor(text: str) -> Cursor | None:
    """Return the cursor, or None for anything that `Cursor.encode` did not make."""
    if not text or len(text) > _MAX_CURSOR_LENGTH:
        return None
    try:
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
        microseconds, _, pk = plain.partition(".")
        cursor = Cursor(_EPOCH + timedelta(microseconds=int(microseconds)), int(pk))
    except (ValueError, binascii.Error, OverflowError):
        return None
    return cursor if 0 < cursor.pk < _MOST and cursor.saved_at >= _EPOCH else None


def read_page(entries: SavedArticleQuerySet, before: str) -> ListPage:
    """Return the page of the list after the cursor; a cursor that makes no sense gives the first page."""
    cursor = decode_cursor(before)
    if cursor:
        # The plain bound beside the exact condition lets the index seek.
        entries = entries.filter(saved_at__lte=cursor.saved_at).exclude(
            Q(saved_at=cursor.saved_at) & Q(pk__gte=cursor.pk)
        )
    rows = list(entries.newest_first().for_list()[: PAGE_SIZE + 1])
    shown = tuple(rows[:PAGE_SIZE])
    older = Cursor(shown[-1].saved_at, shown[-1].pk).encode() if len(rows) > PAGE_SIZE else ""
    return ListPage(shown, before if cursor else "", older)
