"""The meta elements of a page: names and values as their authors wrote them, one pass for all."""

import html
import re
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from reader.extraction.tree import fold

_MAX_TAGS = 500
# "cXenseParse:author", "dcsext.author", "articleauthor", "citation_author", "article:byline".
_AUTHOR = re.compile(r"(?:author|byline|byl|creator)s?$")
_NO_AUTHOR = frozenset({"twitter:creator", "article:publisher"})
# "article:published_time", "DC.date.issued", "pubdate", "cXenseParse:recs:publishtime", "date".
_PUBLISHED = re.compile(
    r"(?:publish(?:ed)?|pub|issued?|created?|publication)[-_:.]?(?:time|date|at|on)?$|(?:^|[.:_-])(?:date|issued)$"
)
_ANY_DATE = ("date", "dc.date", "dcterms.date")
_NO_DATE = re.compile(r"modif|updat|expir|valid|birth|last|first")


class MetaTags:
    """Every meta's values by its lower-case name or property; a missing name has the empty text."""

    def __init__(self, tree: HtmlElement) -> None:
        self._values: dict[str, list[str]] = {}
        for element in islice(tree.iter("meta"), _MAX_TAGS):
            content = element.get("content", "")
            content = fold(html.unescape(content) if "&" in content else content)
            name = _name_of(element)
            if name and content:
                self._values.setdefault(name, []).append(content)

    def get(self, *names: str) -> str:
        """The first value of the first of these names that has any."""
        return next((self._values[name][0] for name in names if name in self._values), "")

    def all_of(self, *names: str) -> list[str]:
        return [value for name in names for value in self._values.get(name, [])]

    def authors(self) -> list[list[str]]:
        """The values of each name that ends in a word for an author, the usual names first."""
        return self._matching(("author", "article:author"), _AUTHOR, _NO_AUTHOR)

    def published(self) -> list[str]:
        """The values of every name that ends in a word for publishing, the usual names first."""
        usual = ("article:published_time", "datepublished", "pubdate", "publishdate")
        excluded = {*_ANY_DATE, *(name for name in self._values if _NO_DATE.search(name))}
        return [value for values in self._matching(usual, _PUBLISHED, excluded) for value in values]

    def dated(self) -> list[str]:
        """The values of names that are some date of the page, often that of its last change."""
        return self.all_of(*_ANY_DATE)

    def _matching(
        self, usual: Iterable[str], form: re.Pattern[str], excluded: Iterable[str]
    ) -> list[list[str]]:
        names = dict.fromkeys([*usual, *(name for name in self._values if form.search(name))])
        return [self._values[name] for name in names if name not in excluded and name in self._values]


def _name_of(element: HtmlElement) -> str:
    name = element.get("property") or element.get("name")
    item = "" if name else element.get("itemprop", "")
    # In microdata an author may be that of a comment or of a work that is quoted.
    return (name or ("" if _AUTHOR.search(item) else item)).strip().lower()
