"""Where on the lists a person is, so that every act leads back there."""

from dataclasses import dataclass
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.urls import reverse

from reader.models import SavedArticle, User
from reader.models.saved_article import SavedArticleQuerySet
from reader.web.paging import decode_cursor


@dataclass(frozen=True, slots=True)
class Place:
    """One page of one list. ``name`` is the list's URL name; ``before`` a cursor, empty on the first page."""

    NAMES: ClassVar[tuple[str, ...]] = ("list", "archive")

    name: str
    before: str = ""

    @classmethod
    def read(cls, data: QueryDict) -> Self:
        """Return the place that a form or address names; nonsense leads to the top of the unread list."""
        name, before = data.get("back", ""), data.get("before", "")
        return cls(name if name in cls.NAMES else "list", before if decode_cursor(before) else "")

    def entries_of(self, user: User) -> SavedArticleQuerySet:
        """Return the person's entries on this list."""
        own = SavedArticle.objects.of(user)
        return own.archived() if self.name == "archive" else own.unread()

    def url(self, *, undo: str = "") -> str:
        query = {name: value for name, value in (("before", self.before), ("undo", undo)) if value}
        return reverse(self.name) + (f"?{urlencode(query)}" if query else "")


def see_other(url: str) -> HttpResponseRedirect:
    """Answer a POST: the browser goes there by GET, whatever its HTTP version."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def reader_of(request: HttpRequest) -> User:
    """Return the person who is logged in; only for views that need login."""
    assert isinstance(request.user, User)  # noqa: S101 - the login middleware stands before
    return request.user
