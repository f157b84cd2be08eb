"""Where a page shows byline and date: marked elements in page order, and short lines around the heading."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.index import PageIndex, index_of
from reader.extraction.tree import fold, text_of

_ITEMS = etree.XPath("//*[@itemprop]")
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|disqus|related|sidebar|widget|recommend\w*|popular|trending|most|latest"
    r"|newsletter|promo|menu|nav|breadcrumbs?|footer|teasers?|cards?|terkait|terkini|terpopuler)(?=$|[\s_-])",
    re.IGNORECASE,
)
_ASIDE_TAGS = frozenset({"nav", "aside", "form", "figure", "figcaption", "blockquote"})
_MOST_LEVELS = 40
_LINES_AFTER = 100
_LINES_BEFORE = 12
_MOST_CHARS = 160
_MOST_TIMES = 20
_MOST_CHILDREN = 12
_MOST_HEADINGS = 40
_DATELINE_CHARS = 45
_MOST_PARAGRAPHS = 8
# White space between the tags of a line counts here.
_MOST_RAW_CHARS = 400
_WORD = re.compile(r"\w+")
_NO_LINES = frozenset({"script", "style", "noscript", "svg", "select", "option", "iframe", "template"})


class Marks:
    """The marked elements of a page, those outside of comments, side bars and lists of other articles."""

    def __init__(self, tree: HtmlElement, title: str) -> None:
        self._tree = tree
        self._title = title

    @cached_property
    def heading(self) -> HtmlElement | None:
        """The heading that is the title, or holds it."""
        return _find_heading(self._tree, self._title)

    @cached_property
    def _around(self) -> set[HtmlElement]:
        return set() if self.heading is None else {self.heading, *self.heading.iterancestors()}

    @cached_property
    def _index(self) -> PageIndex:
        return index_of(self._tree) or PageIndex(self._tree)

    def classed(self, *parts: str) -> list[HtmlElement]:
        """The elements in whose class any of the parts stands, in page order."""
        return self._index.find_parts(parts, ("class",))

    @cached_property
    def items(self) -> list[HtmlElement]:
        """The elements that are marked as a property in the page's microdata."""
        return list(_ITEMS(self._tree))

    @cached_property
    def times(self) -> list[HtmlElement]:
        return list(islice(self._tree.iter("time"), _MOST_TIMES))

    def links(self) -> Iterator[HtmlElement]:
        return self._tree.iter("a")

    def is_aside(self, element: HtmlElement) -> bool:
        """Whether an element belongs to comments, a side bar or a list, and the heading does not."""
        for each in islice(element.iterancestors(), _MOST_LEVELS):
            if each in self._around or each.tag in {"body", "html"}:
                return False
            if each.tag in _ASIDE_TAGS or _ASIDE.search(f"{each.get('class', '')} {each.get('id', '')}"):
                return True
        return False

    @cached_property
    def lines(self) -> list[str]:
        """The short texts in and after the heading, in order."""
        return [text for text in self._texts if len(text) <= _MOST_CHARS]

    @cached_property
    def openings(self) -> list[str]:
        """The first words of the first paragraphs, where agencies and press offices put their dateline."""
        return [text[:_DATELINE_CHARS] for text in self._texts if len(text) > _MOST_CHARS]

    @cached_property
    def lines_above(self) -> list[str]:
        """The short texts before the heading, the nearest first; a newspaper's own date may be among them."""
        if self.heading is None:
            return []
        before = islice(_preceding(self.heading), _LINES_BEFORE)
        return [text for text in _texts_of(before) if len(text) <= _MOST_CHARS]

    @cached_property
    def _texts(self) -> list[str]:
        if self.heading is None:
            return []
        after = islice(_following(self.heading), _LINES_AFTER)
        return [*_texts_of(self.heading.iterdescendants()), *_texts_of(after), text_of(self.heading)]


def _find_heading(tree: HtmlElement, title: str) -> HtmlElement | None:
    """The heading that is the title or holds it, the highest level first; else the first that has a text."""
    key = _letters(title)
    main = list(islice(tree.iter("h1"), _MOST_HEADINGS))
    for headings in (main, islice(tree.iter("h2", "h3", "h4"), _MOST_HEADINGS)):
        for each in headings:
            if key and key in _letters(text_of(each)):
                return each
    return next((each for each in main if text_of(each)), None)


def _letters(text: str) -> str:
    """Only letters and digits, in one case: signs between a kicker and a title differ."""
    return "".join(_WORD.findall(text.casefold()))


def _following(element: HtmlElement) -> Iterator[HtmlElement]:
    """All elements that begin after this one has ended, in page order."""
    for each in (element, *element.iterancestors()):
        for sibling in each.itersiblings():
            yield from sibling.iter("*")


def _preceding(element: HtmlElement) -> Iterator[HtmlElement]:
    """The siblings before this element and before those that hold it, the nearest first."""
    for each in islice((element, *element.iterancestors()), 3):
        for sibling in each.itersiblings(preceding=True):
            yield from reversed(list(islice(sibling.iter("*"), _LINES_BEFORE)))


def _texts_of(elements: Iterable[HtmlElement]) -> Iterator[str]:
    """The texts of those that are lines, and the beginnings of paragraphs until the article has begun.

    A date further on in the article is not its own.
    """
    paragraphs = 0
    for element in elements:
        if element.tag in _NO_LINES or len(element) > _MOST_CHILDREN:
            continue
        raw = str(element.text_content())
        text = fold(raw[:_MOST_RAW_CHARS])
        if element.tag != "p" and len(raw) > _MOST_RAW_CHARS:
            continue
        yield text
        if element.tag == "p" and len(text) > _MOST_CHARS:
            paragraphs += 1
            if paragraphs == _MOST_PARAGRAPHS:
                return
