"""Who could be the article: readability's choice, and the elements that the page itself names."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.readability_adapter import find_article
from reader.extraction.tree import outermost, text_of

_BODY_CLASSES = (
    *("entry-content", "post-content", "article-content", "article-body", "article__body", "story-body"),
    *(
        "article-text",
        "post-body",
        "articleBody",
        "article_body",
        "storytext",
        "story-content",
        "post__content",
    ),
    *("article__content", "td-post-content", "single-content", "news-content", "content-body", "body-copy"),
)
_TRUNK_SHARE = 0.8
_NAMED = etree.XPath("descendant::*[contains(@itemprop, 'articleBody')]")
_CLASSED = etree.XPath(
    "descendant::*["
    + " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in _BODY_CLASSES)
    + "]"
)
_LONG = etree.XPath(
    "descendant::text()[string-length(normalize-space()) > 40 and not(ancestor::a)]", smart_strings=False
)
_ARTICLES = etree.XPath("descendant::article")
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
    for name, xpath in (("itemprop", _NAMED), ("class", _CLASSED)):
        elements = outermost(xpath(tree))
        if elements:
            yield _candidate(name, elements)
    articles = outermost(_ARTICLES(tree))
    if articles:
        yield max((_candidate("article", [each]) for each in articles), key=lambda each: each.prose)
    mains = outermost(_MAINS(tree))
    if mains:
        yield _candidate("main", mains)
    chosen = find_article(tree)
    if chosen:
        yield _candidate("readability", outermost(chosen))
    yield _candidate("trunk", [find_trunk(tree)])
    yield _candidate("body", [tree])


def find_trunk(tree: HtmlElement) -> HtmlElement:
    """The narrowest element that holds most of the page's long text."""
    least = _TRUNK_SHARE * long_prose(tree)
    element = tree
    while (child := max(element, key=long_prose, default=None)) is not None:
        if child.tag == "p" or not len(child) or long_prose(child) < least:
            break
        element = child
    return element


def _candidate(name: str, elements: list[HtmlElement]) -> Candidate:
    length = sum(len(text_of(each)) for each in elements)
    return Candidate(name, elements, sum(map(long_prose, elements)), length)


def long_prose(element: HtmlElement) -> int:
    """The characters of the element's texts that are long and stand in no link."""
    return sum(len(text.strip()) for text in _LONG(element))
