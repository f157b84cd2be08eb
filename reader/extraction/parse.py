"""Text → tree: one parse, and the caps that no honest page reaches."""

from lxml import etree, html
from lxml.html import HtmlElement

from reader.errors import NoArticle, TooComplex
from reader.extraction.tree import PLAIN_ELEMENTS

# Of 1,144 real pages the deepest is 51 deep and the most crowded has 9,748 elements; one of 2.2 MB is the
# largest. What is deeper or more crowded is slow in readability and bleach.
MAX_DEPTH = 100
MAX_ELEMENTS = 20_000
MAX_CHARS = 8_000_000
# Ten to an element, closing tags and the comparisons of scripts included; libxml2 needs 600 bytes for each.
MAX_TAGS = 10 * MAX_ELEMENTS
# A novel of 130,000 words, and a table of 3,000 lines; more costs seconds in every later stage. The largest
# of 1,006 real articles is a table of results: 9,475 elements.
MAX_TEXT_CHARS = 800_000
MAX_ARTICLE_ELEMENTS = 10_000
# Text of all the page, scripts and styles aside.
MAX_PAGE_TEXT_CHARS = 2_000_000
# readability's time grows with the square of what stands directly in one div.
MAX_CHILDREN = 4_000
# Of an address 2,000 characters count, of a class a few hundred. Only large pages can hold harmful ones.
MAX_ATTRIBUTE_CHARS = 20_000
LARGE_PAGE_CHARS = 500_000

# Counting in libxml2 costs a tenth of a walk, which makes a Python object of every element.
_COUNT = etree.XPath("count(//*)")
_LONG_ATTRIBUTES = etree.XPath(f"//*[@*[string-length() > {MAX_ATTRIBUTE_CHARS}]]")
_IS_TOO_WIDE = etree.XPath(f"boolean(//div[count(*) > {MAX_CHILDREN}])")
_TEXTS = etree.XPath("//text()[not(parent::script or parent::style)]", smart_strings=False)
_IS_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 1)})")

_PARSER = html.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
)
_PARSER.set_element_class_lookup(PLAIN_ELEMENTS)


def parse(text: str) -> HtmlElement:
    """Parse a page; comments are gone. Raises TooComplex, and NoArticle when there is no element at all."""
    if len(text) > MAX_CHARS or text.count("<") > MAX_TAGS:
        raise TooComplex(f"more than {MAX_CHARS} characters, or {MAX_TAGS} tags")
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), _PARSER)
    except (etree.LxmlError, ValueError) as error:
        raise NoArticle("not HTML") from error
    if not isinstance(tree, HtmlElement):
        raise NoArticle("an empty page")
    _check_size(tree)
    if len(text) > LARGE_PAGE_CHARS:
        _drop_long_attributes(tree)
    if len(text) > MAX_PAGE_TEXT_CHARS and sum(map(len, _TEXTS(tree))) > MAX_PAGE_TEXT_CHARS:
        raise TooComplex(f"more than {MAX_PAGE_TEXT_CHARS} characters of text")
    return tree


def _check_size(tree: HtmlElement) -> None:
    count = _COUNT(tree)
    if count > MAX_ELEMENTS or _IS_TOO_DEEP(tree):
        raise TooComplex(f"more than {MAX_ELEMENTS} elements, or {MAX_DEPTH} deep")
    if count > MAX_CHILDREN and _IS_TOO_WIDE(tree):
        raise TooComplex(f"more than {MAX_CHILDREN} elements in one")


def _drop_long_attributes(tree: HtmlElement) -> None:
    for element in _LONG_ATTRIBUTES(tree):
        for name, value in element.items():
            if len(value) > MAX_ATTRIBUTE_CHARS:
                del element.attrib[name]
