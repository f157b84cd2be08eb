"""The article that a page keeps as data for its own script, and draws in part or only in the browser.

Pages made with Next.js have it in one script. On jawapos.com of 2026 all pages of the article are there,
and no more than the first stands in the markup.
"""

import json
import re
from collections import deque
from collections.abc import Iterator

from lxml.html import HtmlElement

from reader.errors import ExtractionError
from reader.extraction.parse import parse
from reader.extraction.tree import fold, make, text_of

_MAX_CHARS = 3_000_000
# The article's own object stands near the root; what is further away is lists of other articles.
_MAX_OBJECTS = 5_000
_PARAGRAPH_END = re.compile(r"</p>|\\u003c/p\\u003e", re.IGNORECASE)
_FEWEST_PARAGRAPHS = 2
_PUSH = "self.__next_f.push(["
_TEXT_ROW = re.compile(rb"[0-9a-f]{1,4}:T([0-9a-f]{1,6}),")
_TITLES = ("title", "headline")
_TEXTS = ("content", "body", "articleBody", "html")


def find_article_data(tree: HtmlElement) -> HtmlElement | None:
    """A new ``div`` with the article of the page's data, or None: known by having the page's own title."""
    script = next((each for each in tree.iter("script") if each.get("id") == "__NEXT_DATA__"), None)
    data = (script.text or "") if script is not None else ""
    if len(data) > _MAX_CHARS or len(_PARAGRAPH_END.findall(data)) < _FEWEST_PARAGRAPHS:
        return None
    page_title = next((text_of(each).casefold() for each in tree.iter("title")), "")
    for each in _objects(data):
        markup = _markup_of(each, page_title)
        if markup:
            return _build(markup)
    return None


def find_streamed_text(tree: HtmlElement) -> HtmlElement | None:
    """A new ``div`` with the longest text in HTML that the page's scripts carry in pieces, or None."""
    pieces = "".join(_pieces(tree)).encode("utf-8", "surrogatepass")
    best, at = b"", 0
    while head := _TEXT_ROW.search(pieces, at):
        at = head.end() + int(head[1], 16)
        best = max(best, pieces[head.end() : at], key=len)
    markup = best.decode("utf-8", "replace")
    return _build(markup) if len(_PARAGRAPH_END.findall(markup)) >= _FEWEST_PARAGRAPHS else None


def _pieces(tree: HtmlElement) -> Iterator[str]:
    """The strings that are pushed one after the other, as React's server writes them."""
    size = 0
    for script in tree.iter("script"):
        text = (script.text or "").strip()
        size += len(text)
        if not text.startswith(_PUSH) or size > _MAX_CHARS:
            continue
        try:
            value = json.loads(text[len(_PUSH) - 1 :].rstrip(");"))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, list) and len(value) == 2 and isinstance(value[1], str):
            yield value[1]


def _objects(data: str) -> Iterator[dict[str, object]]:
    """The objects in the data, the outermost first."""
    try:
        waiting: deque[object] = deque([json.loads(data)])
    except (ValueError, RecursionError):
        return
    for _ in range(_MAX_OBJECTS):
        if not waiting:
            return
        value = waiting.popleft()
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting.extend(each for each in inner if isinstance(each, dict | list))
        if isinstance(value, dict):
            yield value


def _markup_of(value: dict[str, object], page_title: str) -> str:
    """The object's text in HTML, if it is the page's own article."""
    titles = (fold(title).casefold() for name in _TITLES if isinstance(title := value.get(name), str))
    if not any(title and page_title.startswith(title) for title in titles):
        return ""
    texts = (text for name in _TEXTS if isinstance(text := value.get(name), str))
    return next((text for text in texts if len(_PARAGRAPH_END.findall(text)) >= _FEWEST_PARAGRAPHS), "")


def _build(markup: str) -> HtmlElement | None:
    try:
        page = parse(f"<html><body>{markup}</body></html>")
    except ExtractionError:
        return None
    content = make("div")
    for body in page.iter("body"):
        content.text = body.text
        content.extend(list(body))
    return content
