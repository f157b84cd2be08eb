"""Keyset paging: a page begins after a named entry, so entries that come and go shift nothing."""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from reader.models import SavedArticle
from reader.models.saved_article import SavedArticleQuerySet

PAGE_SIZE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Days that every database and every zone can hold; an article without a day has one in 1900.
_EARLIEST, _LATEST = datetime(1800, 1, 1, tzinfo=UTC), datetime(9990, 1, 1, tzinfo=UTC)
_MOST = 2**63
# A title's key of two hundred characters, each of four bytes.
_MAX_CURSOR_LENGTH = 1200

Value = datetime | int | str


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the list: a column and its direction; entries that are equal follow their numbers."""

    column: str
    is_descending: bool
    kind: type = datetime

    def sort(self, entries: SavedArticleQuerySet) -> SavedArticleQuerySet:
        sign = "-" if self.is_descending else ""
        return entries.order_by(f"{sign}{self.column}", f"{sign}pk")

    def after(self, entries: SavedArticleQuerySet, cursor: "Cursor") -> SavedArticleQuerySet:
        """Leave out what comes before the cursor, and the cursor's own entry."""
        side, own = ("lte", "gte") if self.is_descending else ("gte", "lte")
        # The plain bound beside the exact condition lets the index seek.
        bounded = entries.filter(**{f"{self.column}__{side}": cursor.value})
        return bounded.exclude(Q(**{self.column: cursor.value}) & Q(**{f"pk__{own}": cursor.pk}))


# What a person may name, and the columns: no other ever reaches a query.
ORDERS: dict[str, Order] = {
    "saved": Order("saved_at", is_descending=True),
    "oldest": Order("saved_at", is_descending=False),
    "published": Order("published_key", is_descending=True),
    "title": Order("title_key", is_descending=False, kind=str),
    "short": Order("words", is_descending=False, kind=int),
    "long": Order("words", is_descending=True, kind=int),
    "deleted": Order("deleted_at", is_descending=True),
}


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of one entry in an order."""

    order: str
    value: Value
    pk: int

    def encode(self) -> str:
        """Return the opaque form that stands in addresses."""
        value = self.value
        if isinstance(value, datetime):
            value = (value - _EPOCH) // timedelta(microseconds=1)
        return base64.urlsafe_b64encode(f"{self.order}.{self.pk}.{value}".encode()).decode().rstrip("=")


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
        plain = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
        order, pk, written = plain.split(".", 2)
        cursor = Cursor(order, _read_value(ORDERS[order], written), int(pk))
    except (ValueError, KeyError, binascii.Error, OverflowError):
        return None
    return cursor if 0 < cursor.pk < _MOST else None


def read_page(
    entries: SavedArticleQuerySet, before: str, order_name: str = "saved", *, is_sorted_first: bool = False
) -> ListPage:
    """Return the page of the list after the cursor; a cursor that makes no sense gives the first page.

    ``is_sorted_first`` where no index has the order: what lists show is then looked up of the page alone, not
    of all that is sorted.
    """
    order = ORDERS[order_name]
    cursor = decode_cursor(before)
    if cursor and cursor.order != order_name:
        cursor = None
    if cursor:
        entries = order.after(entries, cursor)
    if is_sorted_first:
        page = order.sort(entries).values("pk")[: PAGE_SIZE + 1]
        entries = SavedArticle.objects.filter(pk__in=page)
    rows = list(order.sort(entries).for_list().with_offer()[: PAGE_SIZE + 1])
    shown = tuple(rows[:PAGE_SIZE])
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    older = Cursor(order_name, getattr(last, order.column), last.pk).encode() if last else ""
    return ListPage(shown, before if cursor else "", older)


def _read_value(order: Order, written: str) -> Value:
    if order.kind is str:
        if "\x00" in written:
            raise ValueError("no text of a database")
        return written
    number = int(written)
    if order.kind is int:
        if not 0 <= number < _MOST:
            raise ValueError("no number of words")
        return number
    moment = _EPOCH + timedelta(microseconds=number)
    if not _EARLIEST <= moment <= _LATEST:
        raise ValueError("no moment of a list")
    return moment
