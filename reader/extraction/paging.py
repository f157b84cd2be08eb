"""Articles on several pages: which pages there are, which are here, and where all of them are at once."""

import html
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from reader.extraction.addresses import page_number, resolve
from reader.extraction.tree import ask, texts_of
from reader.sites import PageLink, SiteRule, same_site

_MAX_PAGES = 100
_WORD = re.compile(r"\w+")
# The publisher's plain text has promotions and "Baca juga" lines in it, up to this many words at once.
_MOST_WORDS_NOT_HERE = 70
_SHINGLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """What a page says of the pages of its article, read before anything is taken out of it."""

    current: int
    links: tuple[str, ...]
    count: int
    single_page_url: str
    is_single_page: bool
    full_text: str


def read_paging(tree: HtmlElement, url: str, base: str, rule: SiteRule, full_text: str) -> Paging:
    links = _find_addresses(tree, rule.next_page_link, url, base)
    counts = [int(text) for text in texts_of(tree, rule.page_count) if text.isascii() and text.isdigit()]
    singles = _find_addresses(tree, rule.single_page_link, url, base)
    is_single_page = any(_is_same_address(each, url) for each in singles)
    current = page_number(url) or 1
    return Paging(
        current=current,
        links=tuple(dict.fromkeys(link for link in links if (page_number(link) or 1) != current)),
        count=min(max(counts, default=0), _MAX_PAGES),
        single_page_url="" if is_single_page else next(iter(singles), ""),
        is_single_page=is_single_page,
        full_text=html.unescape(html.unescape(full_text)),  # Kompas escapes it twice
    )


def find_missing_pages(paging: Paging, text: str) -> tuple[int, ...]:
    """The numbers of the pages whose text is not here.

    On the all-pages form the publisher's plain text decides, if there is one; else the paging block does:
    a server that ignores the wish gives the first page again, with its paging block.
    """
    numbers = {number for number in map(page_number, paging.links) if number}
    last = min(max({*numbers, paging.count, 1}), _MAX_PAGES)
    if paging.is_single_page:
        is_complete = holds_all_of(text, paging.full_text) if paging.full_text else not numbers
        return () if is_complete else tuple(range(2, max(last, 2) + 1))
    return tuple(number for number in range(1, last + 1) if number != paging.current)


def holds_all_of(text: str, full_text: str) -> bool:
    """Whether the publisher's plain text of the whole article is here, but for a promotion between.

    A missing page is a long run of words that stand nowhere in the text.
    """
    words = _WORD.findall(full_text.lower())
    here = _WORD.findall(text.lower())
    known = {tuple(here[at : at + _SHINGLE]) for at in range(len(here) - _SHINGLE + 1)}
    covered_until = 0
    for at in range(len(words) - _SHINGLE + 1):
        if tuple(words[at : at + _SHINGLE]) in known:
            if at - covered_until > _MOST_WORDS_NOT_HERE:
                return False
            covered_until = at + _SHINGLE
    return len(words) - covered_until <= _MOST_WORDS_NOT_HERE


def _find_addresses(tree: HtmlElement, links: tuple[PageLink, ...], url: str, base: str) -> list[str]:
    """Absolute addresses on the same site, without fragments, of the links whose condition holds."""
    host = urlsplit(url).hostname or ""
    addresses: list[str] = []
    for link in links:
        if link.only_if and not ask(tree, link.only_if):
            continue
        for found in ask(tree, link.xpath):
            address = found if isinstance(found, str) else found.get("href", "")
            absolute = resolve(address, base).partition("#")[0]
            if absolute and same_site(host, urlsplit(absolute).hostname or ""):
                addresses.append(absolute)
    return addresses


def _is_same_address(one: str, other: str) -> bool:
    """Whether both lead to the same form of a page; other parameters than the other has do not matter."""
    first, second = urlsplit(one), urlsplit(other)
    if first.path.rstrip("/") != second.path.rstrip("/"):
        return False
    return set(parse_qsl(first.query)) <= set(parse_qsl(second.query))
