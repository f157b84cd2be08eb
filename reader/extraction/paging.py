"""Articles on several pages: which pages there are, which are here, and where all of them are at once."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from lxml.html import HtmlElement

from reader.extraction.addresses import resolve
from reader.extraction.tree import ask, texts_of
from reader.sites import PageLink, SiteRule, same_site

_MAX_PAGES = 100
# The names under which Indonesian sites tell the page: kompas, tribunnews, detik; tempo; okezone.
_PARAMETER = re.compile(r"([?&](?:page|page_num|pg|hal|halaman)=)(all|[0-9]{1,3})(?=&|\Z)", re.IGNORECASE)
# cnnindonesia and wordpress: /slug/2, /slug/page/2; republika: slug-part2.
_SUFFIX = re.compile(r"(?:/page/|/|-part)([0-9]{1,3})/?\Z")
_WORD = re.compile(r"\w+")
# The publisher's plain text has promotions and "Baca juga" lines in it, up to this many words at once.
_MOST_WORDS_NOT_HERE = 70
_SHINGLE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """What a page says of the pages of its article, read before anything is taken out of it.

    ``links`` are the addresses of the other pages by their numbers, as far as the page shows them.
    """

    current: int = 1
    links: Mapping[int, str] = field(default_factory=dict)
    count: int = 0
    single_page_url: str = ""
    is_single_page: bool = False
    full_text: str = ""


def read_paging(tree: HtmlElement, url: str, base: str, rule: SiteRule, full_text: str) -> Paging:
    counts = [int(text) for text in texts_of(tree, rule.page_count) if text.isascii() and text.isdigit()]
    singles = _find_addresses(tree, rule.single_page_link, url, base)
    is_single_page = any(_is_same_address(each, url) for each in singles)
    current, links = number_pages(_find_addresses(tree, rule.next_page_link, url, base), url)
    return Paging(
        current=current,
        links=links,
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
    last = min(max({*paging.links, paging.count, 1}), _MAX_PAGES)
    if paging.is_single_page:
        is_complete = holds_all_of(text, paging.full_text) if paging.full_text else not paging.links
        return () if is_complete else tuple(range(2, max(last, 2) + 1))
    return tuple(number for number in range(1, last + 1) if number != paging.current)


def link_pages(paging: Paging, numbers: Iterable[int]) -> tuple[str, ...]:
    """The address of each of these pages: as linked, or made from another page's; "" where neither is."""
    return tuple(_find_address(paging, number) for number in numbers)


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


# --- numbers ---


def number_pages(addresses: Iterable[str], url: str) -> tuple[int, dict[int, str]]:
    """The number of the page at ``url``, and the addresses of the others by their numbers.

    Where addresses tell no page number (a lone "next" link, or offsets as in /5 and /10 of sindonews), the
    pages are numbered in their order, after the one in hand.

    >>> number_pages(["https://a.example/1?page=2"], "https://a.example/1")
    (1, {2: 'https://a.example/1?page=2'})
    """
    single = (address for address in dict.fromkeys(addresses) if not _has_all_pages(address))
    others = [address for address in single if address.rstrip("/") != url.rstrip("/")]
    current = _read_parameter(url) or _read_own_suffix(url, others) or 1
    numbers = {address: _read_number(address, url) for address in others}
    further = [address for address in others if numbers[address] != current]
    beside = {current - 1, current + 1} - {0}
    is_told = any(map(_read_parameter, others)) or not beside.isdisjoint(numbers.values())
    if not is_told:
        return current, dict(enumerate(further, start=current + 1))
    return current, {numbers[address]: address for address in reversed(further) if numbers[address]}


def _read_number(address: str, url: str) -> int:
    """The page that an address of the article at ``url`` leads to; 0 where it tells none."""
    if number := _read_parameter(address):
        return number
    path, own = urlsplit(address).path.rstrip("/"), urlsplit(url).path.rstrip("/")
    if path in {own, _SUFFIX.sub("", own)}:
        return 1
    suffix = _SUFFIX.search(path)
    is_of_article = suffix is not None and path[: suffix.start()] in {own, _SUFFIX.sub("", own)}
    return int(suffix[1]) if suffix and is_of_article else 0


def _read_parameter(address: str) -> int:
    found = _PARAMETER.search(address)
    return int(found[2]) if found and found[2].isdigit() else 0


def _has_all_pages(address: str) -> bool:
    found = _PARAMETER.search(address)
    return bool(found and found[2].lower() == "all")


def _read_own_suffix(url: str, others: list[str]) -> int:
    """The number at the end of the page's own path, if another page's address has the same path before it."""
    path = urlsplit(url).path.rstrip("/")
    suffix = _SUFFIX.search(path)
    if suffix is None:
        return 0
    stem = path[: suffix.start()]
    paths = {urlsplit(other).path.rstrip("/") for other in others}
    return int(suffix[1]) if stem in {*paths, *(_SUFFIX.sub("", each) for each in paths)} else 0


def _find_address(paging: Paging, number: int) -> str:
    if number in paging.links:
        return paging.links[number]
    for known in (*paging.links.values(), paging.single_page_url):
        address, replaced = _PARAMETER.subn(rf"\g<1>{number}", known)
        if replaced == 1:
            return address
    return ""


# --- addresses ---


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
