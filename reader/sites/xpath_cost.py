"""What an XPath may cost on a page: libxml2 cannot be stopped, so we must know before we ask.

``cost`` is an upper bound for a page of a given size. Most expressions of the public rules are linear;
``//p[//a]`` is not: it looks through the whole page again for every paragraph.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

# Deeper than any expression of the public collection (7); keeps our own recursion shallow too.
MAX_BRACKETS = 12

# In steps from node to node, each about 25 ns on a machine of 2024, as measured with libxml2 2.14.
_CALL = 40.0
_COMPARED_PLACE = 0.1
_USUAL_CHARACTER = 1 / 30
# ``translate`` looks each character up in a list; others do not read the texts of nodes at all.
_CHARACTER = {"translate": 5.0} | dict.fromkeys(("not", "boolean", "count", "name", "local-name"), 0.0)
_MOST_FOR_COUNTING = 2_000_000.0

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<literal>"[^"]*"|'[^']*'|\d+(?:\.\d*)?|\.\d+|\$[\w:.-]+)
    | (?P<axis>[\w-]+)\s*::
    | (?P<call>[\w.:-]+)\s*(?=\()
    | (?P<name>[^\W\d][\w.-]*(?::(?:[^\W\d][\w.-]*|\*))?)
    | (?P<mark>//|\.\.|!=|<=|>=|[/|=<>+*()\[\],@.-])
    )""",
    re.VERBOSE,
)
_OPERATORS = frozenset({"or", "and", "div", "mod", "*", "=", "!=", "<", "<=", ">", ">=", "+", "-", "|"})
_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_SHORT_STEPS = {".": "self", "..": "parent"}
_OWN = frozenset({"child", "attribute", "self", "namespace"})
_DOWN = frozenset({"descendant", "descendant-or-self"})
_UP = frozenset({"parent", "ancestor", "ancestor-or-self"})
_ASIDE = frozenset({"following", "preceding", "following-sibling", "preceding-sibling"})


class CostUnknown(ValueError):
    """The expression is nested so deeply, or written so strangely, that its cost cannot be told."""


@dataclass(frozen=True, slots=True)
class PageSize:
    """Upper bounds of a page: its elements, how deep they are nested, and the characters of its source."""

    elements: int
    depth: int
    characters: int


def cost(expression: str, size: PageSize, count: Callable[[str], int] | None = None) -> float:
    """The cost of asking a page of this size, at most. Raises CostUnknown.

    ``count`` tells how many places the beginning of a path really finds; without it all places count.

    >>> size = PageSize(elements=1000, depth=20, characters=100_000)
    >>> cost("//div/p", size) < 10_000 < cost("//div[//p]", size)
    True
    """
    reader = _Reader(expression, size, count)
    reader.expression(1.0)
    if reader.at < len(reader.tokens):
        raise CostUnknown("it cannot be read to its end")
    return reader.spent


@dataclass(frozen=True, slots=True)
class _Found:
    """What a part of the expression gives: a value, or nodes, as many as ``places`` in all askings.

    ``characters`` is what all their texts have together, when each asking takes the first.
    """

    places: float = 0.0
    is_many: bool = False
    characters: float = 0.0


class _Reader:
    """Goes once through the tokens, a method for each part of the grammar.

    ``places`` is from how many places a part is asked. Children and attributes are each place's own, so
    all places together have no more than the page; what is before, after or anywhere is everybody's.
    """

    def __init__(self, expression: str, size: PageSize, count: Callable[[str], int] | None) -> None:
        matches = list(_TOKEN.finditer(expression))
        self.tokens = [(match.lastgroup or "", match[match.lastgroup or 0]) for match in matches]
        self.ends = [match.end() for match in matches]
        self.source = expression
        self.size = float(max(size.elements, 1))
        self.depth = float(max(size.depth, 1))
        self.characters = float(size.characters)
        self.count = count
        self.at = 0
        self.brackets = 0
        self.inner = 0
        self.spent = 0.0

    def expression(self, places: float) -> _Found:
        found = self.operand(places)
        while self.text() in _OPERATORS and self.kind() in {"name", "mark", "call"}:
            operator = self.take()
            other = self.operand(places)
            if operator == "|":
                found = _Found(found.places + other.places, is_many=True)
                self.spent += found.places * _COMPARED_PLACE * other.places
                continue
            if operator in _COMPARISONS:
                self.compare(found, other, places)
            found = _Found()
        return found

    def compare(self, one: _Found, other: _Found, places: float) -> None:
        """Each node of the one side is compared with each of the other, text by text."""
        self.spent += _USUAL_CHARACTER * (one.characters + other.characters)
        if one.places and other.places and (one.is_many or other.is_many):
            self.spent += _CALL * places * self.size
            self.spent += _CALL * self.size * self.size * (one.is_many and other.is_many)

    def operand(self, places: float) -> _Found:
        while self.text() == "-":
            self.take()
        if self.kind() == "literal":
            self.take()
            return _Found()
        is_call = self.kind() == "call" and self.text() not in _NODE_TYPES
        begun = self.at
        if not is_call and self.text() != "(":
            # Texts of places within each other are read as often as they are deep.
            own = self.characters * min(places, self.depth)
            return self.path(_Found(places, characters=own), begun, is_first=True)
        name = self.take() if is_call else ""
        found = self.arguments(places)
        if is_call:
            self.spent += _CALL * places + _CHARACTER.get(name, _USUAL_CHARACTER) * found.characters
        if self.text() == "[":
            self.predicates(found.places)
            found = self.counted(found, begun)
        return self.path(found, begun, is_first=False) if self.text() in {"/", "//"} else found

    def arguments(self, places: float) -> _Found:
        """What stands in brackets: the arguments of a function, or an expression of its own."""
        self.open()
        found = [_Found()]
        while self.text() not in {")", ""}:
            found.append(self.expression(places))
            if self.text() == ",":
                self.take()
            elif self.text() != ")":
                raise CostUnknown("it cannot be read")
        self.close()
        if len(found) == 2:
            return found[1]
        return _Found(characters=sum(each.characters for each in found))

    def path(self, start: _Found, begun: int, *, is_first: bool) -> _Found:
        """The steps of a path, each from all the places that the one before it found."""
        askings = 1.0
        if is_first and self.text() in {"/", "//"}:
            # From the root: every place that asks goes the whole way again.
            askings, start = start.places, _Found(1.0, characters=self.characters)
        before, self.spent = self.spent, 0.0
        found = start
        while True:
            is_deep = False
            while self.text() in {"/", "//"}:  # libxml2 takes "///" for "//"
                is_deep = self.take() == "//" or is_deep
            if not self.is_step():
                break
            found = self.step(found, is_deep=is_deep)
            found = self.counted(found, begun)
            if self.text() not in {"/", "//"}:
                break
        self.spent = before + askings * max(self.spent, 1.0)
        return _Found(found.places * askings, found.is_many, found.characters * askings)

    def counted(self, found: _Found, begun: int) -> _Found:
        """The same with the number of places that the source from ``begun`` up to here really finds."""
        if self.count is None or self.inner or self.spent > _MOST_FOR_COUNTING:
            return found
        return _Found(float(self.count(self.slice(begun))), found.is_many, found.characters)

    def step(self, start: _Found, *, is_deep: bool) -> _Found:
        axis = self.axis()
        pairs = self.pairs(start, axis, is_deep=is_deep)
        self.spent += pairs
        is_shared = is_deep or axis not in _OWN
        if is_shared and start.is_many and start.places > 1:
            # libxml2 compares what each further place finds with all finds before.
            self.spent += _COMPARED_PLACE * pairs * self.size
        self.predicates(pairs)
        is_many = start.is_many or is_deep or axis not in {"self", "attribute", "parent"}
        characters = start.characters
        if axis == "attribute":
            characters = 0.0
        elif self.inner and (axis in _UP or axis in _ASIDE):
            characters = self.characters * start.places
        return _Found(pairs if self.inner else min(pairs, self.size), is_many, characters)

    def pairs(self, start: _Found, axis: str, *, is_deep: bool) -> float:
        """How many nodes a step looks at, from all places together."""
        whole = self.size * max(1.0, start.places / self.size)
        if is_deep or axis in _DOWN:
            whole *= min(start.places, self.depth) if start.is_many else 1.0
        if axis in _UP:
            return (whole if is_deep else start.places) * (1.0 if axis == "parent" else self.depth)
        if axis in _ASIDE:
            return (whole if is_deep else start.places) * self.size
        return whole if is_deep or axis in _DOWN or axis == "child" else start.places

    def is_step(self) -> bool:
        return self.kind() in {"axis", "name", "call"} or self.text() in {"@", ".", "..", "*"}

    def axis(self) -> str:
        """Take a step up to its predicates, and tell its axis."""
        if self.text() in _SHORT_STEPS:
            return _SHORT_STEPS[self.take()]
        axis = "child"
        if self.kind() == "axis":
            axis = self.take()
        elif self.text() == "@":
            self.take()
            axis = "attribute"
        is_type = self.kind() == "call"
        self.take()
        if is_type:
            self.arguments(0.0)
        return axis

    def predicates(self, places: float) -> None:
        while self.text() == "[":
            self.open()
            self.inner += 1
            self.expression(places)
            self.inner -= 1
            if self.text() != "]":
                raise CostUnknown("it cannot be read")
            self.close()

    # --- tokens ---

    def open(self) -> None:
        self.take()
        self.brackets += 1
        if self.brackets > MAX_BRACKETS:
            raise CostUnknown(f"more than {MAX_BRACKETS} brackets in each other")

    def close(self) -> None:
        self.take()
        self.brackets -= 1

    def kind(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def text(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        text = self.text()
        self.at += 1
        return text

    def slice(self, begun: int) -> str:
        """The source from one token up to here."""
        return self.source[self.ends[begun - 1] if begun else 0 : self.ends[self.at - 1]]
