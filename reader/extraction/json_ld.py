"""What a page says of itself in JSON-LD: the article's own object, read without trusting any type in it."""

import html
import json
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from reader.extraction.tree import fold

# Of 808 news and blog pages none has more; a page that does is no longer about one article.
_MAX_CHARS = 1_000_000
_MAX_OBJECTS = 500
_MAX_LEVELS = 6
_MAX_NAMES = 20
_ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"}
    | {"BackgroundNewsArticle", "ReviewNewsArticle", "AdvertiserContentArticle", "BlogPosting", "TechArticle"}
    | {"LiveBlogPosting", "ScholarlyArticle", "SocialMediaPosting", "Report", "SatiricalArticle"}
    | {"MedicalScholarlyArticle", "DiscussionForumPosting", "Recipe", "HowTo", "ClaimReview"}
)
# They tell of the page around an article; believed only where no article object says a thing.
_PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage", "CreativeWork"})
_OF_THE_PAGE = ("datePublished", "dateModified", "author", "inLanguage", "publisher", "isAccessibleForFree")
_ORGANISATIONS = ("Organization", "Corporation")

Data = dict[str, object]


def read_json_ld(tree: HtmlElement) -> Data:
    """What the page's article objects say, the fullest first; a person named by reference is looked up.

    Where several objects name authors, those of the longest list hold: publishers of joint articles
    let one plugin name the first author, and another all.
    """
    objects = list(_read_objects(tree))
    articles = sorted((each for each in objects if _has_type(each, _ARTICLE_TYPES)), key=len, reverse=True)
    pages = [each for each in objects if _has_type(each, _PAGE_TYPES)]
    data: Data = {}
    for article in articles:
        data = {**article, **data}
    for page in pages:
        data = {**{key: page[key] for key in _OF_THE_PAGE if key in page}, **data}
    known = {str(each["@id"]): each for each in objects if "@id" in each and "name" in each}
    people = [_look_up(each.get("author"), known) for each in articles]
    if people := [each for each in people if any(map(text_in, each))]:
        data["author"] = max(people, key=len)
    else:
        data["author"] = _look_up(data.get("author"), known)
    return data


def text_in(value: object, *, level: int = 0) -> str:
    """A text, the name of an object, or the first of a list; "" for anything else."""
    if isinstance(value, str):
        return fold(html.unescape(value) if "&" in value else value)
    if isinstance(value, dict) and level < _MAX_LEVELS:
        return text_in(value.get("name") or value.get("url") or value.get("@value"), level=level + 1)
    if isinstance(value, list) and value and level < _MAX_LEVELS:
        return text_in(value[0], level=level + 1)
    return ""


def body_in(value: object) -> str:
    """A long text with its line ends, which are all that is left of its paragraphs; "" for anything else."""
    return value if isinstance(value, str) else ""


def number_in(value: object) -> int:
    """A whole number, also one written as a text; 0 for anything else."""
    text = str(value) if isinstance(value, int) else value
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 9 else 0


def url_in(value: object, *, level: int = 0) -> str:
    """An address, that of an object, or the first of a list; "" for anything else."""
    if isinstance(value, dict) and level < _MAX_LEVELS:
        return url_in(value.get("url") or value.get("contentUrl") or value.get("@id"), level=level + 1)
    if isinstance(value, list) and value and level < _MAX_LEVELS:
        return url_in(value[0], level=level + 1)
    return value.strip() if isinstance(value, str) else ""


def texts_in(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for text in map(text_in, values[:_MAX_NAMES]) if text]


def organisations_in(value: object) -> list[str]:
    """The names of those authors or publishers that call themselves an organisation."""
    values = value if isinstance(value, list) else [value]
    found = (each for each in values[:_MAX_NAMES] if isinstance(each, dict) and _is_organisation(each))
    return [text for text in map(text_in, found) if text]


def _is_organisation(value: Data) -> bool:
    return any(name.endswith(_ORGANISATIONS) for name in _types_of(value))


def _look_up(value: object, known: dict[str, Data]) -> list[object]:
    """The value as a list, each reference in it replaced by the object that it points to."""
    values = value if isinstance(value, list) else [value]
    return [
        known.get(str(each["@id"]), each) if isinstance(each, dict) and "@id" in each else each
        for each in values[:_MAX_NAMES]
        if each
    ]


def _read_objects(tree: HtmlElement) -> Iterator[Data]:
    left_chars, left_objects = _MAX_CHARS, _MAX_OBJECTS
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        text = script.text or ""
        left_chars -= len(text)
        if left_chars < 0:
            return
        for each in _objects(_load(text)):
            left_objects -= 1
            if left_objects < 0:
                return
            yield each


def _load(text: str) -> object:
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object, level: int = 0) -> Iterator[Data]:
    if level > _MAX_LEVELS:
        return
    if isinstance(value, list):
        for each in value:
            yield from _objects(each, level + 1)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), level + 1)
        yield from _objects(value.get("mainEntity"), level + 1)


def _has_type(value: Data, wanted: Iterable[str]) -> bool:
    return any(name in wanted for name in _types_of(value))


def _types_of(value: Data) -> list[str]:
    types = value.get("@type")
    names = types if isinstance(types, list) else [types]
    return [name.rpartition("/")[2] for name in names[:_MAX_NAMES] if isinstance(name, str)]
