"""Where the pages of one article come from in one run: snapshots that are kept, else the network."""

import logging
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from reader.errors import PageGone, TimedOut, TooLarge
from reader.extraction.pool import extract_in_pool
from reader.fetching import FetchPolicy, fetch
from reader.measuring import measured
from reader.models import Article, Snapshot
from reader.models.article import Lease
from reader.models.snapshot import SnapshotDamaged
from reader.sites import SiteRule, find_rule, same_site
from reader.values import ExtractedArticle, Page

logger = logging.getLogger(__name__)

# A slow publisher holds up its other articles for so long; what is missing then is fetched by the next run.
_FETCHING_SECONDS = 60
# Most articles are read within this; the others' leases are extended as they go on.
_FRESH_SECONDS = 15
# Ten pages of Kompas have 2.5 MB; without an end a publisher could fill the disk through one article.
_MAX_BYTES = 30_000_000


class LeaseLost(Exception):
    """Another run has the article now; this one has nothing more to do."""


class PageSource:
    """The pages of a leased article. Every fetched page is kept as a snapshot before anything reads it."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._kept = _find_kept(lease)
        self._bytes = 0
        self._held_at = time.monotonic()
        self._ends_at = self._held_at + _FETCHING_SECONDS

    def is_worth_all_pages(self, first: ExtractedArticle) -> bool:
        """Whether one fetch of the all-pages form takes the place of several, or this is the first run."""
        is_kept = not self._kept.keys().isdisjoint(first.missing_pages)
        return not self._kept or (len(first.missing_pages) > 1 and not is_kept)

    def read(self, url: str, number: int) -> tuple[Page, ExtractedArticle]:
        """Return the page and what is extracted from it; raises what ``fetch`` and ``extract`` raise."""
        page = self.get(url, number)
        return page, self.extract(page)

    def get(self, url: str, number: int) -> Page:
        """Return the page of this number (0 has them all) from its snapshot or the network.

        Raises what ``fetch`` raises; PageGone where another site answers; LeaseLost.
        """
        if number in self._kept:
            try:
                return self._kept[number].read_page()
            except SnapshotDamaged as error:
                logger.warning("article %s, page %s: %s", self._lease.article_id, number, error)
        return self._fetch(url, number)

    def extract(self, page: Page) -> ExtractedArticle:
        self._hold_lease()
        with measured("extract"):
            return extract_in_pool(page, _find_rule(page.final_url))

    def is_same_article(self, page: Page, url: str) -> bool:
        """Whether an address that the page itself named may be fetched in its name: same site only."""
        return url not in {"", page.final_url} and same_site(_host(page.final_url), _host(url))

    def _fetch(self, url: str, number: int) -> Page:
        if number != 1 and time.monotonic() > self._ends_at:
            raise TimedOut("the article's pages took too long together")
        if self._bytes > _MAX_BYTES:
            raise TooLarge("the article's pages are too large together")
        self._hold_lease()
        rule = _find_rule(url)
        with measured("fetch"):
            page = fetch(url, make_fetch_policy(), dict(rule.http_headers) if rule else {})
        self._bytes += len(page.body)
        if number != 1 and not same_site(_host(url), _host(page.final_url)):
            raise PageGone(f"another site answers: {page.final_url}")
        Snapshot.objects.store(self._lease.article_id, page, page_number=number)
        return page

    def _hold_lease(self) -> None:
        if time.monotonic() - self._held_at < _FRESH_SECONDS:
            return
        if not Article.objects.extend(self._lease, now=timezone.now()):
            raise LeaseLost
        self._held_at = time.monotonic()


def make_fetch_policy() -> FetchPolicy:
    """The usual limits, and how the operator wants publishers to be asked."""
    return FetchPolicy(
        user_agent=settings.READER_USER_AGENT,
        resolve=settings.READER_FETCH_RESOLVE,
        proxy=settings.READER_FETCH_PROXY,
    )


def _find_kept(lease: Lease) -> dict[int, Snapshot]:
    """The snapshots of the pages that are not missing, where an earlier run left the article partial."""
    if not lease.missing_pages:
        return {}
    newest = Snapshot.objects.newest_pages(lease.article_id)
    return {number: each for number, each in newest.items() if number not in lease.missing_pages}


def _find_rule(url: str) -> SiteRule | None:
    directory = settings.READER_SITE_RULES_DIR
    return find_rule(_host(url), (Path(directory),) if directory else (), after=(settings.SITE_RULES_FOLDER,))


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
