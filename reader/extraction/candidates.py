"""Who could be the article: readability's choice, and the elements that the page itself names."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.readability_adapter import find_article
from reader.extraction.tree import outermost, text_of

_BODY_CLASSES = frozenset(
    {"entry-content", "post-content", "article-content", "article-body", "article__body", "story-body"}
    | {"article-text", "post-body", "articleBody", "article_body", "storytext", "story-content"}
    | {"post__content", "article__content", "td-post-content", "single-content", "news-content"}
    | {"content-body", "body-copy"}
)
_BETWEEN = frozenset(
    {"ul", "ol", "dl", "table", "pre", "blockquote", "figure", "h2", "h3", "h4", "h5", "h6", "p"}
)
_TRUNK_SHARE = 0.8
_NAMED = etree.XPath("descendant::*[contains(@itemprop, 'articleBody')]")
_LONG = etree.XPath(
    "descendant::text()[string-length(normalize-space()) > 40 and not(ancestor::a or ancestor::figcaption)]"
)
_ARTICLES = etree.XPath("descendant::article")
_FEWEST_PARTS = 3
_IS_HEADED = etree.XPath("boolean(.//h1 or .//h2//a or .//h3//a or .//h2/ancestor::a or .//h3/ancestor::a)")
_MAINS = etree.XPath("descendant::*[self::main or @role='main']")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Elements that could be the article; ``prose`` counts the characters of long unlinked texts in them,
    ``length`` all of their text."""

    name: str
    elements: list[HtmlElement]
    prose: int
    length: int


def find_candidates(tree: HtmlElement) -> Iterator[Candidate]:
    """What the page marks as its article, readability's choice, and the whole page as the last."""
    prose = measure_prose(tree)
    for name, elements in (("itemprop", outermost(_NAMED(tree))), ("class", outermost(_find_classed(tree)))):
        if elements:
            yield _candidate(name, elements, prose)
    articles = _find_articles(tree, prose)
    if articles:
        yield _candidate("article", articles, prose)
    mains = outermost(_MAINS(tree))
    if mains:
        yield _candidate("main", mains, prose)
    chosen = outermost(find_article(tree))
    if chosen:
        yield _candidate("readability", _with_between(chosen), prose)
    body = next(tree.iter("body"), tree)
    yield _candidate("trunk", [find_trunk(body, prose)], prose)
    yield _candidate("body", [body], prose)


def _find_articles(tree: HtmlElement, prose: Counter[HtmlElement]) -> list[HtmlElement]:
    """The element that is called an article and has the most text; all of them where each is a part of one.

    Parts stand side by side, no one has half of the text, and none has a headline of its own or one that
    leads somewhere: those are teasers.
    """
    articles = [each for each in outermost(_ARTICLES(tree)) if prose[each]]
    if not articles:
        return []
    longest = max(articles, key=lambda each: prose[each])
    is_one = len(articles) < _FEWEST_PARTS or 2 * prose[longest] >= sum(prose[each] for each in articles)
    if is_one or any(each.getparent() is not longest.getparent() for each in articles):
        return [longest]
    return [longest] if any(map(_IS_HEADED, articles)) else articles


def measure_prose(tree: HtmlElement) -> Counter[HtmlElement]:
    """For each element the characters of its texts that are long and stand in no link and no caption."""
    prose: Counter[HtmlElement] = Counter()
    for text in _LONG(tree):
        length = len(text.strip())
        holder = text.getparent().getparent() if text.is_tail else text.getparent()
        while holder is not None:
            prose[holder] += length
            holder = holder.getparent()
    return prose


def find_trunk(tree: HtmlElement, prose: Counter[HtmlElement]) -> HtmlElement:
    """The narrowest element that holds most of the page's long text."""
    least = _TRUNK_SHARE * prose[tree]
    element = tree
    while (child := max(element, key=lambda each: prose[each], default=None)) is not None:
        if child.tag == "p" or not len(child) or prose[child] < least:
            break
        element = child
    return element


def _with_between(elements: list[HtmlElement]) -> list[HtmlElement]:
    """With the lists, headings and tables that readability leaves between the paragraphs it takes."""
    parent = elements[0].getparent()
    if len(elements) < 2 or parent is None or any(each.getparent() is not parent for each in elements):
        return elements
    places = {child: place for place, child in enumerate(parent)}
    first, last = min(places[each] for each in elements), max(places[each] for each in elements)
    chosen = set(elements)
    return [each for each in list(parent)[first : last + 1] if each in chosen or each.tag in _BETWEEN]


def _find_classed(tree: HtmlElement) -> list[HtmlElement]:
    return [each for each in tree.iter("*") if not _BODY_CLASSES.isdisjoint(each.get("class", "").split())]


def _candidate(name: str, elements: list[HtmlElement], prose: Counter[HtmlElement]) -> Candidate:
    length = sum(len(text_of(each)) for each in elements)
    return Candidate(name, elements, sum(prose[each] for each in elements), length)
