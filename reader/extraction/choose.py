"""Choosing the part of the page that is the article: where the rule points, else what readability finds."""

from lxml.html import HtmlElement

from reader.errors import NoArticle
from reader.extraction.page_data import find_article_data
from reader.extraction.readability_adapter import find_article
from reader.extraction.tree import ask, make, text_of
from reader.sites import SiteRule


def choose_content(tree: HtmlElement, rule: SiteRule, url: str) -> tuple[HtmlElement, str]:
    """Return the article's part as a new ``div``, and the name of who found it. Raises NoArticle."""
    for expression in rule.body:
        content = _gather(ask(tree, expression))
        if content is not None:
            return content, rule.name
    if rule.body and not rule.autodetect_on_failure:
        raise NoArticle("the site rule finds no body")
    found, data = find_article(tree, url), find_article_data(tree)
    if data is not None and (found is None or len(text_of(data)) > len(text_of(found))):
        return data, "page data"
    if found is None:
        raise NoArticle("readability finds no article")
    return found, "readability"


def _gather(found: list[HtmlElement | str]) -> HtmlElement | None:
    """Move all that a body expression finds into one element; None when there is nothing in it."""
    elements = [each for each in found if isinstance(each, HtmlElement)]
    chosen = set(elements)
    outermost = [each for each in elements if chosen.isdisjoint(each.iterancestors())]
    if not any(text_of(each) or each.find(".//img") is not None for each in outermost):
        return None
    content = make("div")
    for element in outermost:
        if element.getparent() is not None:
            # What stands after the part is not of the part; with it goes nothing that anybody reads later.
            element.tail = None
        content.append(element)
    return content
