"""What a page says of itself in JSON-LD: the article's own object, read without trusting any type in it."""

import json
from collections.abc import Iterator

from lxml.html import HtmlElement

from reader.extraction.tree import fold

_MAX_CHARS = 1_000_000
_ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"}
    | {"BackgroundNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "BlogPosting", "TechArticle"}
    | {"LiveBlogPosting", "ScholarlyArticle", "SocialMediaPosting", "Report"}
)
_MAX_LEVELS = 6


def read_json_ld(tree: HtmlElement) -> dict[str, object]:
    """The page's first article object that tells most, or an empty one."""
    articles = [
        each
        for script in tree.iter("script")
        if "ld+json" in script.get("type", "").lower()
        for each in _objects(_load(script.text or ""))
        if _is_article(each)
    ]
    return max(articles, key=len, default={})


def text_in(value: object, *, level: int = 0) -> str:
    """A text, the name of an object, or the first of a list; "" for anything else."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, dict) and level < _MAX_LEVELS:
        return text_in(value.get("name") or value.get("url") or value.get("@value"), level=level + 1)
    if isinstance(value, list) and value and level < _MAX_LEVELS:
        return text_in(value[0], level=level + 1)
    return ""


def texts_in(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(text_in, values[:20]) if text]


def _load(text: str) -> object:
    if len(text) > _MAX_CHARS:
        return None
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object, level: int = 0) -> Iterator[dict[str, object]]:
    if level > _MAX_LEVELS:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, level + 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), level + 1)
        yield from _objects(value.get("mainEntity"), level + 1)


def _is_article(value: dict[str, object]) -> bool:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name in _ARTICLE_TYPES for name in names)
