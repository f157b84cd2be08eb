"""Any markup → a flat row of clean blocks: paragraphs, headings, lists, quotes, tables, figures.

Text between two line breaks, bare text in a container and pictures inside paragraphs are what real pages
are made of; each becomes a block of its own.
"""

import copy
import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from reader.extraction.tree import make, text_of, without_invisible

_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small"}
    | {"strong", "sub", "sup", "time", "u"}
)
# Neither inline nor block: their content counts as if they were not there.
_TRANSPARENT = frozenset(
    {"span", "font", "label", "big", "tt", "strike", "bdi", "bdo", "wbr", "nobr", "data"}
    | {"acronym", "dfn", "var", "output", "ruby", "rb", "rp", "rt"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WHOLE = frozenset({"ul", "ol", "dl", "table", "figure", "pre"})

# Marks of the blocks between which the page has a rule, until it is drawn.
_ABOVE, _BELOW = "data-above-rule", "data-below-rule"

_SPACES = re.compile(r"[ \t\r\n]+")
# Between two words it is an editor's slip; in a row they hold the chords of a song in place.
_SINGLE_NBSP = re.compile(r"(?<![\xa0 ])\xa0(?![\xa0 ])")


def flatten(content: HtmlElement) -> HtmlElement:
    """Return a new ``div`` of blocks; nothing in it is empty."""
    row = _Row(make("div"))
    row.flow(content)
    row.end_block()
    return row.root


def draw_rules(row: HtmlElement) -> None:
    """Put the page's rules between blocks that still are neighbours: others framed what is gone."""
    for block in list(row):
        above, rule = block.getprevious(), block.get(_BELOW)
        if above is not None and rule and rule == above.get(_ABOVE) and above.tag not in _HEADINGS:
            block.addprevious(make("hr"))


@dataclass(slots=True)
class _Row:
    """Writes blocks one after the other; ``wanted`` are the inline elements around the place in the page,
    ``made`` those of them that the block in hand has already,
    ``texts`` what is still to be written there."""

    root: HtmlElement
    tag: str = "p"
    block: HtmlElement | None = None
    wanted: list[HtmlElement] = field(default_factory=list)
    made: list[HtmlElement] = field(default_factory=list)
    breaks: int = 0
    is_ruled: bool = False
    texts: list[str] = field(default_factory=list)

    def flow(self, element: HtmlElement) -> None:
        self.text(element.text)
        for child in list(element):
            self.place(child)
            self.text(child.tail)

    def place(self, element: HtmlElement) -> None:
        tag = str(element.tag)
        if tag == "br":
            self.breaks += 1
        elif tag == "hr":
            self.end_block()
            self.is_ruled = True
        elif tag in _INLINE:
            self.wanted.append(element)
            self.flow(element)
            self.wanted.pop()
            self.write()
            del self.made[len(self.wanted) :]
        elif tag in _TRANSPARENT:
            self.flow(element)
        elif tag in _HEADINGS:
            self.part(element, tag)
        elif tag == "blockquote":
            self.quote(element)
        elif tag in _WHOLE and not _is_layout(element):
            self.whole(element)
        else:
            self.part(element, self.tag if tag != "p" else "p")

    def part(self, element: HtmlElement, tag: str) -> None:
        """What is in this element is a block of its own, or several."""
        self.end_block()
        outer, self.tag = self.tag, tag
        self.flow(element)
        self.end_block()
        self.tag = outer

    def quote(self, element: HtmlElement) -> None:
        self.end_block()
        inner = _Row(make("blockquote"))
        if element.get("class"):
            inner.root.set("class", element.get("class", ""))
        inner.flow(element)
        inner.end_block()
        if len(inner.root):
            self.append(inner.root)

    def whole(self, element: HtmlElement) -> None:
        self.end_block()
        if text_of(element):
            copied = copy.copy(element)
            copied.tail = None
            if copied.tag == "pre":
                _trim_start(copied)
            self.append(copied)

    def append(self, block: HtmlElement) -> None:
        if self.is_ruled and len(self.root):
            number = str(len(self.root))
            self.root[-1].set(_ABOVE, number)
            block.set(_BELOW, number)
        self.is_ruled = False
        self.root.append(block)

    def end_block(self) -> None:
        if self.block is not None:
            self.write()
            _trim_end(self.block)
        self.block = None
        self.made = []
        self.breaks = 0

    def text(self, text: str | None) -> None:
        if not text:
            return
        text = _SINGLE_NBSP.sub(" ", _SPACES.sub(" ", without_invisible(text)))
        if not text.strip():
            if self.block is not None and not self.breaks:
                self.texts.append(" ")
            return
        if self.block is not None and self.breaks > 1:
            self.end_block()
        if self.block is None:
            self.block = make(self.tag)
            self.append(self.block)
            self.breaks = 0
            text = text.lstrip()
        self.open_inline()
        if self.breaks:
            self.write()
            self.place_to_write().append(make("br"))
            self.breaks = 0
            text = text.lstrip(" ")
        self.texts.append(text)

    def open_inline(self) -> None:
        if len(self.wanted) > len(self.made):
            self.write()
        for element in self.wanted[len(self.made) :]:
            twin = make(str(element.tag), **{str(name): str(value) for name, value in element.items()})
            self.place_to_write().append(twin)
            self.made.append(twin)

    def place_to_write(self) -> HtmlElement:
        assert self.block is not None  # noqa: S101 - text() has made it
        return self.made[-1] if self.made else self.block

    def write(self) -> None:
        """Put the texts so far where the last element stands, all at once: one by one each would copy all."""
        text = "".join(self.texts)
        self.texts = []
        if not text:
            return
        place = self.place_to_write()
        if len(place):
            place[-1].tail = (place[-1].tail or "") + text
        else:
            place.text = (place.text or "") + text


def _trim_start(code: HtmlElement) -> None:
    """Take empty lines from the start of code, however deep its first text stands."""
    place = code
    while True:
        while not (place.text or "").strip() and len(place) and place[0].tag == "br":
            place.text = place[0].tail
            place.remove(place[0])
        if place.text:
            place.text = place.text.lstrip("\r\n")
        if place.text or not len(place):
            return
        place = place[0]


def _trim_end(block: HtmlElement) -> None:
    """Take the white space from the end of the block, however deep its last text stands."""
    place = block
    while len(place) and not (place[-1].tail or "").strip():
        place[-1].tail = None
        place = place[-1]
    if len(place):
        place[-1].tail = (place[-1].tail or "").rstrip()
    elif place.text:
        place.text = place.text.rstrip()


def _is_layout(element: HtmlElement) -> bool:
    """Whether a table only holds things in place: one cell, or cells with paragraphs of text."""
    if element.tag != "table":
        return False
    cells = sum(1 for _ in element.iter("td", "th"))
    return cells <= 1 or sum(len(text_of(each)) > 200 for each in element.iter("p")) > 2
