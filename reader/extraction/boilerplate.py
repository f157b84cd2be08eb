"""What surrounds articles on every site, told by tags, roles and the words in class and id: gone before
anybody looks for the article. A page with a site rule never comes here.
"""

import re
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.tree import class_words, drop, is_hidden, text_of

_NO_TEXT = (
    *("script", "style", "noscript", "template", "svg", "canvas", "object", "embed", "link", "meta"),
    *("button", "select", "textarea", "input", "dialog", "map"),
)
_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu"}
    | {"menubar", "toolbar", "tablist", "alert", "tooltip"}
)
_NEVER = frozenset({"html", "body", "head", "article", "main"})
_INLINE = frozenset({"a", "abbr", "b", "cite", "em", "i", "mark", "q", "span", "strong", "u"})
_FRAMES = frozenset({"footer", "aside", "header", "nav"})

# Names of several words that say together what none says alone.
_PHRASES = re.compile(
    r"read[-_]?(?:more|also|next)|also[-_]?read|saiba[-_]?mais|leia[-_]?(?:mais|tamb[eé]m)|lire[-_]?aussi"
    r"|lea[-_]?(?:mas|tambi[eé]n)|baca[-_]?juga|lees[-_]?ook|privacy[-_]embed|embed[-_]privacy|news[-_]letter"
    r"|\b(?:no-?print|not-?for-?print|hidden-print|d-print-none|print-(?:hide|none))\b",
    re.IGNORECASE,
)
# Names of a style, not of a thing: "print:hidden", "w-1/2", "[&>p]:mt-4".
_STYLE = re.compile(r"[:/\[\]]")

_COMMENTS = frozenset(
    {"comment", "comments", "commentlist", "commentform", "commentsection", "respond", "disqus", "livefyre"}
    | {"viafoura", "spotim", "komentar", "kommentare", "commentaires", "comentarios", "fbcomments"}
)
_CONSENT = frozenset({"cookie", "cookies", "consent", "gdpr", "ccpa", "onetrust", "didomi", "cookiebot"})
_SUBJECTS = frozenset({"article", "post", "entry", "story", "news", "page", "single", "blog"})
_BODIES = frozenset({"content", "body", "text"})
_AROUND = frozenset(
    # share bars
    {"share", "sharing", "shares", "sharebar", "sharedaddy", "sharethis", "sharetools", "addthis", "addtoany"}
    | {"social", "socials", "socialmedia", "sociallinks", "followus"}
    # links to other articles
    | {"related", "relatedposts", "relatednews", "recommended", "recommendation", "recommendations"}
    | {"recirc", "recirculation", "outbrain", "taboola", "trending", "popular", "mostread", "mostpopular"}
    | {"readnext", "upnext", "morestories", "crosslink", "zergnet", "onward"}
    # asking for something
    | {"newsletter", "newsletters", "subscribe", "subscription", "signup", "promo", "promos", "promotion"}
    | {"donate", "donation", "login", "cta"}
    | {"contact", "rss", "suggestion", "suggestions", "suggested", "placeholder"}
    # conditions
    | {"disclaimer", "disclosure", "affiliate", "licence", "license", "linklist", "linkbox"}
    # advertising
    | {"ad", "ads", "advert", "advertisement", "advertising", "adsbygoogle", "adslot", "sponsor"}
    | {"sponsored", "sponsors", "commercial"}
    # the site
    | {"sidebar", "breadcrumb", "breadcrumbs", "nav", "navbar", "navigation", "menu", "footer", "masthead"}
    | {"pagination", "pager", "paging", "popup", "modal", "toolbar", "skip", "noprint", "copyright"}
    # labels that a chart is made of, each at a place of its own
    | {"artboard", "ai2html"}
    | {"tags", "taglist", "tagcloud", "hashtags", "rating", "ratings", "toast"}
)
_TEASERS = frozenset({"teaser", "teasers"})
_ABOUT = frozenset(
    {"byline", "author", "authors", "bio", "timestamp", "datetime", "pubdate", "postmeta", "meta", "metadata"}
    | {"readtime", "kicker", "eyebrow", "autor", "autoren", "postmetadata", "entrymeta", "entryfooter"}
)
_MAX_ABOUT_CHARS = 400
# An element with so much of the page's unlinked text is not beside the article.
_MAX_SHARE = 0.25
_LEAST_ARTICLE_CHARS = 300
_FEWEST_PARAGRAPHS = 3
_PARAGRAPH_CHARS = 120
_SENTENCE_CHARS = 25
_LEAST_STANDFIRST_CHARS = 110
# 20,000 links in one line would each look at all others.
_MOST_SIBLINGS = 60


def strip_boilerplate(tree: HtmlElement) -> str:
    """Take it out of the page; a line for the trace."""
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    total = prose_length(tree)
    doomed: list[HtmlElement] = []
    walk = etree.iterwalk(tree, events=("start",))
    for _, element in walk:
        if _is_boilerplate(element, total):
            doomed.append(element)
            walk.skip_subtree()
    for element in doomed:
        drop(element)
    return f"boilerplate: {len(doomed)} elements"


def prose_length(element: HtmlElement) -> int:
    """How many characters of text stand in no link."""
    linked = sum(len(link.text_content().strip()) for link in element.iter("a"))
    return max(len(" ".join(element.text_content().split())) - linked, 0)


def _is_boilerplate(element: HtmlElement, total: int) -> bool:
    if element.tag in _NEVER:
        return False
    is_frame = element.tag in _FRAMES or element.get("role") in _ROLES or is_hidden(element)
    kind = "frame" if is_frame else _kind_of(f"{element.get('class', '')} {element.get('id', '')}")
    if (element.tag == "header" and _is_of_text(element)) or _is_signature(element):
        return False
    if not kind or (element.tag in _INLINE and _is_in_sentence(element)):
        return False
    return _is_beside(element, kind, total)


def _is_of_text(element: HtmlElement) -> bool:
    """Whether a header is that of a part of the text, one heading and nothing else, or holds a standfirst."""
    if _holds(element, "a", "h1"):
        return False
    headings, length = list(element.iter("h2", "h3", "h4")), len(text_of(element))
    if not headings:
        return length >= _LEAST_STANDFIRST_CHARS and not _holds(element, "time", "ul")
    return len(headings) == 1 and len(text_of(headings[0])) == length


def _is_signature(element: HtmlElement) -> bool:
    """Whether it says under a quote who said it."""
    return element.tag == "footer" and next(element.iterancestors("blockquote"), None) is not None


def _is_in_sentence(element: HtmlElement) -> bool:
    """Whether running text stands around an inline element: what its class tells is how it looks or acts."""
    parent = element.getparent()
    if parent is None:
        return False
    around = len((parent.text or "").strip()) + sum(
        len((each.tail or "").strip()) for each in islice(parent, _MOST_SIBLINGS)
    )
    return around > _SENTENCE_CHARS


def _is_beside(element: HtmlElement, kind: str, total: int) -> bool:
    """Whether an element that is named so has as little text of its own as such elements have."""
    prose = prose_length(element)
    if kind == "sure":
        return total - prose >= _LEAST_ARTICLE_CHARS and not _holds(element, "h1", "article")
    if prose > _MAX_SHARE * total:
        return False
    if kind == "teaser":
        return _holds(element, "a", "img")
    if kind == "about":
        return prose <= _MAX_ABOUT_CHARS
    return kind == "frame" or count_paragraphs(element) < _FEWEST_PARAGRAPHS


def _holds(element: HtmlElement, *tags: str) -> bool:
    return next(element.iter(*tags), None) is not None


def count_paragraphs(element: HtmlElement) -> int:
    """How many paragraphs of a sentence or more stand in the element."""
    return sum(prose_length(each) > _PARAGRAPH_CHARS for each in element.iter("p"))


@lru_cache(maxsize=8192)
def _kind_of(names: str) -> str:
    words: set[str] = set()
    for name in names[:400].split():
        if _STYLE.search(name):
            continue
        of_name = class_words(name)
        if _PHRASES.search(name):
            words.add("promo")
        if of_name & _SUBJECTS and of_name & _BODIES and not of_name & _AROUND:
            return ""
        words |= of_name
    if words & _COMMENTS or words & _CONSENT:
        return "sure"
    if words & _AROUND:
        return "around"
    if words & _TEASERS:
        return "teaser"
    return "about" if words & _ABOUT else ""
