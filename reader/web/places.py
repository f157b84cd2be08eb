"""Where on the lists a person is, so that every act leads back there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Final, Self
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from reader.models import ListFilter, SavedArticle, User
from reader.models.saved_article import SavedArticleQuerySet
from reader.search import MAX_QUERY_CHARACTERS
from reader.sites import read_site
from reader.web.paging import ORDERS, decode_cursor

# The order of a search that is not by date.
BEST_FIRST: Final = "best"
_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Place:
    """One page of one list. ``name`` is the list's URL name; ``before`` a cursor, empty on the first page.

    ``sort`` is the name of an order, empty for the list's usual one.
    """

    VIEWS: ClassVar[dict[str, str]] = {
        "list": "unread",
        "archive": "archive",
        "starred": "starred",
        "all": "all",
        "trash": "trash",
    }
    NAMES: ClassVar[tuple[str, ...]] = tuple(VIEWS)
    NARROWING: ClassVar[tuple[str, ...]] = (
        "state",
        "tag",
        "site",
        "section",
        "author",
        "length",
        "highlighted",
    )

    name: str
    before: str = ""
    sort: str = ""
    chosen: ListFilter = field(default_factory=ListFilter)

    @classmethod
    def read(cls, data: Mapping[str, str], name: str = "") -> "Place":
        """Return the place that a form or address names; nonsense leads to the top of the unread list."""
        name = name or data.get("back", "")
        if name == SearchPlace.NAME:
            return SearchPlace.of(data)
        name = name if name in cls.VIEWS else "list"
        narrowing = {key: data.get(key, "") for key in cls.NARROWING}
        narrowing["site"] = read_site(narrowing["site"])
        before, sort = data.get("before", ""), data.get("sort", "")
        return cls(
            name,
            before if decode_cursor(before) else "",
            sort if sort in cls.sorts_of(name) and sort != cls.usual_sort(name) else "",
            ListFilter.of(cls.VIEWS[name], **narrowing),
        )

    @classmethod
    def top(cls, name: str) -> Self:
        """Return the first page of the whole list."""
        return cls(name, chosen=ListFilter(view=cls.VIEWS[name]))

    @staticmethod
    def usual_sort(name: str) -> str:
        return "deleted" if name == "trash" else "saved"

    @staticmethod
    def sorts_of(name: str) -> tuple[str, ...]:
        """Return the orders that the list may have; only the trash knows when a thing was deleted."""
        return tuple(sort for sort in ORDERS if sort != "deleted" or name == "trash")

    @property
    def order(self) -> str:
        return self.sort or self.usual_sort(self.name)

    @property
    def fields(self) -> dict[str, str]:
        """What a form carries along so that the act leads back here."""
        return {"back": self.name, **self._query(), **({"before": self.before} if self.before else {})}

    @property
    def as_query(self) -> str:
        """The same as the query of an address."""
        return f"?{urlencode(self.fields)}"

    @property
    def is_list(self) -> bool:
        """Whether a filter says what is there; what a search finds, only the search knows."""
        return True

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen.narrowing())

    def entries_of(self, user: User) -> SavedArticleQuerySet:
        """Return the person's entries on this list."""
        return SavedArticle.objects.of(user).matching(self.chosen)

    def at(self, before: str = "") -> Self:
        """Return another page of the same list."""
        return replace(self, before=before)

    def url(self, **more: str) -> str:
        """Return the address; ``more`` says what was just done there."""
        query = {**self._query(), "before": self.before, **more}
        query = {name: value for name, value in query.items() if value}
        return reverse(self.name) + (f"?{urlencode(query)}" if query else "")

    def has(self, saved: SavedArticle) -> bool:
        """Whether the entry, as it now is, belongs to this list's view."""
        is_there = saved.deleted_at is None
        return {
            "list": is_there and saved.archived_at is None,
            "archive": is_there and saved.archived_at is not None,
            "starred": is_there and saved.starred_at is not None,
            "all": is_there,
            "trash": not is_there,
        }[self.name]

    def _query(self) -> dict[str, str]:
        return {**self.chosen.narrowing(), **({"sort": self.sort} if self.sort else {})}


@dataclass(frozen=True, slots=True)
class SearchPlace(Place):
    """One page of what a search found. ``text`` is the query, or ``kept`` the number of a kept search."""

    NAME: ClassVar[str] = "search"

    text: str = ""
    kept: int = 0

    @classmethod
    def of(cls, data: Mapping[str, str], *, kept: int = 0) -> Self:
        """Return the place that the data name; of what makes no sense nothing is kept."""
        number, before, sort = data.get("kept", ""), data.get("before", ""), data.get("sort", "")
        kept = kept or (int(number) if is_number(number) else 0)
        return cls(
            cls.NAME,
            before if is_number(before, 19) else "",
            sort if sort == BEST_FIRST else "",
            ListFilter(view="all"),
            "" if kept else data.get("q", "").replace("\x00", "")[: MAX_QUERY_CHARACTERS + 1],
            kept,
        )

    def url(self, **more: str) -> str:
        query = {"q": self.text, "sort": self.sort, "before": self.before, **more}
        address = reverse("saved-search", args=[self.kept]) if self.kept else reverse("search")
        query = {name: value for name, value in query.items() if value}
        return address + (f"?{urlencode(query)}" if query else "")

    @property
    def is_list(self) -> bool:
        return False

    def has(self, saved: SavedArticle) -> bool:
        """Whether the search may still have found the entry: the trash is not searched."""
        return saved.deleted_at is None

    def _query(self) -> dict[str, str]:
        query = {"q": self.text, "kept": str(self.kept or ""), "sort": self.sort}
        return {name: value for name, value in query.items() if value}


def find_place(request: HttpRequest, default: Place) -> Place:
    """Return the list that the person came from, as the address says or else the browser."""
    if "back" in request.GET:
        return Place.read(request.GET.dict())
    try:
        referer = urlsplit(request.headers.get("Referer", ""))
        found = resolve(referer.path) if referer.netloc == request.get_host() else None
    except (ValueError, Resolver404):
        return default
    name = found.url_name or "" if found else ""
    query = QueryDict(referer.query).dict()
    if found and name == "saved-search":
        return SearchPlace.of(query, kept=found.kwargs["search_id"])
    return Place.read(query, name) if name in {*Place.VIEWS, SearchPlace.NAME} else default


def see_other(url: str) -> HttpResponseRedirect:
    """Answer a POST: the browser goes there by GET, whatever its HTTP version."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def find_next(request: HttpRequest) -> str:
    """Return the address on this site that the form, or the link to it, wants to go on with, or nothing."""
    target = (request.POST if request.method == "POST" else request.GET).get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours else ""


def is_number(text: str, most_digits: int = _MOST_DIGITS) -> bool:
    """Whether the text is a number of so many digits; of the usual ones every database can hold."""
    return text.isascii() and text.isdigit() and len(text) <= most_digits


def reader_of(request: HttpRequest) -> User:
    """Return the person who is logged in; only for views that need login."""
    assert isinstance(request.user, User)  # noqa: S101 - the login middleware stands before
    return request.user
