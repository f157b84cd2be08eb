"""Addresses in a page → absolute http(s) addresses, or nothing."""

import math
import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_MAX_CHARS = 2000
_WIDEST = 1600
_COLUMN_WIDTH = 800
_MAX_SRCSET_CHARS = 20_000
_DESCRIPTOR = re.compile(r"[\d.]{1,8}[wxh],?|,")
_WIDTH = re.compile(r"(\d{1,6})w,?")
# Where pages keep the true picture while a placeholder stands in src.
_PICTURE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


def resolve(address: str, base: str) -> str:
    """Return the absolute address, or "" when it is not one of a page: ``javascript:``, ``data:``, nonsense.

    >>> resolve("/read/2", "https://example.com/read/1")
    'https://example.com/read/2'
    """
    address = "".join(address.split())
    if not address or address.startswith("#") or len(address) > _MAX_CHARS:
        return ""
    try:
        absolute = urljoin(base, address)
        parts = urlsplit(absolute)
        host = parts.hostname
    except ValueError:
        return ""
    return absolute if parts.scheme in {"http", "https"} and host else ""


def host_of(url: str) -> str:
    """The host in an address, in small letters; "" where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def find_base(tree: HtmlElement, url: str) -> str:
    """The address that the page's relative addresses start from: its own ``base``, else its URL."""
    for element in tree.iter("base"):
        if base := resolve(element.get("href", ""), url):
            return base
    return url


def resolve_addresses(content: HtmlElement, base: str) -> str:
    """Make every address in the content absolute; what leads nowhere loses it. A line for the trace."""
    dropped = 0
    for link in content.iter("a"):
        address = link.get("href", "")
        if address.startswith("mailto:"):
            continue
        if absolute := resolve(address, base):
            link.set("href", absolute)
        else:
            link.attrib.pop("href", None)
            dropped += 1
    for element in content.iter("img", "iframe"):
        element.set("src", resolve(source_of(element), base))
    return f"addresses: absolute from {base}, {dropped} lead nowhere"


def source_of(element: HtmlElement) -> str:
    """Where a picture or frame comes from, as it is written; pages hide it until it is seen.

    Of several sizes it is the largest that a screen needs, where one is told that fills the column; what
    stands in src is as often the smallest.
    """
    from_sets, width = _choose_from_sets(element)
    if width >= _COLUMN_WIDTH:
        return from_sets
    for name in _PICTURE_SOURCES:
        value: str = element.get(name, "")
        if value and not value.startswith("data:"):
            return value
    return from_sets


def _choose_from_sets(element: HtmlElement) -> tuple[str, float]:
    """The address that the first srcset of the picture gives, and how wide it says that it is."""
    # Not its parent only: to libxml2, which does not know it as empty, each source holds what follows it.
    picture = next(element.iterancestors("picture"), None)
    holders = [element, *(picture.iter("source") if picture is not None else ())]
    sets = (each.get(name, "") for each in holders for name in ("srcset", "data-srcset"))
    return next((found for each in sets if each and (found := choose_from_srcset(each))[0]), ("", 0))


def choose_from_srcset(srcset: str) -> tuple[str, float]:
    """The widest picture that is not wider than any screen needs: its address, "" where there is none, and
    the width that is told for it, negative where it is wider than that after all.

    >>> choose_from_srcset("/a.jpg 400w, /b.jpg 1200w, /c.jpg 4000w")
    ('/b.jpg', 1200)
    """
    best, widest = "", -math.inf
    words = srcset[:_MAX_SRCSET_CHARS].split()
    for at, word in enumerate(words):
        if _DESCRIPTOR.fullmatch(word) or word.startswith("data:"):
            continue
        told = _WIDTH.fullmatch(words[at + 1]) if at + 1 < len(words) and not word.endswith(",") else None
        width = int(told[1]) if told else 0
        width = width if width <= _WIDEST else -width
        if width > widest:
            best, widest = word.rstrip(","), width
    return best, widest


def drop_query(address: str, names: tuple[str, ...]) -> str:
    """The address without the parameters of these names.

    >>> drop_query("https://example.com/read?id=1&ref=home", ("ref",))
    'https://example.com/read?id=1'
    """
    before, mark, query = address.partition("?")
    if not names or not mark:
        return address
    kept = [each for each in query.split("&") if each.partition("=")[0] not in names]
    return f"{before}?{'&'.join(kept)}" if kept else before
