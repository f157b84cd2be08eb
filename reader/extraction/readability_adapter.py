"""The only place that knows readability-lxml: which elements of a page it takes for the article.

Only its choice is asked for. What it cleans away inside its choice (headings, lists, tables and pictures
between kept paragraphs) stays, and neither its cleaner nor its serialiser runs.
"""

import copy
import logging

from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable

from reader.extraction.measure import link_share_of

_MARK = "data-nth"
# It logs a traceback for every page that it cannot read; that is an answer here, not an event.
logging.getLogger("readability.readability").setLevel(logging.CRITICAL)


def find_article(tree: HtmlElement) -> list[HtmlElement]:
    """Return the elements of the page that hold the article, in order; the page itself stays as it was."""
    elements = list(tree.iter())
    for number, element in enumerate(elements):
        element.set(_MARK, str(number))
    chooser = _Chooser(tree)
    try:
        chooser.summary(html_partial=True)
    except Unparseable:
        return []
    return [elements[number] for number in chooser.numbers]


class _Chooser(Document):  # type: ignore[misc] # the library has no types
    """readability on a tree of ours, asked for its choice alone."""

    numbers: list[int]

    def _parse(self, tree: HtmlElement) -> HtmlElement:
        return copy.deepcopy(tree)

    def get_link_density(self, elem: HtmlElement) -> float:
        """As the library has it, without its three substitutions for the length of each text."""
        return link_share_of(elem)

    def sanitize(self, node: HtmlElement, candidates: object, keep_all_images: bool = False) -> str:
        self.numbers = [int(mark) for child in node for mark in [_mark_of(child)] if mark]
        return str(node.text_content())


def _mark_of(element: HtmlElement) -> str:
    """The mark of an element, or of the one that a paragraph of readability's making stands for."""
    return next((mark for each in element.iter() if (mark := each.get(_MARK))), "")
