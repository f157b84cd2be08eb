"""Where a page shows byline and date: marked elements in page order, and short lines around the heading."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.index import PageIndex, index_of
from reader.extraction.tree import fold, text_of

_VISIBLE = etree.XPath("//text()[not(parent::script or parent::style or parent::noscript)]")
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
# "Datum 28.04.2023", "Veröffentlicht am: 4. Mai 2024".
_PUBLISHED = re.compile(
    r"\b(?:datum|date|tanggal|diterbitkan|terbit|published|posted|veröffentlicht|erstellt|publié|publicado)"
    r"\s{0,9}(?:am|on|pada|le|el)?\s?:?\s{0,20}(?=((?:\w{2,12},?\s)?\d[^\n]{5,40}))",
    re.IGNORECASE,
)
# "zuletzt am 29. Januar 2020 geändert", "Letzte Änderung: 14.01.2022", "last edited 2019-11-10 13:28:18".
_CHANGED = re.compile(
    r"(?:last (?:edited|modified|updated|changed)|zuletzt|aktualisiert|letzte (?:änderung|aktualisierung)"
    r"|diperbarui|diubah|dernière (?:modification|mise à jour)|última (?:edición|actualización)):?\s{0,20}"
    r"([^\n]{6,60})",
    re.IGNORECASE,
)
_MOST_LAST_CHARS = 100_000
_WORD = re.compile(r"\w+")
_FIGURES = frozenset({"figure", "figcaption"})
_NO_LINES = frozenset(
    {
        "html",
        "head",
        "meta",
        "link",
        "title",
        "script",
        "style",
        "noscript",
        "svg",
        "select",
        "option",
        "iframe",
        "template",
    }
)


class Marks:
    """The marked elements of a page, those outside of comments, side bars and lists of other articles."""

    def __init__(self, tree: HtmlElement, title: str) -> None:
        self._tree = tree
        self._title = title
        # By the parent: 20,000 links of one list would each look at all that holds them.
        self._asides: dict[HtmlElement | None, bool] = {}

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
        parent = element.getparent()
        if parent not in self._asides:
            self._asides[parent] = self._is_within_aside(element)
        return self._asides[parent]

    def _is_within_aside(self, element: HtmlElement) -> bool:
        for each in islice(element.iterancestors(), _MOST_LEVELS):
            if each in self._around or each.tag in {"body", "html"}:
                return False
            if each.tag in _ASIDE_TAGS or _ASIDE.search(f"{each.get('class', '')} {each.get('id', '')}"):
                return True
        return False

    @cached_property
    def lines(self) -> list[str]:
        """The short texts in and after the heading, in order; those at the page's top where there is none."""
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

    def told_published(self) -> list[str]:
        """What follows a word for publishing, anywhere on the page."""
        return self._told(_PUBLISHED)

    def told_changed(self) -> list[str]:
        """What follows the words for a last change; a wiki has no other date."""
        return self._told(_CHANGED)

    def _told(self, form: re.Pattern[str]) -> list[str]:
        found = islice(form.finditer(self._end), _MOST_TIMES)
        return [match[1] for match in found]

    @cached_property
    def _end(self) -> str:
        return " ".join(map(str, _VISIBLE(self._tree)))[-_MOST_LAST_CHARS:]

    @cached_property
    def _texts(self) -> list[str]:
        if self.heading is None:
            top = (each for body in self._tree.iter("body") for each in body.iter("*"))
            return list(_texts_of(islice(top, _LINES_AFTER)))
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
        if element.tag in _NO_LINES or _is_in_figure(element):
            continue
        raw = str(element.text_content()) if len(element) <= _MOST_CHILDREN else ""
        text = fold(raw[:_MOST_RAW_CHARS])
        if not raw or (element.tag != "p" and len(raw) > _MOST_RAW_CHARS):
            yield from _bare_lines(element)
            continue
        yield text
        if element.tag == "p" and len(text) > _MOST_CHARS:
            paragraphs += 1
            if paragraphs == _MOST_PARAGRAPHS:
                return


def _is_in_figure(element: HtmlElement) -> bool:
    return element.tag in _FIGURES or any(each.tag in _FIGURES for each in islice(element.iterancestors(), 3))


def _bare_lines(element: HtmlElement) -> Iterator[str]:
    """The short texts between a long element's children, "<a>Name</a>, 4 May 2024", up to the first long."""
    for text in (element.text, *(child.tail for child in islice(element, _MOST_CHILDREN))):
        line = fold(text) if text and len(text) <= _MOST_RAW_CHARS else text or ""
        if len(line) > _MOST_CHARS:
            return
        if line:
            yield line
