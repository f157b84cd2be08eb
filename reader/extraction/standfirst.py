"""The standfirst: the sentences between headline and text, which many pages keep outside of the body."""

import copy
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from reader.extraction.full_text import squeeze
from reader.extraction.measure import link_share_of
from reader.extraction.tree import class_words, fold, text_of

_NAMES = frozenset(
    {
        "standfirst",
        "lead",
        "lede",
        "intro",
        "introduction",
        "introtext",
        "deck",
        "dek",
        "strapline",
        "summary",
    }
    | {"subtitle", "subline", "subheadline", "subheading", "subhead", "abstract", "excerpt", "teaser"}
    | {"description", "vorspann", "einleitung", "anrisstext", "chapo", "chapeau", "accroche", "entradilla"}
    | {"bajada", "copete", "sumario", "ingress", "sottotitolo", "occhiello", "sommario", "zajawka", "perex"}
)
_TAGS = frozenset({"p", "h2", "h3", "h4", "div", "span", "strong", "b", "section"})
_PARTS = frozenset(
    {"a", "abbr", "b", "br", "div", "em", "font", "h2", "h3", "h4"} | {"i", "p", "small", "span", "strong"}
)
# Shorter ones are second headlines, on 100 pages of two sets: their bodies go without them.
_LEAST_CHARS = 110
_MAX_CHARS = 900
# What is shorter than this is a date or a name.
_SHORTEST = 50
_SAME_CHARS = 60
_MAX_LINK_SHARE = 0.3
_MOST_HEADINGS = 20
# So many elements after the heading are looked at.
_REACH = 250


def put_standfirst(content: HtmlElement, page: HtmlElement, title: str, description: str) -> str:
    """Put a copy of the page's standfirst before the content that lacks it; a line for the trace."""
    heading = _find_heading(page, title)
    after = page.iter(*_TAGS) if heading is None else _follow(heading)
    found = _find_among(after, content, description, is_headed=heading is not None)
    if found is None:
        return "standfirst: none beside the content"
    copied = copy.deepcopy(found)
    copied.tail = None
    content.insert(0, copied)
    return f"standfirst: {text_of(copied)[:40]!r}"


def _find_heading(page: HtmlElement, title: str) -> HtmlElement | None:
    """The heading with the title in it; without such a one the first, which may be the site's name."""
    headings = [each for each in islice(page.iter("h1"), _MOST_HEADINGS) if text_of(each)]
    wanted = squeeze(title)
    return next((each for each in headings if squeeze(text_of(each)) in wanted), next(iter(headings), None))


def _find_among(
    elements: Iterator[HtmlElement], content: HtmlElement, description: str, *, is_headed: bool
) -> HtmlElement | None:
    """What stands before the content's first words and is called a standfirst, or the page's own description
    begins with; only the latter counts where no heading stands before it."""
    beginning = squeeze(_begin_of(content, 5 * _MAX_CHARS))
    wanted = squeeze(description[:200].rstrip(".… "))
    for element in islice(elements, _REACH):
        text = _begin_of(element, _MAX_CHARS + 1) if element.tag in _TAGS else ""
        if len(text) < _SHORTEST:
            continue
        words = squeeze(text)
        if words[:_SAME_CHARS] in beginning:
            return None
        is_told = len(wanted) >= _SHORTEST and words.startswith(wanted)
        is_named = is_headed and _is_named(element)
        if _LEAST_CHARS <= len(text) <= _MAX_CHARS and (is_told or is_named) and _is_text(element):
            return element
    return None


def _follow(element: HtmlElement) -> Iterator[HtmlElement]:
    """The elements after one in the page's order, without those in it."""
    outer: HtmlElement | None = element
    while outer is not None:
        for sibling in outer.itersiblings():
            yield from sibling.iter("*")
        outer = outer.getparent()


def _begin_of(element: HtmlElement, most: int) -> str:
    """The element's text, or that much of it: one after the other, elements may hold the whole page."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > 2 * most:
            break
    return fold("".join(pieces))[:most]


def _is_named(element: HtmlElement) -> bool:
    return not _NAMES.isdisjoint(class_words(element.get("class", "")[:300]))


def _is_text(element: HtmlElement) -> bool:
    """Whether there are words alone in it: no script, picture or list, and few links."""
    if any(each.tag in {"figure", "figcaption"} for each in element.iterancestors()):
        return False
    are_parts = all(each.tag in _PARTS for each in element.iterdescendants())
    return are_parts and link_share_of(element) <= _MAX_LINK_SHARE
