"""Visible bylines: elements that are marked as an author, and lines near the heading that begin with "by"."""

import re
from collections.abc import Callable, Iterator, Sequence

from lxml.html import HtmlElement

from reader.extraction.marks import Marks
from reader.extraction.names import people_in
from reader.extraction.tree import fold

_MOST_CHARS = 160
# A page that marks more of a kind is a list, and each is searched with regular expressions.
_MOST_ELEMENTS = 200
# What stands in every class that the pattern is for: plain words are looked up ten times faster.
_AUTHOR_PARTS = (
    *("uthor", "utor", "uteur", "yline", "y-line", "enulis", "eporter", "ontributor", "riter", "erfasser"),
    *("ser", "osted"),
)
_AUTHOR_CLASS = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))(?:author(?:s|name)?|autor(?:en|enzeile|in|es)?|auteurs?|by-?lines?|penulis"
    r"|reporters?|contributors?|writer|verfasser|user_*-?name|posted-?by)(?=$|[\s_-]|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_NO_BYLINE = re.compile(
    r"comment|bio|avatar|image|photo|follow|social|button|desc|count|date|time|title|job|role", re.IGNORECASE
)
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|penulis|reporter|redaktion|editors?|by|newsteam)/[^/?#]"
)
_BYLINE = re.compile(
    r"(?:ditulis oleh|oleh|penulis|written by|posted by|by|text"
    r"|(?:ein )?(?:text |interview |(?:blog )?beitrag |artikel )?von"
    r"|autor(?:in)?|auteur|par|por|door|reporter)(?:\s?:\s?|\s).{3,100}",
    re.IGNORECASE,
)

# "05.02.2020 - Redaktion: Ratna Wulandari", "Kota | By Ratna Wulandari".
_BYLINE_WITHIN = re.compile(
    r"[|·•–—-]\s?(?:oleh\s|by\s|von\s|(?:redaktion|autor(?:in)?|penulis|author|reporter)\s?:).{3,80}",
    re.IGNORECASE,
)


def find_bylines(marks: Marks) -> list[str]:
    """The names of the first place on the page that names anyone, the surest kind of mark first."""
    for find, is_certain in _KINDS:
        found = [each for each in find(marks)[:_MOST_ELEMENTS] if not marks.is_aside(each)]
        for element in found:
            if names := _names_of(element, is_certain=is_certain):
                together = (_names_of(each, is_certain=is_certain) for each in _beside(element, found))
                return list(dict.fromkeys(name for each in (names, *together) for name in each))
    for line in (*marks.lines, *marks.lines_above):
        match = _BYLINE.fullmatch(line) or _BYLINE_WITHIN.search(line)
        names = people_in(match[0].lstrip("|·•–—- ")) if match else []
        if names and " " in names[0]:
            return [name for name in names if " " in name]
    return []


def _names_of(element: HtmlElement, *, is_certain: bool) -> list[str]:
    text = fold(element.get("content") or " ".join(map(str, element.itertext())))
    names = people_in(text, is_certain=is_certain) if 1 < len(text) <= _MOST_CHARS else []
    # Several single words are topics, or the buttons of a bar.
    is_list = len(names) > 2 and not any(" " in name for name in names)
    return [] if is_list and not is_certain else names


def _beside(element: HtmlElement, others: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """Those of the others that stand in the same two levels around an element."""
    parent = element.getparent()
    around = {parent, parent.getparent() if parent is not None else None} - {None}
    for each in others:
        if each is not element and not around.isdisjoint(list(each.iterancestors())[:2]):
            yield each


def _rel_authors(marks: Marks) -> list[HtmlElement]:
    return [each for each in marks.links() if "author" in each.get("rel", "").split()]


def _author_items(marks: Marks) -> list[HtmlElement]:
    return [each for each in marks.items if each.get("itemprop") in {"author", "creator"}]


def _author_cards(marks: Marks) -> list[HtmlElement]:
    """The hCard of blogs: `<span class="author vcard">`."""
    return [
        each for each in marks.classed("vcard") if {"author", "vcard"} <= {*each.get("class", "").split()}
    ]


def _author_classes(marks: Marks) -> list[HtmlElement]:
    return [
        each
        for each in marks.classed(*_AUTHOR_PARTS)
        if _AUTHOR_CLASS.search(name := each.get("class", "")) and not _NO_BYLINE.search(name)
    ]


def _author_links(marks: Marks) -> list[HtmlElement]:
    return [each for each in marks.links() if _AUTHOR_LINK.search(each.get("href", ""))]


# How authors are marked, and whether such a mark is certain; the surest first.
_KINDS: tuple[tuple[Callable[[Marks], list[HtmlElement]], bool], ...] = (
    (_rel_authors, True),
    (_author_items, True),
    (_author_cards, True),
    (_author_classes, False),
    (_author_links, False),
)
