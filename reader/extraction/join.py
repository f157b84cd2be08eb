"""The pages of one article → the article: their blocks in a row, what they repeat told once. Pure."""

import dataclasses
import re
from collections.abc import Sequence
from itertools import islice

from lxml import etree, html
from lxml.html import HtmlElement

from reader.extraction.measure import count_words, find_dateline, is_short, make_excerpt, read_text, weigh
from reader.extraction.paging import holds_all_of
from reader.extraction.tree import fold, text_of
from reader.sanitising import sanitise
from reader.values import ExtractedArticle, Link

# How much a page repeats of the end of the one before; a whole page is found by its long blocks.
_MOST_REPEATED_BLOCKS = 50
# A shorter block (a heading, "* * *") may rightly stand twice in an article.
_REPEATED_CHARS = 40
_ELLIPSIS = re.compile(r"\s*(?:\.{3,}|…)\W*\Z")
# A server that ignores the wish for all pages gives the first again; one that grants it gives more.
_GRANTED_SHARE = 1.15
# What is weighed anew for the whole, and what no single page can know.
_OF_ONE_PAGE = frozenset({"too_short", "missing_pages", "truncated"})


def join_pages(parts: Sequence[ExtractedArticle], count: int = 0) -> ExtractedArticle:
    """Make one article of its extracted pages; of ``count`` pages those that are not here are missing.

    The head (title, names, dates) is that of the first page, filled up from the others. A page that is the
    same as one before counts as missing: a server that ignores the number gives the same page again.
    """
    pages = sorted(parts, key=lambda part: part.page_number)
    seams = _Seams(pages[0])
    present = [page.page_number for page in pages if seams.add(page)]
    last = max(count, *(page.page_number for page in pages))
    missing = tuple(number for number in range(1, last + 1) if number not in present)
    content = sanitise("".join(map(_write, seams.blocks)))
    text = read_text(content)
    article = _fill_head(pages)
    dateline = find_dateline(text)
    return dataclasses.replace(
        article,
        content=content,
        text=text,
        dateline=dateline,
        excerpt=article.excerpt or make_excerpt("", text, dateline),
        related=_merge_related(pages),
        missing_pages=missing,
        page_links=(),
        word_count=count_words(text),
        quality=weigh(_find_reasons(pages, text, missing)),
        trace=(*pages[0].trace, *seams.trace),
    )


def settle_all_pages(whole: ExtractedArticle, first: ExtractedArticle) -> ExtractedArticle:
    """The all-pages form, with no page missing when it goes on well beyond the first page.

    Some sites show the numbers of the pages there too, as if only one were shown. Where the publisher's plain
    text says that something is missing, it is missing.
    """
    is_granted = whole.word_count > _GRANTED_SHARE * first.word_count
    if not whole.missing_pages or whole.full_text or not is_granted:
        return whole
    reasons = tuple(reason for reason in whole.quality.reasons if reason != "missing_pages")
    return dataclasses.replace(
        whole,
        missing_pages=(),
        page_links=(),
        quality=weigh(reasons),
        trace=(*whole.trace, f"all pages: {whole.word_count} words, {first.word_count} on the first"),
    )


# --- the text ---


class _Seams:
    """Takes one page after the other and leaves out what it has in common with the ones before."""

    def __init__(self, first: ExtractedArticle) -> None:
        self.blocks: list[HtmlElement] = []
        self.trace: list[str] = []
        self._title = fold(first.title).casefold()
        self._dateline = first.dateline
        self._keys: list[str] = []
        self._seen: list[list[str]] = []

    def add(self, page: ExtractedArticle) -> bool:
        """Put the page's blocks after the others, and tell whether the page is in the article now."""
        blocks = _read_blocks(page.content)
        keys = [_key_of(block) for block in blocks]
        if not keys or keys in self._seen:
            self.trace.append(f"page {page.page_number}: empty, or the same as another page")
            return False
        self._seen.append(keys)
        start = len(keys) if self._holds(keys) else self._count_repeated(keys)
        if start < len(keys):
            self._append(blocks[start:], keys[start:])
        self.trace.append(f"page {page.page_number}: {len(keys)} blocks, {start} of them were there")
        return True

    def _append(self, blocks: list[HtmlElement], keys: list[str]) -> None:
        if self._keys:
            self._drop_common_end(keys)
            self._drop_teaser(keys[0])
            _cut_start(blocks[0], self._dateline)
        self.blocks += blocks
        self._keys += keys

    def _holds(self, keys: list[str]) -> bool:
        """Whether all of a page is here in a row, as on an all-pages form that shows page numbers too."""
        size = len(keys)
        starts = (at for at, key in enumerate(self._keys) if key == keys[0])
        return any(self._keys[at : at + size] == keys for at in islice(starts, _MOST_REPEATED_BLOCKS))

    def _count_repeated(self, keys: list[str]) -> int:
        """How many blocks at the page's start stand already: the end of the former page, title, lead."""
        sizes = range(min(len(self._keys), len(keys), _MOST_REPEATED_BLOCKS), 0, -1)
        start = next((size for size in sizes if self._keys[-size:] == keys[:size]), 0)
        known = {key for key in self._keys if len(key) >= _REPEATED_CHARS} | {self._title}
        while self._keys and start < len(keys) and keys[start] in known:
            start += 1
        return start

    def _drop_common_end(self, keys: list[str]) -> None:
        """Take the sign-off that stands at the end of every page from all but the last."""
        while self._keys and len(keys) > 1 and self._keys[-1] == keys[-1]:
            keys = keys[:-1]
            self._drop_last()

    def _drop_teaser(self, key: str) -> None:
        """Take out a last block that only leads on to the next page with its first words and dots."""
        last = self._keys[-1] if self._keys else ""
        bare = _ELLIPSIS.sub("", last)
        if bare and bare != last and key.startswith(bare):
            self._drop_last()

    def _drop_last(self) -> None:
        self.blocks.pop()
        self._keys.pop()


def _read_blocks(content: str) -> list[HtmlElement]:
    return list(html.fragment_fromstring(content, create_parent="div")) if content else []


def _key_of(block: HtmlElement) -> str:
    """What makes two blocks the same: their words; two pictures are told apart by their addresses."""
    addresses = [link.get("href", "") for link in block.iter("a")] if block.tag == "figure" else []
    return " ".join((text_of(block).casefold(), *addresses))


def _write(block: HtmlElement) -> str:
    return etree.tostring(block, encoding="unicode", method="html")


def _cut_start(block: HtmlElement, text: str) -> None:
    """Take the text, and the inline elements that only it stands in, from the start of the block."""
    left = len(text)
    if not text or not str(block.text_content()).startswith(text):
        return
    for piece in block.xpath(".//text()"):
        place, kept = piece.getparent(), piece[left:]
        left -= len(piece) - len(kept)
        setattr(place, "tail" if piece.is_tail else "text", kept if left else kept.lstrip())
        if not left and kept.strip():
            break
    for element in reversed(list(block.iterdescendants("a", "b", "em", "i", "span", "strong"))):
        if not element.text_content() and element.find(".//img") is None:
            element.drop_tag()


# --- the head and the rest ---

_HEAD = ("canonical_url", "title", "authors", "editor", "site_name", "section", "language", "published")
_HEAD_FIELDS = (*_HEAD, "modified", "lead_image", "excerpt", "labels", "single_page_url")


def _fill_head(pages: Sequence[ExtractedArticle]) -> ExtractedArticle:
    """The first page, with what it does not know taken from the first of the others that does."""
    known = {
        name: next((value for page in pages if (value := getattr(page, name))), getattr(pages[0], name))
        for name in _HEAD_FIELDS
    }
    return dataclasses.replace(pages[0], **known)


def _merge_related(pages: Sequence[ExtractedArticle]) -> tuple[Link, ...]:
    unique: dict[str, Link] = {}
    for link in (link for page in pages for link in page.related):
        unique.setdefault(link.url or link.title, link)
    return tuple(unique.values())


def _find_reasons(pages: Sequence[ExtractedArticle], text: str, missing: tuple[int, ...]) -> tuple[str, ...]:
    """The pages' own reasons and those of the whole; the publisher's plain text is a check once more."""
    full_text = next((page.full_text for page in pages if page.full_text), "")
    facts = {
        "too_short": is_short(count_words(text)),
        "missing_pages": bool(missing),
        "truncated": not missing and bool(full_text) and not holds_all_of(text, full_text),
    }
    own = dict.fromkeys(reason for page in pages for reason in page.quality.reasons)
    return tuple(reason for reason in own if reason not in _OF_ONE_PAGE) + tuple(
        reason for reason, holds in facts.items() if holds
    )
