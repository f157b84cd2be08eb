"""The only place that knows readability-lxml: a page of any site → the part that is the article.

readability drops headings, lists and pictures that stand between kept paragraphs (26 of 113 pages with
headings); they are put back from the page itself.
"""

import copy
import logging

from lxml import etree, html
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from reader.extraction.tree import text_of

_MARK = "data-nth"
_PUT_BACK = ("h2", "h3", "h4", "ul", "ol", "table", "blockquote", "figure", "pre", "dl")
# It logs a traceback for every page that it cannot read; that is an answer here, not an event.
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)


def find_article(tree: HtmlElement, url: str) -> HtmlElement | None:
    """Return the article's part of a page as a new ``div``, or None. The page itself stays as it was."""
    for number, element in enumerate(tree.iter()):
        element.set(_MARK, str(number))
    try:
        summary = Document(copy.deepcopy(tree), url=None).summary(html_partial=True)
        found = html.fragment_fromstring(summary, create_parent="div")
    except (Unparseable, etree.LxmlError, ValueError, AssertionError):
        return None
    _put_back(found, tree)
    return found if text_of(found) else None


def _put_back(found: HtmlElement, tree: HtmlElement) -> None:
    """Insert what readability dropped directly before or after a block that it kept."""
    kept = {each.get(_MARK): each for each in found.iter() if each.get(_MARK)}
    for element in tree.iter(*_PUT_BACK):
        mark = element.get(_MARK)
        if mark in kept or not text_of(element) or _is_within(element, kept):
            continue
        before, after = element.getprevious(), element.getnext()
        previous = kept.get(before.get(_MARK)) if before is not None else None
        following = kept.get(after.get(_MARK)) if after is not None else None
        is_heading = element.tag in {"h2", "h3", "h4"}
        # Between two kept blocks a list is the author's; after the last it is as likely the site's.
        if following is None or (previous is None and not is_heading) or following.getparent() is None:
            continue
        twin = copy.deepcopy(element)
        twin.tail = None
        following.addprevious(twin)
        kept[mark] = twin


def _is_within(element: HtmlElement, kept: dict[str | None, HtmlElement]) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in {*_PUT_BACK, "li", "td"} and parent.get(_MARK) in kept
