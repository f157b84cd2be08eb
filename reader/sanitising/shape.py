"""The first gate: any string → well-formed, shallow HTML of allowed elements that every parser reads alike.

What parsers disagree about (blocks in paragraphs, text in tables, unclosed and crossed elements, foreign
namespaces) is gone from its output; that keeps the later gates linear and makes them agree.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from reader.sanitising.policy import (
    ATTRIBUTES,
    CHARACTERS_A_NODE,
    DROPPED_WITH_CONTENT,
    ELEMENTS,
    INLINE,
    MAX_CHILDREN,
    MAX_DEPTH,
    MAX_INPUT_CHARS,
    MAX_NODES,
    MAX_TEXT_CHARS,
    PARTS,
    REL,
    TEXT_BLOCKS,
    VOID,
    allowed_value,
)

# The control characters that no text needs, and U+FFFE and U+FFFF. Line ends become \n, as in HTML.
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF} - {*b"\t\n\f\r"}
_CLEAN = dict.fromkeys(_CONTROLS) | {ord("\f"): " ", ord("\r"): "\n"}
_UNCLEAN = re.compile("[^\t\n\x20-\x7e\xa0-\ufffd\U00010000-\U0010ffff]")
_BLANK = " \t\n\f\r"
_NOT_BLANK = re.compile(f"[^{_BLANK}]")
_ALIASES = {"h1": "h2"}
# Of what a part is a part, the wholes that it cannot leave, and what stands between the two.
_WHOLES = frozenset({"ul", "ol", "dl", "table", "figure"})
_BODIES = ("tbody", "thead", "tfoot")
_OWNERS = {
    "li": ("ul", "ol"),
    "dt": ("dl",),
    "dd": ("dl",),
    "figcaption": ("figure",),
} | dict.fromkeys((*_BODIES, "caption", "tr", "td", "th"), ("table",))
_PATHS: dict[str, tuple[tuple[str, ...], ...]] = {
    "tr": (_BODIES,),
    "td": (_BODIES, ("tr",)),
    "th": (_BODIES, ("tr",)),
}

_PARSER = etree.HTMLParser(
    encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
)


def shape(html: str) -> list[str]:
    """``html`` reduced to the policy, in pieces that each are well-formed; joined they are the whole.

    Elements deeper than the policy allows are flattened, what is too much is cut off. Input nested
    deeper than 256, where libxml2 stops, ends there; the pipeline refuses such pages long before.
    """
    root = _parse(html)
    writer = _Writer()
    if root is not None:
        for event, element in _walk(root):
            if event == "start":
                writer.start(element)
                writer.text(element.text)
            else:
                writer.end(element)
                writer.text(element.tail)
            if writer.is_full():
                break
    return writer.finish()


def shape_text(html: str) -> list[str]:
    """The text of ``html`` alone, a paragraph a block, in pieces as ``shape`` gives them."""
    root = _parse(html)
    writer = _Writer()
    words: list[str] = []
    if root is not None:
        for event, element in _walk(root):
            if element.tag not in INLINE:
                writer.paragraph("".join(words))
                words.clear()
            words.append((element.text if event == "start" else element.tail) or "")
    writer.paragraph("".join(words))
    return writer.finish()


def _parse(html: str) -> "etree._Element | None":
    text = _clean(html[:MAX_INPUT_CHARS].replace("\r\n", "\n"))
    page = b"<!DOCTYPE html><html><body>" + text.encode("utf-8", "replace")
    try:
        return etree.fromstring(page, _PARSER)
    except etree.LxmlError:
        return None


def _walk(root: "etree._Element") -> "Iterator[tuple[str, etree._Element]]":
    """Start and end of every element in order; one that goes with its content has its end only."""
    for page in (root, *root.itersiblings()):  # what stands after </html> is another page to libxml2
        walk = etree.iterwalk(page, events=("start", "end"))
        for event, element in walk:
            if event == "start" and element.tag in DROPPED_WITH_CONTENT:
                walk.skip_subtree()
            else:
                yield event, element


def _clean(text: str) -> str:
    return text.translate(_CLEAN) if _UNCLEAN.search(text) else text


def _escape(text: str) -> str:
    text = _clean(text)  # again: a character reference can name what may not be written out
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;")


@dataclass(slots=True)
class _Frame:
    """An element that is open in the output, and where in the input it came from (None: we made it)."""

    name: str
    attributes: str = ""
    source: "etree._Element | None" = None
    children: int = 0


@dataclass(slots=True)
class _Writer:
    """Writes elements so that each stands where HTML allows it, closing and opening others as needed.

    ``open`` is always: blocks that may hold blocks, then at most one that holds text only, then inline.
    """

    parts: list[str] = field(default_factory=list)
    open: list[_Frame] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    nodes: int = 0

    def start(self, element: "etree._Element") -> None:
        self.nodes += 1
        name = str(element.tag)
        name = _ALIASES.get(name, name)
        if name not in ELEMENTS or len(self.open) >= MAX_DEPTH:
            return
        attributes = _write_attributes(name, element)
        if name in INLINE or name == "br":
            self.start_inline(name, attributes, element)
            return
        self.close_text_block()
        if name in _OWNERS and not self.make_place(name):
            if name in PARTS:  # a row or a body of no table
                return
            name, attributes = "p", ""  # text must not run together
        if name not in _OWNERS:
            self.make_parts()
        self.write(name, attributes, element)

    def start_inline(self, name: str, attributes: str, element: "etree._Element") -> None:
        if name == "a" and (not attributes or any(frame.name == "a" for frame in self.open)):
            return  # leads nowhere, or stands in another link
        if name == "br" and self.holds_parts():
            return
        self.make_parts()
        self.write(name, attributes, element)

    def write(self, name: str, attributes: str, source: "etree._Element | None" = None) -> None:
        if self.open:
            if self.open[-1].children >= MAX_CHILDREN:
                self.continue_in_twins()
            self.open[-1].children += 1
        elif len(self.parts) >= MAX_CHILDREN:
            self.finish_piece()
        self.parts.append(f"<{name}{attributes}>")
        if name not in VOID:
            self.open.append(_Frame(name, attributes, source))

    def continue_in_twins(self) -> None:
        """Close the innermost element, and those around it that are full too, and open them once more."""
        depth = len(self.open) - 1
        while depth and self.open[depth - 1].children >= MAX_CHILDREN:
            depth -= 1
        again = self.open[depth:]
        self.close_to(depth)
        for frame in again:
            self.write(frame.name, frame.attributes, frame.source)

    def text(self, text: str | None) -> None:
        if not text or (self.holds_parts() and not _NOT_BLANK.search(text)):
            return
        self.make_parts()
        for start in range(0, len(text), MAX_TEXT_CHARS):
            if self.is_full():
                break
            if start and self.open:
                self.continue_in_twins()
            elif start:
                self.finish_piece()
            self.write_text(text[start : start + MAX_TEXT_CHARS])

    def paragraph(self, text: str) -> None:
        if folded := " ".join(text.split()):
            self.write("p", "")
            self.text(folded)
            self.close_to(0)

    def write_text(self, text: str) -> None:
        if self.parts and self.parts[-1].startswith("<pre"):
            text = text.lstrip("\r\n")  # HTML parsers drop the first line end in there, one a parse
        escaped = _escape(text)
        if escaped:
            self.nodes += escaped.count("&") // CHARACTERS_A_NODE
            self.parts.append(escaped)

    def end(self, element: "etree._Element") -> None:
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth].source is element:
                self.close_to(depth)
                return

    def close_to(self, depth: int) -> None:
        while len(self.open) > depth:
            self.parts.append(f"</{self.open.pop().name}>")

    def close_text_block(self) -> None:
        depth = len(self.open)
        while depth and self.open[depth - 1].name in INLINE:
            depth -= 1
        if depth and self.open[depth - 1].name in TEXT_BLOCKS:
            depth -= 1
        self.close_to(depth)

    def is_full(self) -> bool:
        return self.nodes > MAX_NODES

    def holds_parts(self) -> bool:
        return bool(self.open) and self.open[-1].name in PARTS

    def make_parts(self) -> None:
        """Open the cell, item or description that text and blocks need where only parts may stand."""
        while self.holds_parts():
            self.write(PARTS[self.open[-1].name][0], "")

    def make_place(self, name: str) -> bool:
        """Make room for a part in the innermost list, table or figure; False where it is no part of that."""
        depth = len(self.open)
        while depth and self.open[depth - 1].name not in _WHOLES:
            depth -= 1
        if not depth or self.open[depth - 1].name not in _OWNERS[name]:
            return False
        below = [frame.name for frame in self.open[depth:]]
        for wanted in _PATHS.get(name, ()):  # the rows and bodies between a table and its cell
            if below and below[0] in wanted:
                below.pop(0)
                depth += 1
            else:
                self.close_to(depth)
                self.write(wanted[0], "")
                below = []
                depth += 1
        self.close_to(depth)
        return True

    def finish_piece(self) -> None:
        self.pieces.append("".join(self.parts))
        self.parts.clear()

    def finish(self) -> list[str]:
        self.close_to(0)
        self.finish_piece()
        self.pieces[0] = self.pieces[0].lstrip(_BLANK)
        self.pieces[-1] = self.pieces[-1].rstrip(_BLANK)
        return self.pieces


def _write_attributes(name: str, element: "etree._Element") -> str:
    allowed = ATTRIBUTES.get(name, frozenset())
    values: dict[str, str] = {}
    for attribute, value in element.items():
        if attribute in allowed:
            kept = allowed_value(name, attribute, value)
            if kept is not None:
                values[attribute] = kept
    if name == "a":
        if "href" not in values:
            return ""
        values["rel"] = REL
    return "".join(
        f' {attribute}="{value.replace("&", "&amp;")}"' for attribute, value in sorted(values.items())
    )
