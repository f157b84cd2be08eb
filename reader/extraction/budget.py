"""Which XPaths of a site rule this page can be asked: what would take too long is left out, and told.

libxml2 cannot be stopped while it searches, so the cost is bounded beforehand, see ``sites.xpath_cost``.
"""

from functools import lru_cache

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.parse import MAX_DEPTH
from reader.sites import SiteRule
from reader.sites.xpath_cost import CostUnknown, PageSize, cost

# In steps from node to node: at most three quarters of a second for one expression, and twice that for all
# that are not linear. 95 of 100 real pages have fewer than 2,048 elements, where few expressions reach it.
MAX_COST = 30_000_000.0
MAX_TOTAL_COST = 60_000_000.0

_DEPTHS = (30, 60, MAX_DEPTH)
_IS_DEEPER = tuple((depth, etree.XPath(f"boolean({'/*' * (depth + 1)})")) for depth in _DEPTHS[:-1])
_ELEMENTS_A_STEP, _CHARACTERS_A_STEP = 1024, 262_144
_COUNT = etree.XPath("count(//*)")


def keep_affordable(rule: SiteRule, tree: HtmlElement, characters: int) -> tuple[SiteRule, str]:
    """The rule without the XPaths that cost too much on this page, and a line for the trace, or ""."""
    size = _measure(tree, characters)
    suspects = _find_suspects(rule, size)
    if not suspects:
        return rule, ""
    spent, refused = 0.0, []
    for directive, expression in suspects:
        real = _count_cost(expression, size, tree)
        if real > MAX_COST or spent + real > MAX_TOTAL_COST:
            refused.append((directive, expression))
        else:
            spent += real
    if not refused:
        return rule, ""
    told = "; ".join(f"{directive}: {expression[:80]}" for directive, expression in refused[:5])
    return (
        rule.without(frozenset(expression for _, expression in refused)),
        f"site rule: {len(refused)} expressions cost too much on this page; {told}",
    )


def _measure(tree: HtmlElement, characters: int) -> PageSize:
    """The page's size, rounded up so that pages of about one size share what is known of a rule."""
    depth = next((depth for depth, is_deeper in _IS_DEEPER if not is_deeper(tree)), _DEPTHS[-1])
    elements = int(_COUNT(tree)) // _ELEMENTS_A_STEP + 1
    return PageSize(
        elements=elements * _ELEMENTS_A_STEP,
        depth=depth,
        characters=(characters // _CHARACTERS_A_STEP + 1) * _CHARACTERS_A_STEP,
    )


@lru_cache(maxsize=512)
def _find_suspects(rule: SiteRule, size: PageSize) -> tuple[tuple[str, str], ...]:
    """The XPaths that may cost too much on a page of this size."""
    return tuple(each for each in rule.expressions() if _worst_cost(each[1], size) > MAX_COST)


@lru_cache(maxsize=8192)
def _worst_cost(expression: str, size: PageSize) -> float:
    try:
        return cost(expression, size)
    except CostUnknown:
        return float("inf")


def _count_cost(expression: str, size: PageSize, tree: HtmlElement) -> float:
    """The cost with the places counted that the beginnings of the expression's paths find on this page."""

    def count(path: str) -> int:
        return int(etree.XPath(f"count({path})")(tree))

    try:
        return cost(expression, size, count)
    except (CostUnknown, etree.XPathError):
        return float("inf")
