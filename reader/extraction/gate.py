"""The quality gate: pages that are no article are refused, each with its own error.

A false alarm loses an article, a miss keeps a useless one: each question is asked of short or suspicious
results only, and what a page says of itself (article, not free) counts against refusing.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from reader.errors import (
    BotWall,
    ConsentWall,
    ExtractionError,
    LinkList,
    LoginWall,
    NoArticle,
    SoftNotFound,
    SubscribersOnly,
)
from reader.extraction import gate_phrases as phrases
from reader.extraction.tree import text_of

# Longer than any wall: 40 to 120 words are usual, with the notice of cookies below.
_WALL_WORDS = 150
_NOTICE_WORDS = 60
_TEASER_WORDS = 40
_FEWEST_WORDS = 5
_FEWEST_OF_PAGE = 3
_READ_CHARS = 20_000
_MOST_DETAIL = 200

# Of 1,030 real article pages none with so many links, so many linked words and so few paragraphs.
_LIST_LINKS = 100
_LIST_SHARE = 0.5
_LIST_PARAGRAPHS = 1
_HOME_PARAGRAPHS = 5
_PARAGRAPH_WORDS = 20
_FARM_SHARE = 0.6
# A home page that calls itself an article: detik's of 2017 has .56. It refuses none of 1,138 real articles.
_DOUBTED_SHARE = 0.4
_FEEDS = frozenset({"rss", "feed", "rdf", "channel"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the gate looks at.

    ``is_marked``: the page says that it is an article; ``is_ruled``: a site rule found the text;
    ``is_titled``: the page's first heading is the title.
    """

    url: str
    title: str
    text: str
    words: int
    link_share: float
    is_marked: bool
    is_free: bool
    is_ruled: bool
    is_titled: bool
    has_pictures: bool


def check_feed(tree: HtmlElement) -> None:
    """Raise LinkList where the page is a feed that was served as a page."""
    body = next(tree.iter("body"), tree)
    first = next(iter(body), None)
    if tree.tag in _FEEDS or (first is not None and first.tag in _FEEDS):
        raise LinkList("a feed")


def check_result(result: Result, tree: HtmlElement) -> None:
    """Return for an article; raise the ExtractionError that fits where the result is none."""
    if result.words < _WALL_WORDS and (error := _find_wall(result, tree)):
        raise error
    if not result.is_ruled and _is_list(result, tree):
        raise LinkList(result.title[:_MOST_DETAIL])
    if result.words < _FEWEST_WORDS and not result.has_pictures and not _is_complete(result, tree):
        raise NoArticle(f"{result.words} words")


def explain_nothing(title: str, url: str, is_free: bool, tree: HtmlElement) -> ExtractionError:
    """The error for a page in which no article was found at all."""
    text = text_of(tree)[:_READ_CHARS]
    page = Result(
        url=url,
        title=title,
        text=text,
        words=min(len(text.split()), _NOTICE_WORDS - 1),
        link_share=0.0,
        is_marked=False,
        is_free=is_free,
        is_ruled=False,
        is_titled=False,
        has_pictures=False,
    )
    if error := _find_wall(page, tree):
        return error
    return (
        LinkList(title[:_MOST_DETAIL])
        if _is_list(page, tree)
        else NoArticle("no part of the page is an article")
    )


def _is_complete(result: Result, tree: HtmlElement) -> bool:
    """Whether a page of paragraphs says no more than this, and has nothing that could bring more."""
    body = next(tree.iter("body"), tree)
    is_still = next(tree.iter("script", "noscript", "form", "iframe", "frameset", "object"), None) is None
    has_paragraphs = next(body.iter("p"), None) is not None
    return is_still and has_paragraphs and result.words >= max(_FEWEST_OF_PAGE, len(text_of(body).split()))


# --- walls ---


def _find_wall(result: Result, tree: HtmlElement) -> ExtractionError | None:
    whole = f"{result.title} {result.text}"
    detail = whole[:_MOST_DETAIL]
    is_notice = result.words < _NOTICE_WORDS
    if phrases.holds(whole, phrases.BOT_WALL) and not result.is_marked:
        return BotWall(detail)
    if "checkpoint" in urlsplit(result.url).path.lower() and is_notice:
        return BotWall(detail)
    if _is_consent(result, whole):
        return ConsentWall(detail)
    if not result.is_marked and _is_not_found(result, is_notice=is_notice):
        return SoftNotFound(detail)
    if not result.is_free and result.words < _TEASER_WORDS:
        return SubscribersOnly(detail)
    if not result.is_marked and _is_login(result, tree, is_notice=is_notice):
        return LoginWall(detail)
    if is_notice and not result.is_marked and phrases.holds(whole, phrases.SUBSCRIBE):
        return SubscribersOnly(detail)
    return None


def _is_consent(result: Result, whole: str) -> bool:
    host = urlsplit(result.url).hostname or ""
    return not result.is_marked and (
        host.startswith(phrases.CONSENT_HOSTS) or phrases.holds(whole, phrases.CONSENT)
    )


def _is_not_found(result: Result, *, is_notice: bool) -> bool:
    if phrases.NOT_FOUND_TITLE.fullmatch(result.title[:_MOST_DETAIL].strip()):
        return True
    return is_notice and phrases.holds(f"{result.title} {result.text}", phrases.NOT_FOUND)


def _is_login(result: Result, tree: HtmlElement, *, is_notice: bool) -> bool:
    if phrases.LOGIN_TITLE.fullmatch(result.title[:_MOST_DETAIL].strip()):
        return True
    is_asked = any(each.get("type", "").lower() == "password" for each in tree.iter("input"))
    return is_notice and is_asked and result.words < _TEASER_WORDS and not result.has_pictures


# --- lists of links ---


def _is_list(result: Result, tree: HtmlElement) -> bool:
    """Whether it is a home page, a section, a tag or a search, by its address and by what it is made of.

    An address with a long name or number, or a heading that is the page's title, is an article's.
    """
    path = urlsplit(result.url).path
    is_home = bool(result.url) and phrases.HOME_PATH.fullmatch(path) is not None
    is_section = phrases.LIST_PATH.search(path) is not None
    if not (is_home or is_section) and (result.is_titled or phrases.ARTICLE_PATH.search(path)):
        return False
    is_short = result.words < _NOTICE_WORDS and not result.is_titled
    is_farm = result.link_share > _FARM_SHARE and not result.is_marked
    is_doubted = not result.is_marked or result.link_share > _DOUBTED_SHARE
    if not (is_short or is_farm or ((is_home or is_section) and is_doubted)):
        return False
    links, share, paragraphs = _measure_links(tree)
    if links < _LIST_LINKS or share <= _LIST_SHARE:
        return False
    return paragraphs <= (_LIST_PARAGRAPHS if is_short else _HOME_PARAGRAPHS)


def is_titled(tree: HtmlElement, title: str) -> bool:
    """Whether a heading of the first rank is the title."""
    return any(text_of(each).casefold() == title.casefold() for each in tree.iter("h1"))


def _measure_links(tree: HtmlElement) -> tuple[int, float, int]:
    """How many links the page has, the share of its words in them, and its paragraphs of unlinked words."""
    body = next(tree.iter("body"), tree)
    hidden = sum(len(text_of(each).split()) for each in body.iter("script", "style", "noscript"))
    words = max(len(text_of(body).split()) - hidden, 1)
    links = [len(text_of(each).split()) for each in body.iter("a")]
    paragraphs = sum(1 for each in body.iter("p") if _unlinked_words(each) >= _PARAGRAPH_WORDS)
    return len(links), sum(links) / words, paragraphs


def _unlinked_words(paragraph: HtmlElement) -> int:
    linked = sum(len(text_of(each).split()) for each in paragraph.iter("a"))
    return len(text_of(paragraph).split()) - linked
