"""An article's pages → the article: the all-pages form where there is one, else page after page, joined.

A page that cannot be had is named as missing and the others are kept; the next run takes those from their
snapshots and fetches only what is missing.
"""

import dataclasses
import logging
from dataclasses import dataclass

from reader.errors import ExtractionError, PublisherBusy, ReaderError
from reader.extraction import canonical_link, join_pages, settle_all_pages
from reader.extraction.pool import run_in_pool
from reader.ingest.source import KeptSource, PageSource
from reader.models.article import Lease
from reader.values import ExtractedArticle, Page

logger = logging.getLogger(__name__)

_MAX_PAGES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """An article as a run read it, and the passing failure, if any, for which pages of it are missing.

    ``snapshots`` are the numbers of those that it was read from.
    """

    final_url: str
    extracted: ExtractedArticle
    passing: ReaderError | None = None
    snapshots: tuple[int, ...] = ()


def read_article(lease: Lease) -> ReadArticle:
    """Fetch and extract the article with all its pages. Raises what the first page raises."""
    return read_from(PageSource(lease), lease.url)


def read_from(source: KeptSource, url: str) -> ReadArticle:
    """Extract the article at the address with all the pages that the source has."""
    read = _read_all(source, url)
    return dataclasses.replace(read, snapshots=tuple(sorted(set(source.used))))


def _read_all(source: KeptSource, url: str) -> ReadArticle:
    page, first = _read_first(source, url)
    only_first = ReadArticle(final_url=page.final_url, extracted=first)
    if not first.missing_pages:
        return only_first
    read = [only_first]
    if first.single_page_url and source.is_worth_all_pages(first):
        read += _read_all_at_once(source, first)
    if _find_longest(read).extracted.missing_pages:
        read.append(_read_one_by_one(source, page, first))
    return _find_longest(read)


def _find_longest(read: list[ReadArticle]) -> ReadArticle:
    """The form with the most words, the later of two."""
    return max(reversed(read), key=lambda each: each.extracted.word_count)


def _read_first(source: KeptSource, url: str) -> tuple[Page, ExtractedArticle]:
    """Read the page that was saved; where it is an AMP form, the full page that it names."""
    page = source.get(url, 1)
    try:
        first = source.extract(page)
    except ExtractionError as error:
        if not error.permanent:
            raise
        full_page_url = run_in_pool(canonical_link, page) or ""
        if not source.is_same_article(page, full_page_url):
            raise
        return source.read(full_page_url, 1)
    if source.is_same_article(page, first.full_page_url):
        try:
            return source.read(first.full_page_url, 1)
        except ReaderError as error:
            logger.info("%s could not be had: %s", first.full_page_url, error.code)
    return page, first


def _read_all_at_once(source: KeptSource, first: ExtractedArticle) -> list[ReadArticle]:
    try:
        page, whole = source.read(first.single_page_url, 0)
    except ReaderError as error:
        logger.info("%s could not be had: %s", first.single_page_url, error.code)
        return []
    return [ReadArticle(final_url=page.final_url, extracted=settle_all_pages(whole, first))]


def _read_one_by_one(source: KeptSource, page: Page, first: ExtractedArticle) -> ReadArticle:
    """Read the further pages in order, those too that only the page before links; join what is there."""
    walk = _Walk(page, first)
    while (number := walk.next_number()) and number <= _MAX_PAGES:
        try:
            walk.add(number, source.read(walk.links[number], number)[1])
        except ReaderError as error:
            walk.fail(number, error)
    extracted = walk.join()
    extracted = dataclasses.replace(extracted, trace=(*extracted.trace, *walk.trace))
    return ReadArticle(final_url=page.final_url, extracted=extracted, passing=walk.passing)


class _Walk:
    """The way through the pages: which are known, which are read, which could not be had and why."""

    def __init__(self, page: Page, first: ExtractedArticle) -> None:
        self.links = {first.page_number: page.final_url}
        self.links |= dict(zip(first.missing_pages, first.page_links, strict=True))
        self.parts = [first]
        self.trace: list[str] = []
        self.passing: ReaderError | None = None
        self._tried = {first.page_number}

    def next_number(self) -> int:
        """The lowest page that is still to be read; 0 when there is none."""
        waiting = sorted(number for number in self.links if self.links[number] and number not in self._tried)
        return waiting[0] if waiting else 0

    def add(self, number: int, part: ExtractedArticle) -> None:
        self._tried.add(number)
        self.parts.append(dataclasses.replace(part, page_number=number))
        for told, link in zip(part.missing_pages, part.page_links, strict=True):
            last = max(self.links)
            if told > last and link and link not in self.links.values():
                self.links[last + 1] = link

    def join(self) -> ExtractedArticle:
        """Make one article of the pages; where that fails, the first page is still worth having."""
        if len(self.parts) == 1:
            return self.parts[0]
        try:
            return run_in_pool(join_pages, self.parts, max(self.links))
        except ReaderError as error:
            self.trace.append(f"pages could not be joined: {error.code} {error.detail}".strip())
            return self.parts[0]

    def fail(self, number: int, error: ReaderError) -> None:
        self._tried.add(number)
        self.trace.append(f"page {number}: {error.code} {error.detail}".strip())
        if not error.permanent and _wait_of(error) >= _wait_of(self.passing):
            self.passing = error


def _wait_of(error: ReaderError | None) -> int:
    """The seconds that the publisher asked to wait for."""
    return error.retry_after_seconds or 0 if isinstance(error, PublisherBusy) else 0
