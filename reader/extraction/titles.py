"""The article's title among those that a page tells: headline, shared titles, `<title>` and headings."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.tree import fold, text_of

_MAX_HEADINGS = 60
_MAX_CHARS = 400
_MOST_SEGMENTS = 4
# A heading that is less of the title than this may be the site's or the section's.
_LEAST_SHARE = 0.4
_LEAST_SHARED = 0.5
# What publishers put between the title, the section and their own name.
_SEPARATOR = re.compile(
    r"\s+(?:[-–—|│ᅵ·•/«›‹~]|:{1,2}|>{1,2})\s+|\s*[|│ᅵ»]\s*|:\s+|(?<=[^\x00-\u02ff])[-_](?=[^\x00-\u02ff])"
)
# A separator with nothing after it but signs, "Judul » ☆☆☆☆☆".
_LOOSE_END = re.compile(r"\s[-–—|│·•:/»«›][^\w\"'“”’)\]?!.]{0,12}$")
_DAY_BEFORE = re.compile(r"^\d{1,2}[./-]\d{1,2}[./-]\d{4}\s*[-–—|:]\s+")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,100}>")
_TEAM = re.compile(r"(?:tim|team|redaksi|redaktion|editorial)\s", re.IGNORECASE)
_NO_NAMES = frozenset("www com co org net or ac go gov edu gob blog web archive".split())
_VISIBLE = etree.XPath(".//text()[not(parent::style or parent::script or parent::noscript)]")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Site:
    """The names that a site goes by, as keys: its own words and the parts of its host.

    ``label`` is the part that was registered, "kompas" of "www.kompas.com".
    """

    keys: frozenset[str]
    label: str

    @classmethod
    def of(cls, names: Iterable[str], host: str) -> "Site":
        labels = [label for label in host.split(".")[:-1] if label not in _NO_NAMES]
        keys = {_squeeze(name) for name in (*names, *labels, host, host.removeprefix("www."))}
        return cls(frozenset(keys - {""}), _squeeze(labels[-1] if labels else ""))

    def is_named(self, text: str) -> bool:
        """Whether the text is one of the site's names and nothing else."""
        return _squeeze(text) in self.keys

    def is_staff(self, name: str) -> bool:
        """Whether it is the site's name or that of its staff, "Tim Kabar", and so no person's."""
        is_team = bool(_TEAM.match(name)) and self.label in _squeeze(name)
        return is_team or self.is_named(name)

    def is_meant(self, text: str) -> bool:
        """Whether the last part of a title is the site's: its name, an address, or few words around it."""
        key = _squeeze(text)
        around = (name for name in (*self.keys, self.label) if len(name) >= 4 and name in key)
        within = len(key) >= 4 and any(key in name for name in self.keys)
        return (
            key in self.keys
            or bool(_DOMAIN.fullmatch(text.strip()))
            or any(len(key) <= 2 * len(name) + 8 for name in around)
            or within
        )


def choose_title(headline: str, shared: Sequence[str], tree: HtmlElement, site: Site) -> str:
    """Return the title without the site's name.

    ``headline`` is the structured data's; ``shared`` are og:title, twitter:title and `<title>`. What is
    told in the head is checked against the page's headings: a heading that is one part of a told title is
    the title, and so is the first heading where two of three sources have it.
    """
    told = list(dict.fromkeys(without_site(each, site) for each in (headline, *shared)))
    main = list(_headings(tree, ("h1",), site))
    for headings, least_share in _rounds(tree, main, site):
        for title in filter(None, told):
            if found := _matching(title, headings, least_share):
                # A headline is spelled as its author wants it; of other titles the visible form is better.
                return told[0] if headline and _key(found) == _key(told[0]) else found
            if headings is main and _is_inside(title, main):
                return title
    return told[0] if headline and told[0] else _weigh([title for title in told if title], main)


def _rounds(tree: HtmlElement, main: list[str], site: Site) -> Iterator[tuple[list[str], float]]:
    """The headings to look through in turn, each with the least share of a title that one may be.

    A site's name above the page is often an h1, and the article's title then an h2.
    """
    yield main, _LEAST_SHARE
    yield list(_headings(tree, ("h2", "h3"), site)), 0.0
    yield main, 0.0


def without_site(title: str, site: Site) -> str:
    """Take the site's name off both ends of a title; a title that is nothing else is none."""
    title = clean_title(title)
    for _ in range(_MOST_SEGMENTS):
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts or site.is_named(title):
            break
        if site.is_meant(title[cuts[-1].end() :]):
            title = title[: cuts[-1].start()]
        elif site.is_named(title[: cuts[0].start()]):
            title = title[cuts[0].end() :]
        else:
            break
    return "" if site.is_named(title) else _LOOSE_END.sub("", title).strip()


def clean_title(text: str) -> str:
    return _DAY_BEFORE.sub("", fold(_TAG.sub("", text)))[:_MAX_CHARS]


def _headings(tree: HtmlElement, tags: tuple[str, ...], site: Site) -> Iterator[str]:
    for _, element in zip(range(_MAX_HEADINGS), tree.iter(*tags), strict=False):
        text = text_of(element) if element.find(".//style") is None else _visible_text(element)
        if text and len(text) <= _MAX_CHARS and not site.is_named(text):
            yield text


def _visible_text(element: HtmlElement) -> str:
    return fold("".join(map(str, _VISIBLE(element))))


def _matching(title: str, headings: Sequence[str], least_share: float) -> str:
    """The longest heading that is the title, or all of one part of it, in the better spelling."""
    parts = (each for each in headings if len(each) >= least_share * len(title) and _is_part(each, title))
    found = max(parts, key=len, default="")
    if found and _key(found) == _key(title) and not title.startswith(found) and _is_joined(found, title):
        return title
    return found


def _is_part(heading: str, title: str) -> bool:
    whole, part = _key(title), _key(heading)
    if part == whole:
        return True
    if len(part) < 2 or not (whole.startswith(part) or whole.endswith(part)):
        return False
    segments = _SEPARATOR.split(title)
    starts = {_key(" ".join(segments[:count])) for count in range(1, len(segments))}
    ends = {_key(" ".join(segments[-count:])) for count in range(1, len(segments))}
    # A short end is a section or a programme, a short beginning may be the title.
    return part in starts or (part in ends and len(part) >= _LEAST_SHARE * len(whole))


def _is_joined(heading: str, title: str) -> bool:
    """Whether a kicker and a title were two elements of the heading, with no sign between them."""
    return len(_SEPARATOR.findall(heading)) < len(_SEPARATOR.findall(title))


def _is_inside(title: str, headings: Sequence[str]) -> bool:
    """Whether a heading is the title with a kicker or a date joined to it."""
    key = _key(title)
    return any(key in _key(each) and 2 * len(key) >= len(_key(each)) for each in headings)


def _weigh(told: Sequence[str], headings: Sequence[str]) -> str:
    """The heading that shares most words with what is told, else the first that is told."""
    words = set(_key(" ".join(told)).split())
    best = max(headings, key=lambda each: _shared(each, words), default="")
    if best and (_shared(best, words) >= _LEAST_SHARED or not told):
        return best
    return told[0] if told else ""


def _shared(heading: str, words: set[str]) -> float:
    own = [word for word in _key(heading).split() if len(word) > 3]
    return sum(word in words for word in own) / len(own) if len(own) > 1 else 0.0


def _key(text: str) -> str:
    """Letters and digits in one case: quotes, dashes and spaces put aside."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _squeeze(text: str) -> str:
    return re.sub(r"\W|_", "", unicodedata.normalize("NFC", text).casefold().translate(_LETTERS))
