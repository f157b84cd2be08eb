"""Measuring the sanitised article: plain text, words, dateline, excerpt, how far it can be trusted."""

import re

from lxml.html import HtmlElement

from reader.extraction.tree import fold, has_class, parse_fragment, text_of
from reader.values import Quality

_BLOCKS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "figcaption", "caption", "tr"}
)
_CELL_END = "\t"
_WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
# Chinese and Japanese, then Thai, Lao, Burmese and Khmer part no words: so many characters count
# as one, as people read them (Trauzettel-Klosinski and Dietz 2012: 255 to 357 a minute where 228 words are).
_UNPARTED = (
    (re.compile("[\u3005\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"), 2),
    (re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+"), 5),
)
# As in: BAKU, KOMPAS.com - · Liputan6.com, Jakarta - · Jakarta, CNN Indonesia -- · Jakarta (ANTARA) -
_HOUSE = (
    r"(?:[A-Z][\w-]*[.,](?:com|co\.id|id|net|tv|co)|[A-Z]\w*Otomotif"
    r"|(?-i:(?:CNN|CNBC) Indonesia|VIVA(?:news)?|ANTARA(?: News)?))"
)
_CITY = r"(?-i:[A-Z][\w'’-]{0,30}(?: [A-Z][\w'’-]{0,30}){0,3})"
_DATELINE = re.compile(
    rf"(?:[A-Z][\w .,'’/()-]{{1,50}}?,\s*)?{_HOUSE}(?:,\s{{0,2}}{_CITY})?\s*[-–—]+(?=\s|[A-Z\"“])"
    rf"|{_CITY}(?:,\s{_CITY})?\s\({_HOUSE}\)\s*[-–—]+(?=\s|[A-Z\"“])",
    re.IGNORECASE,
)
_EXCERPT_CHARS = 300
_SHORTEST_DESCRIPTION = 40
_LONGEST_WORD = 60


def read_text(content: str) -> str:
    """The plain text of sanitised HTML, a blank line between blocks; links to players are left out."""
    if not content:
        return ""
    root = parse_fragment(content)
    pieces: list[str] = [""]
    _collect(root, pieces)
    lines = ("\n".join(filter(None, map(fold, piece.split("\n")))) for piece in pieces)
    return "\n\n".join(line for line in lines if line)


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    if has_class(element, "embed") and element.tag != "blockquote":
        return
    if element.tag == "figcaption":  # captions are of the pictures, not of the text
        return
    is_block = element.tag in _BLOCKS or element.tag in {"div", "blockquote", "figure", "ul", "ol", "table"}
    if is_block:
        pieces.append("")
    if element.tag == "br":
        pieces[-1] += "\n"
    # A line end in the source is a space; those of our own stand for line breaks.
    pieces[-1] += _on_one_line(element.text)
    for child in element:
        _collect(child, pieces)
        if child.tag in {"td", "th"}:
            pieces[-1] += " | " if child.getnext() is not None else ""
        pieces[-1] += _on_one_line(child.tail)
    if is_block:
        pieces.append("")


def _on_one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def count_words(text: str) -> int:
    """Count words; where a script parts none, what takes as long to read.

    >>> count_words("Warga 3.000 kota"), count_words("東京都は二日、公園を開く")
    (3, 6)
    """
    unparted = 0
    for letters, count in () if text.isascii() else _UNPARTED:
        unparted += -(-sum(map(len, letters.findall(text))) // count)
        text = letters.sub(" ", text)
    return len(_WORD.findall(text)) + unparted


def find_dateline(text: str) -> str:
    """The place and the publisher before the first sentence: "BAKU, KOMPAS.com -"; "" where there is none."""
    for paragraph in text.split("\n\n")[:4]:
        if match := _DATELINE.match(paragraph):
            return match[0]
    return ""


def make_excerpt(description: str, text: str, dateline: str) -> str:
    """At most 300 characters, whole words: the page's description, else the first longer paragraph."""
    if len(description) < _SHORTEST_DESCRIPTION or _is_cut(description):
        paragraphs = [fold(each.removeprefix(dateline)) for each in text.split("\n\n")]
        first = next((each for each in paragraphs if len(each) >= _SHORTEST_DESCRIPTION), "")
        description = first or description or next(iter(paragraphs), "")
    if len(description) <= _EXCERPT_CHARS:
        return description
    cut = description[: _EXCERPT_CHARS - 1]
    whole = cut.rsplit(" ", 1)[0]
    # Where words stand without spaces, the last space may be far away.
    return (whole if len(cut) - len(whole) < _LONGEST_WORD else cut).rstrip(",;:-–— ") + "…"


def _is_cut(description: str) -> bool:
    return description.endswith(("...", "…"))


# --- quality ---

_SHORT_WORDS = 50
_TEASER_WORDS = 150
_LINK_FARM_SHARE = 0.6
_COSTS = {"too_short": 0.5, "missing_pages": 0.3, "teaser": 0.6, "truncated": 0.3, "rule_doubtful": 0.3}
_COSTS |= {"link_farm": 0.7, "no_title": 0.2}


def judge(  # noqa: PLR0913 - each is one fact about the article
    *,
    words: int,
    has_title: bool,
    is_missing_pages: bool,
    is_truncated: bool,
    is_free: bool,
    is_doubtful: bool,
    link_share: float,
) -> Quality:
    """Weigh the facts into a score and the reasons against full trust."""
    facts = {
        "too_short": is_short(words),
        "missing_pages": is_missing_pages,
        "teaser": not is_free and (words < _TEASER_WORDS or is_truncated),
        "truncated": is_truncated and not is_missing_pages,
        "rule_doubtful": is_doubtful,
        "link_farm": link_share > _LINK_FARM_SHARE,
        "no_title": not has_title,
    }
    return weigh(tuple(reason for reason, holds in facts.items() if holds))


def weigh(reasons: tuple[str, ...]) -> Quality:
    """The score that is left of full trust."""
    score = max(0.05, 1.0 - sum(_COSTS[reason] for reason in reasons))
    return Quality(score=round(score, 2), reasons=reasons)


def is_short(words: int) -> bool:
    return words < _SHORT_WORDS


def share_of_links(content: str) -> float:
    """The share of the text that stands in links; a picture's caption, which leads to it, is none."""
    if not content:
        return 0.0
    root = parse_fragment(content)
    for figure in list(root.iter("figure")):
        figure.drop_tree()
    return link_share_of(root)


def link_share_of(element: HtmlElement) -> float:
    """The share of the element's text that stands in links."""
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return linked / max(len(text_of(element)), 1)
