"""From an element that a person points at to XPaths that find it, short and robust, the best first; pure.

An id that looks meant comes first, then what the page says the element is, then its classes, then the same
below an ancestor that has such a name. A position among siblings is the last resort: the next advertisement
moves it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from lxml import etree
from lxml.html import HtmlElement

MAX_OFFERED = 5

_TAG = re.compile(r"[a-z][a-z0-9-]*")
_NAME = re.compile(r"[A-Za-z_][\w-]{1,60}")
# Made by a machine and another tomorrow: hashes, numbers of articles, what build tools write.
_MADE = re.compile(
    r"\d{3,}|^(?:css|sc|jsx|jss|svelte|emotion|styled|makeStyles|ember|react|ng|yui)[-_]|__\w{5,6}$"
    r"|^(?=[^\W_]*[A-Za-z])(?:[^\W_\d]*\d){2}[^\W_]*$"
)
# Says how something looks and not what it is.
_LOOKS = re.compile(
    r"^(?:[mp][trblxyse]?|col|row|w|h|d|fs|fw|text|bg|flex|grid|gap|order|float|rounded|border|shadow|font|is"
    r"|clearfix|container|wrapper|inner|outer|left|right|center|main|box|item|items|list|block|active|first"
    r"|last|odd|even|lazy|loaded|show|hidden|hide|open|clear|pull|span|content|widget|mb|mt|js|gr[ea]y|bold"
    r"|m?small|big|large|img|image|tcenter|pb|pt)(?:-|_(?=\d)|\d|$)",
    re.IGNORECASE,
)
_TELLING_TAGS = frozenset({"h1", "article", "main", "time", "address"})
_SAYING = ("itemprop", "property", "data-testid", "role")
_MOST_ANCESTORS = 8
_NAMED_ANCESTORS = 2
# More of the page than this is not what somebody wants to strip.
_MOST_STRIPPED = 0.5
# All paragraphs of a part, when one was meant.
_NAMELESS = 20.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An XPath that finds the element, and how many elements it finds on the page."""

    xpath: str
    finds: int


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to name an element; a lower ``cost`` is a name that lasts longer."""

    xpath: str
    cost: float


def suggest_xpaths(tree: HtmlElement, element: HtmlElement, directive: str) -> tuple[Candidate, ...]:
    """XPaths for a directive (title, author, date, body, strip) that find the element, the best first."""
    rated: dict[str, tuple[float, Candidate]] = {}
    for way in _ways_to(element):
        found = etree.XPath(way.xpath)(tree)
        if element not in found:
            continue
        penalty = _penalty(way.xpath, found, element, tree, directive)
        if penalty is not None and way.xpath not in rated:
            rated[way.xpath] = (
                way.cost + penalty + len(way.xpath) / 200,
                Candidate(_value(way.xpath, element, directive), len(found)),
            )
    best = sorted(rated.values(), key=lambda each: each[0])[:MAX_OFFERED]
    return tuple(candidate for _, candidate in best)


def is_lasting(name: str) -> bool:
    """Whether an id or class is likely to be there tomorrow.

    >>> [is_lasting(each) for each in ("read__content", "css-1x2y3z", "post-482913")]
    [True, False, False]
    """
    return bool(_NAME.fullmatch(name)) and not _MADE.search(name)


def lasting_name(element: HtmlElement) -> str:
    """The tag with the id or class that says most, for people: ``div.read__content``."""
    own_id = element.get("id", "")
    if is_lasting(own_id):
        return f"{tag_of(element)}#{own_id}"
    told = sorted(_classes(element), key=lambda each: bool(_LOOKS.match(each)))
    return f"{tag_of(element)}.{told[0]}" if told else tag_of(element)


def tag_of(element: HtmlElement) -> str:
    """The tag, or ``*`` where a hostile page calls it what no XPath can say."""
    tag = str(element.tag)
    return tag if _TAG.fullmatch(tag) else "*"


def _value(xpath: str, element: HtmlElement, directive: str) -> str:
    is_machine_date = directive == "date" and element.tag == "time" and element.get("datetime")
    return f"{xpath}/@datetime" if is_machine_date else xpath


def _penalty(
    xpath: str, found: list[HtmlElement], element: HtmlElement, tree: HtmlElement, directive: str
) -> float | None:
    """What speaks against an XPath by all that it finds; None where it must not be offered."""
    if directive == "strip":
        if any(each.tag in {"html", "body", "h1"} for each in found):
            return None
        stripped = sum(len(each.text_content()) for each in found)
        if stripped > _MOST_STRIPPED * max(len(tree.text_content()), 1):
            return None
        return len(found) / 20 + (0.0 if len(found) == 1 or xpath.endswith("]") else _NAMELESS)
    if len(found) == 1:
        return 0.0
    if directive == "body":
        return 6.0
    return 2.5 if found[0] is element else 30.0


def _ways_to(element: HtmlElement) -> Iterator[_Way]:
    own = list(_tests_of(element))
    yield from (_Way(f"//{tag_of(element)}{test}", cost) for test, cost in own)
    for ancestor, steps in _named_ancestors(element):
        test, cost = next(iter(_tests_of(ancestor)))
        beginning = f"//{tag_of(ancestor)}{test}"
        joint = "/" if steps == 1 else "//"
        for own_test, own_cost in own[:2]:
            tail = f"{joint}{tag_of(element)}{own_test}"
            yield _Way(beginning + tail, 2.0 + cost / 2 + min(own_cost, 4.0) + steps / 10)
        yield _Way(beginning + _places(element, ancestor), 12.0 + cost + steps)
    root = next(reversed([element, *element.iterancestors()]), element)
    yield _Way(f"/{tag_of(root)}{_places(element, root)}", 40.0)


def _named_ancestors(element: HtmlElement) -> list[tuple[HtmlElement, int]]:
    """The nearest ancestors with a name that lasts, and how far they are above."""
    near = list(element.iterancestors())[:_MOST_ANCESTORS]
    named = [(each, steps) for steps, each in enumerate(near, start=1) if _has_good_name(each)]
    return named[:_NAMED_ANCESTORS]


def _has_good_name(element: HtmlElement) -> bool:
    return next(iter(_tests_of(element)))[1] < 4.0


def _tests_of(element: HtmlElement) -> Iterator[tuple[str, float]]:
    """Predicates that the element meets, the most lasting first; the last is none at all."""
    tests: list[tuple[str, float]] = []
    if is_lasting(own_id := element.get("id", "")):
        tests.append((f"[@id='{own_id}']", 0.5))
    for attribute in _SAYING:
        if is_lasting(value := element.get(attribute, "")):
            tests.append((f"[@{attribute}='{value}']", 1.5))
    classes = _classes(element)
    for name in classes:
        tests.append((f"[{_has_class(name)}]", _class_cost(name)))
    for one, other in combinations(classes[:4], 2):
        looks = bool(_LOOKS.match(one)) + bool(_LOOKS.match(other))
        tests.append((f"[{_has_class(one)} and {_has_class(other)}]", 2.0 + 2.0 * looks))
    tests.append(("", 3.0 if element.tag in _TELLING_TAGS else 9.0))
    yield from sorted(tests, key=lambda each: each[1])


def _class_cost(name: str) -> float:
    """A name of several words or a long one was made for this; a short one may be anything."""
    if _LOOKS.match(name):
        return 5.0
    return 1.0 if len(name) > 7 or "-" in name or "_" in name else 1.4


def _classes(element: HtmlElement) -> list[str]:
    return [name for name in dict.fromkeys(element.get("class", "").split()) if is_lasting(name)][:6]


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _places(element: HtmlElement, above: HtmlElement) -> str:
    """The way down from an ancestor, step by step, by positions."""
    steps: list[str] = []
    at = element
    while at is not above:
        tag = tag_of(at)
        before = [each for each in at.itersiblings(preceding=True) if tag in {"*", str(each.tag)}]
        steps.append(f"/{tag}[{len(before) + 1}]")
        parent = at.getparent()
        if parent is None:
            break
        at = parent
    return "".join(reversed(steps))
