"""The names of a page's elements from one pass, for the XPaths that site rules are made of.

`//div[contains(@class, 'x')]` walks the whole page each time it is asked; a rule asks dozens of such
questions, and most find nothing. Of 7,871 expressions in the public rules 58 % are of this shape.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

# Between the names in one long text: white space to regular expressions, and in no attribute of a real page.
_BETWEEN = "\x1f"
_WITH_ID = etree.XPath("//*[@id]")
_LITERAL = r"(?:'([^']+)'|\"([^\"]+)\")"
_ATTRIBUTE = "@(class|id|name|property)"
_SPACED = rf"concat\(' ', ?normalize-space\({_ATTRIBUTE}\), ?' '\)"
_TERMS = {
    "contains": re.compile(rf"contains\({_ATTRIBUTE}, ?{_LITERAL}\)"),
    "has": re.compile(rf"contains\({_SPACED}, ?{_LITERAL}\)"),
    "has only": re.compile(rf"{_SPACED} ?= ?{_LITERAL}"),
    "is": re.compile(rf"{_ATTRIBUTE} ?= ?{_LITERAL}"),
}
_WORD = re.compile(r"[^ \t\r\n]+")
_JOINT = re.compile(r"\s+(and|or)\s+")
# A further test that cannot be a number: that would be a position among the siblings.
_FILTER = (
    r"\[(?:not\(contains\([^()\[\]|]*\)\)|(?:not|contains|starts-with|normalize-space)\([^()\[\]|]*\)"
    r"|@[\w-]+(?: ?= ?'[^']*')?|number\(@[\w-]+\) ?[<>] ?\d+)\]"
)
_STEP = re.compile(rf"//(?P<tag>[a-z][a-z0-9]*|\*)\[(?P<test>[^\[\]]*)\](?P<rest>(?:{_FILTER})*(?:/[^|]*)?)")


@dataclass(frozen=True, slots=True)
class Term:
    """One test: the attribute ``contains`` or ``is`` the literal; ``has``: its words, spaced by one, do."""

    kind: str
    attribute: str
    literal: str


@dataclass(frozen=True, slots=True)
class Step:
    """`//tag[test]rest`; the test is terms on one attribute, joined by `or` (``is_any``) or `and`."""

    tag: str
    attribute: str
    terms: tuple[Term, ...]
    is_any: bool
    rest: "etree.XPath | None"


@lru_cache(maxsize=4096)
def read_step(expression: str) -> Step | None:
    """The expression as a step that an index can answer, or None for any other XPath."""
    shape = _STEP.fullmatch(expression.strip())
    if shape is None:
        return None
    terms, joints = _read_test(shape["test"].strip())
    attributes = {term.attribute for term in terms}
    is_of_meta = not attributes.isdisjoint({"name", "property"})
    if len(attributes) != 1 or len(joints) > 1 or (is_of_meta and shape["tag"] != "meta"):
        return None
    try:
        rest = etree.XPath(f"self::*{shape['rest']}") if shape["rest"] else None
    except etree.XPathError:
        return None
    return Step(shape["tag"], attributes.pop(), tuple(terms), joints == {"or"}, rest)


def _read_test(test: str) -> tuple[list[Term], set[str]]:
    """The terms and the words between them; no terms when any part of the test is something else."""
    terms: list[Term] = []
    joints: set[str] = set()
    at = 0
    while found := _read_term(test, at):
        term, at = found
        terms.append(term)
        if at == len(test):
            return terms, joints
        joint = _JOINT.match(test, at)
        if joint is None:
            break
        joints.add(joint[1])
        at = joint.end()
    return [], set()


def _read_term(test: str, at: int) -> tuple[Term, int] | None:
    for kind, pattern in _TERMS.items():
        if match := pattern.match(test, at):
            return Term(kind, match[1], match[2] or match[3]), match.end()
    return None


class PageIndex:
    """Which elements of a page have which names, as it was at the first question about each attribute.

    Elements that were taken out of the page since are not found. As long as the index is asked, no
    class and no id may be changed in the page, and no element with one put in.
    """

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self._names: dict[str, _Names] = {}

    def find(self, step: Step) -> list[HtmlElement]:
        """The elements that the step's tag and test hold for, in the order of the page."""
        names = self._names_of(step.attribute)
        sets = [names.matching(term) for term in step.terms]
        places = set.union(*sets) if step.is_any else set.intersection(*sets)
        found = (names.elements[place] for place in sorted(places))
        return [each for each in found if step.tag in {"*", each.tag} and _top(each) is self.tree]

    def find_parts(self, parts: Iterable[str], attributes: Iterable[str]) -> list[HtmlElement]:
        """The elements in whose attributes any of the parts stands, for each attribute in page order."""
        chosen = tuple(parts)
        found = [each for attribute in attributes for each in self._names_of(attribute).holding(chosen)]
        return [each for each in dict.fromkeys(found) if _top(each) is self.tree]

    def _names_of(self, attribute: str) -> "_Names":
        if attribute not in self._names:
            self._names[attribute] = _Names(self._elements_with(attribute), attribute)
        return self._names[attribute]

    def _elements_with(self, attribute: str) -> list[HtmlElement]:
        """The elements to ask for it, in page order: few have an id, most have a class."""
        if attribute == "id":
            return list(_WITH_ID(self.tree))
        return list(self.tree.iter("meta" if attribute in {"name", "property"} else "*"))


class _Names:
    """Some elements, and by the value of one attribute their places among them."""

    def __init__(self, elements: list[HtmlElement], attribute: str) -> None:
        self.elements = elements
        self._places: dict[str, list[int]] = {}
        for place, element in enumerate(elements):
            if (name := element.get(attribute)) is not None:
                self._places.setdefault(name, []).append(place)
        self._all = _BETWEEN.join(("", *self._places, ""))

    def matching(self, term: Term) -> set[int]:
        if term.kind == "is":
            return set(self._places.get(term.literal, ()))
        # A word of the literal stands in the name as it is, whatever the space around it.
        part = max(term.literal.split(), key=len, default="") if term.kind.startswith("has") else term.literal
        tests: dict[str, Callable[[str], bool]] = {
            "contains": lambda name: term.literal in name,
            "has": lambda name: term.literal in _words(name),
            "has only": lambda name: term.literal == _words(name),
        }
        test = tests[term.kind]
        return {place for name in self._names_with(part) if test(name) for place in self._places[name]}

    def holding(self, parts: Iterable[str]) -> list[HtmlElement]:
        """The elements in whose name any of the parts stands."""
        names = {name for part in parts for name in self._names_with(part)}
        return [self.elements[place] for place in sorted(p for name in names for p in self._places[name])]

    def _names_with(self, part: str) -> Iterator[str]:
        """The names in which the part stands. Most parts stand in none, which one look at all names tells."""
        at = self._all.find(part)
        while 0 <= at < len(self._all):
            start, end = self._all.rfind(_BETWEEN, 0, at) + 1, self._all.find(_BETWEEN, at)
            if (name := self._all[start:end]) in self._places:
                yield name
            at = self._all.find(part, end + 1)


@lru_cache(maxsize=4096)
def _words(name: str) -> str:
    """XPath's concat(' ', normalize-space(name), ' ')."""
    return " " + " ".join(_WORD.findall(name)) + " "


def _top(element: HtmlElement) -> HtmlElement:
    while (parent := element.getparent()) is not None:
        element = parent
    return element


_current: ContextVar[PageIndex | None] = ContextVar("current_page_index", default=None)


@contextmanager
def indexed(tree: HtmlElement) -> Iterator[None]:
    """Within the block, questions about this tree are answered from an index where they can be."""
    token = _current.set(PageIndex(tree))
    try:
        yield
    finally:
        _current.reset(token)


def index_of(tree: HtmlElement) -> PageIndex | None:
    """The index of this very tree, or None."""
    index = _current.get()
    return index if index is not None and index.tree is tree else None


def forget_index() -> None:
    """Ask the page itself from here on: its classes and ids are about to change."""
    _current.set(None)
