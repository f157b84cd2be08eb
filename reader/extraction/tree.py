"""Small moves on a parsed page: folded text, taking elements out, putting others in, asking an XPath."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml import etree, html
from lxml.html import HtmlElement

from reader.extraction.index import index_of, read_step

# Zero-width characters: they stand in copied text, and words with them are found by nobody.
_INVISIBLE = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\xad")

_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# A picture's caption is shorter.
_MOST_HIDDEN_CHARS = 300
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# One class for every element: lxml.html's own lookup is a Python call for each element that is touched.
PLAIN_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)
_PARSER = html.HTMLParser(encoding="utf-8")
_PARSER.set_element_class_lookup(PLAIN_ELEMENTS)


def fold(text: str) -> str:
    """Return the text with every run of white space as one space, and none at its ends."""
    return " ".join(without_invisible(text).split())


def without_invisible(text: str) -> str:
    """Return the text without the characters that nobody sees.

    One look for each: a pattern and `str.translate` both take the text character by character.
    """
    if not text.isascii():
        for each in _INVISIBLE:
            if each in text:
                text = text.replace(each, "")
    return text


def text_of(element: HtmlElement) -> str:
    return fold(str(element.text_content()))


def parse_fragment(content: str) -> HtmlElement:
    """Parse HTML of our own making, that needs no care, into a ``div``."""
    return html.fragment_fromstring(content, create_parent="div", parser=_PARSER)


def make(tag: str, text: str = "", **attributes: str) -> HtmlElement:
    element: HtmlElement = _PARSER.makeelement(tag, attributes)
    if text:
        element.text = text
    return element


def drop(element: HtmlElement) -> None:
    """Take an element out with its content; the text after it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def replace(old: HtmlElement, new: HtmlElement) -> None:
    """Put ``new`` where ``old`` stands; the text after it stays."""
    parent = old.getparent()
    if parent is not None:
        new.tail, old.tail = old.tail, None
        parent.replace(old, new)


def has_class(element: HtmlElement, *names: str) -> bool:
    return not set(names).isdisjoint(element.get("class", "").split())


def class_words(names: str) -> set[str]:
    """The words that classes and ids are made of, in small letters.

    >>> sorted(class_words("postMeta share-bar"))
    ['bar', 'meta', 'post', 'share']
    """
    return {word.lower() for word in _CLASS_WORD.findall(names)}


def is_hidden(element: HtmlElement) -> bool:
    """Whether nobody sees the element; pages keep pictures and frames hidden until a script shows them."""
    if element.get("hidden") is None and not _HIDDEN.search(element.get("style", "")):
        return False
    if next(element.iter("img"), None) is not None:
        return False
    return next(element.iter("iframe"), None) is None or len(text_of(element)) > _MOST_HIDDEN_CHARS


def outermost(elements: Iterable[HtmlElement]) -> list[HtmlElement]:
    """Those of the elements that stand in none of the others, in their order."""
    chosen = dict.fromkeys(elements)
    return [each for each in chosen if chosen.keys().isdisjoint(each.iterancestors())]


def inner_elements(element: HtmlElement, *tags: str) -> list[HtmlElement]:
    """The descendants of these tags, in a list of their own: safe to change the tree while going through."""
    return [each for each in element.iter(*tags) if each is not element]


@lru_cache(maxsize=1024)
def _compile(expression: str) -> "etree.XPath | None":
    try:
        return etree.XPath(expression)
    except etree.XPathError:
        return None


def ask(tree: HtmlElement, expression: str) -> list[HtmlElement | str]:
    """What an XPath finds, elements and strings; a number is a string, a failing expression finds nothing."""
    step = read_step(expression)
    index = index_of(tree) if step is not None else None
    if step is None or index is None:
        return _evaluate(_compile(expression), tree)
    found = index.find(step)
    if step.rest is None or not found:
        return list(found)
    # What two elements find would have to be brought into the order of the page.
    return _evaluate(step.rest, found[0]) if len(found) == 1 else _evaluate(_compile(expression), tree)


def _evaluate(compiled: "etree.XPath | None", tree: HtmlElement) -> list[HtmlElement | str]:
    try:
        found = compiled(tree) if compiled is not None else None
    except etree.XPathError:
        return []
    if isinstance(found, list):
        return [each if isinstance(each, HtmlElement) else str(each) for each in found]
    if isinstance(found, bool):
        return ["true"] if found else []
    if isinstance(found, float):
        return [f"{found:g}"]
    return [str(found)] if isinstance(found, str) and found else []


def elements_of(tree: HtmlElement, expressions: Iterable[str]) -> Iterator[HtmlElement]:
    """The elements that any of the expressions finds, each once."""
    seen: set[HtmlElement] = set()
    for expression in expressions:
        for each in ask(tree, expression):
            if isinstance(each, HtmlElement) and each not in seen:
                seen.add(each)
                yield each


def texts_of(tree: HtmlElement, expressions: Iterable[str]) -> list[str]:
    """The folded texts that the first expression with any text finds."""
    for expression in expressions:
        found = ask(tree, expression)
        texts = [text_of(each) if isinstance(each, HtmlElement) else fold(each) for each in found]
        if any(texts):
            return [text for text in texts if text]
    return []
