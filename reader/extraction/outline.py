"""A page as numbered blocks of plain text, for people who point at parts of it.

Nothing of its markup is left. The numbers are those of the elements in the page as it is parsed, so they
are the same each time.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from reader.extraction.budget import keep_affordable
from reader.extraction.decode import decode
from reader.extraction.parse import parse
from reader.extraction.prune import find_by_tokens
from reader.extraction.tree import ask, elements_of, fold
from reader.sites import SiteRule
from reader.sites.pointing import Candidate, lasting_name, suggest_xpaths
from reader.values import Page

MAX_BLOCKS = 1_200
_MOST_CHARACTERS = 600
_MOST_DEPTH = 60

_UNSEEN = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "math", "object", "embed", "iframe", "option"}
    | {"input", "textarea", "select", "link", "meta", "br", "hr", "source", "track", "canvas", "map"}
)
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "s",
        "small",
        "sub",
        "sup",
        "mark",
        "cite",
        "q",
        "code",
        "font",
    }
    | {"span", "label", "bdi", "bdo", "del", "ins", "kbd", "picture", "tbody", "thead", "center"}
)
_BLANK = re.compile(r"\W+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One part of the page. ``text`` is its own plain text, without that of the blocks in it.

    ``role`` is the directive that finds it (title, author, date, body, strip) or ""; ``fate`` is kept,
    removed or outside: in the article, in its part of the page and not in the article, or elsewhere.
    """

    number: int
    depth: int
    tag: str
    name: str
    text: str
    role: str = ""
    fate: str = "outside"


@dataclass(frozen=True, slots=True)
class Outline:
    """The blocks in the order of the page; ``is_cut``: there are more than are shown."""

    blocks: tuple[Block, ...]
    is_cut: bool


def outline_page(page: Page, rule: SiteRule, article_text: str) -> Outline:
    """The page as blocks, marked by what the rule does with them and by what became of their text.

    Raises TooComplex and NoArticle, as the extraction does.
    """
    tree = _read(page)
    rule, _ = keep_affordable(rule, tree, len(page.body))
    marking = _mark(tree, rule, article_text)
    parts = list(_parts_of(tree))
    blocks = tuple(_make_block(part, marking) for part in parts[:MAX_BLOCKS])
    return Outline(blocks, len(parts) > MAX_BLOCKS)


def point_at(page: Page, number: int, directive: str) -> tuple[Candidate, ...]:
    """XPaths for the block of this number; none where there is no such block."""
    tree = _read(page)
    element = next((each for at, each in enumerate(tree.iter()) if at == number), None)
    return suggest_xpaths(tree, element, directive) if isinstance(element, HtmlElement) else ()


def count_found(page: Page, xpaths: tuple[str, ...]) -> tuple[int, ...]:
    """How many places each of the XPaths finds on the page."""
    tree = _read(page)
    return tuple(len(ask(tree, xpath)) for xpath in xpaths)


def _read(page: Page) -> HtmlElement:
    return parse(decode(page.body, page.content_type)[0])


# --- parts: which elements are blocks ---


@dataclass(slots=True)
class _Part:
    element: HtmlElement
    number: int
    depth: int
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return fold("".join(self.texts))[:_MOST_CHARACTERS]


def _parts_of(tree: HtmlElement) -> Iterator[_Part]:
    """The blocks that hold a text or a picture of their own, and the named containers around several."""
    numbers = {element: number for number, element in enumerate(tree.iter())}
    root = _Part(tree, 0, 0)
    for part, holds in _collect(root, tree, numbers, 0):
        tag = part.element.tag
        is_box = holds > 1 and tag not in {"html", "body"} and lasting_name(part.element) != "div"
        if part.text or tag == "img" or is_box:
            yield part


def _collect(
    part: _Part, element: HtmlElement, numbers: dict[HtmlElement, int], level: int
) -> list[tuple[_Part, int]]:
    """The part with those within it, in page order, each with how many stand directly in it."""
    within: list[tuple[_Part, int]] = []
    part.texts.append(element.text or "")
    for child in element:
        if child.tag not in _UNSEEN and level < _MOST_DEPTH:
            within += _enter(part, child, numbers, level)
        elif child.tag == "br":
            part.texts.append(" ")
        part.texts.append(child.tail or "")
    if element is not part.element:
        return within
    if not part.text and len(within) == 1 and element.tag != "img":
        return [(_lift(each), count) for each, count in within]  # a box around one box says nothing
    return [(part, len(within)), *within]


def _enter(
    part: _Part, child: HtmlElement, numbers: dict[HtmlElement, int], level: int
) -> list[tuple[_Part, int]]:
    is_own = child.tag in _INLINE and not _is_named(child)
    if is_own:  # its words are those of the block that it stands in
        return _collect(part, child, numbers, level + 1)
    inner = _Part(child, numbers[child], part.depth + 1)
    if child.tag == "img":
        inner.texts.append(child.get("alt", ""))
    found = _collect(inner, child, numbers, level + 1)
    return [(each, count) for each, count in found if each.text or count or each.element.tag == "img"]


def _lift(part: _Part) -> _Part:
    part.depth = max(part.depth - 1, 0)
    return part


def _is_named(element: HtmlElement) -> bool:
    return lasting_name(element) != element.tag


# --- marks: what the rule does with them ---


@dataclass(slots=True)
class _Marking:
    roles: dict[HtmlElement, str]
    body: set[HtmlElement]
    stripped: set[HtmlElement]
    kept_words: str


def _mark(tree: HtmlElement, rule: SiteRule, article_text: str) -> _Marking:
    roles: dict[HtmlElement, str] = {}
    bodies: list[HtmlElement] = []
    for directive in ("body", "date", "author", "title"):
        found = _first_found(tree, getattr(rule, directive))
        roles |= dict.fromkeys(found, directive)
        bodies = found if directive == "body" else bodies
    stripped = [*elements_of(tree, rule.strip), *find_by_tokens(tree, rule)]
    roles |= dict.fromkeys(stripped, "strip")
    return _Marking(
        roles,
        {each for body in bodies for each in body.iter()},
        {each for one in stripped for each in one.iter()},
        _plain(article_text),
    )


def _first_found(tree: HtmlElement, expressions: tuple[str, ...]) -> list[HtmlElement]:
    for expression in expressions:
        if found := ask(tree, expression):
            return [each for each in found if isinstance(each, HtmlElement)]
    return []


def _make_block(part: _Part, marking: _Marking) -> Block:
    text, element = part.text, part.element
    return Block(
        number=part.number,
        depth=min(part.depth, 8),
        tag=str(element.tag),
        name=lasting_name(element),
        text=text,
        role=marking.roles.get(element, ""),
        fate=_fate(element, text, marking),
    )


def _fate(element: HtmlElement, text: str, marking: _Marking) -> str:
    if element in marking.stripped:
        return "removed"
    is_kept = bool(text) and len(plain := _plain(text)) > 0 and plain in marking.kept_words
    if element in marking.body:
        return "kept" if is_kept or not text else "removed"
    # Without a rule's body the words alone tell; a word or two may stand anywhere.
    return "kept" if is_kept and len(text.split()) > 3 else "outside"


def _plain(text: str) -> str:
    return _BLANK.sub(" ", text).strip().casefold()
