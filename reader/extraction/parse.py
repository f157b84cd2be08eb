"""Text → tree: one parse, and the caps that no honest page reaches."""

from lxml import etree, html
from lxml.html import HtmlElement

from reader.errors import NoArticle, TooComplex

# Of 134 real news pages the deepest is 20 deep, the most crowded has 2,151 elements.
MAX_DEPTH = 150
MAX_ELEMENTS = 60_000
MAX_CHARS = 8_000_000


def parse(text: str) -> HtmlElement:
    """Parse a page; comments are gone. Raises TooComplex, and NoArticle when there is no element at all."""
    if len(text) > MAX_CHARS:
        raise TooComplex(f"{len(text)} characters")
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise NoArticle("not HTML") from error
    if not isinstance(tree, HtmlElement):
        raise NoArticle("an empty page")
    _check_size(tree)
    return tree


def _check_size(tree: HtmlElement) -> None:
    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise TooComplex(f"more than {MAX_ELEMENTS} elements, or {MAX_DEPTH} deep")
