"""Where the pages of one article come from in one run: snapshots that are kept, else the network."""

import logging
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from reader.errors import PageGone, TimedOut, TooLarge
from reader.extraction.gate_phrases import HOME_PATH
from reader.extraction.pool import extract_in_pool
from reader.fetching import FetchPolicy, fetch
from reader.ingest.rules import Draft, find_site_rule
from reader.measuring import measured
from reader.models import Article, DomainPolicy, Snapshot
from reader.models.article import Lease
from reader.models.snapshot import SnapshotDamaged
from reader.sites import same_site
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


class LeaseHold:
    """Holds a lease as often as it is called. Raises LeaseLost when the article is another run's."""

    def __init__(self, lease: Lease) -> None:
        self._lease = lease
        self._held_at = time.monotonic()

    def __call__(self) -> None:
        if time.monotonic() - self._held_at < _FRESH_SECONDS:
            return
        if not Article.objects.extend(self._lease, now=timezone.now()):
            raise LeaseLost
        self._held_at = time.monotonic()


class KeptSource:
    """The pages of an article as snapshots hold them; nothing is fetched.

    ``used`` are the numbers of the snapshots that were read, ``damaged`` those that could not be. With a
    ``draft`` they are read as if it were published.
    """

    def __init__(
        self, snapshots: Iterable[Snapshot], hold: Callable[[], None], draft: Draft | None = None
    ) -> None:
        self._kept: dict[tuple[int, str], Snapshot] = {}
        # Oldest first, so the newest of each page stays; at its own address, and whatever its address.
        for each in snapshots:
            self._kept[each.page_number, each.url] = self._kept[each.page_number, ""] = each
        self._hold = hold
        self._draft = draft
        self.used: list[int] = []
        self.damaged: list[int] = []

    def is_worth_all_pages(self, first: ExtractedArticle) -> bool:
        """Whether to look for the all-pages form."""
        return True

    def read(self, url: str, number: int) -> tuple[Page, ExtractedArticle]:
        """Return the page and what is extracted from it; raises what ``get`` and ``extract`` raise."""
        page = self.get(url, number)
        return page, self.extract(page)

    def get(self, url: str, number: int) -> Page:
        """Return the page of this number (0 has them all). Raises PageGone where it cannot be had."""
        snapshot = self._kept.get((number, url)) or self._kept.get((number, ""))
        if snapshot is None:
            return self._get_missing(url, number)
        try:
            page = snapshot.read_page()
        except SnapshotDamaged as error:
            logger.warning("snapshot %s, page %s: %s", snapshot.pk, number, error)
            self.damaged.append(snapshot.pk)
            return self._get_missing(url, number)
        self.used.append(snapshot.pk)
        return page

    def extract(self, page: Page) -> ExtractedArticle:
        self._hold()
        with measured("extract"):
            return extract_in_pool(page, find_site_rule(page.final_url, self._draft))

    def is_same_article(self, page: Page, url: str) -> bool:
        """Whether an address that the page itself named may be fetched in its name: same site only."""
        return url not in {"", page.final_url} and same_site(_host(page.final_url), _host(url))

    def _get_missing(self, url: str, number: int) -> Page:
        raise PageGone(f"there is no whole snapshot of page {number}")


class PageSource(KeptSource):
    """The pages of a leased article: kept ones, else from the network, and kept before anything reads them.

    ``get`` raises what ``fetch`` raises, PageGone where another page answers, and LeaseLost.
    """

    def __init__(self, lease: Lease) -> None:
        super().__init__(_find_kept(lease), LeaseHold(lease))
        self._lease = lease
        self._bytes = 0
        self._ends_at = time.monotonic() + _FETCHING_SECONDS

    def is_worth_all_pages(self, first: ExtractedArticle) -> bool:
        """Whether one fetch of the all-pages form takes the place of several, or this is the first run."""
        is_kept = any((number, "") in self._kept for number in first.missing_pages)
        return not self._kept or (len(first.missing_pages) > 1 and not is_kept)

    def _get_missing(self, url: str, number: int) -> Page:
        return self._fetch(url, number)

    def _fetch(self, url: str, number: int) -> Page:
        if number != 1 and time.monotonic() > self._ends_at:
            raise TimedOut("the article's pages took too long together")
        if self._bytes > _MAX_BYTES:
            raise TooLarge("the article's pages are too large together")
        self._hold()
        rule = find_site_rule(url)
        with measured("fetch"):
            page = fetch(url, make_fetch_policy(), dict(rule.http_headers) if rule else {})
        self._bytes += len(page.body)
        if number != 1 and not same_site(_host(url), _host(page.final_url)):
            raise PageGone(f"another site answers: {page.final_url}")
        if self._lease.has_text and is_home_of(page.final_url, url):
            raise PageGone(f"the home page answers: {page.final_url}")
        self.used.append(Snapshot.objects.store(self._lease.article_id, page, page_number=number).pk)
        return page


def make_fetch_policy() -> FetchPolicy:
    """The usual limits, and how the operator wants publishers to be asked."""
    return FetchPolicy(
        user_agent=settings.READER_USER_AGENT,
        resolve=settings.READER_FETCH_RESOLVE,
        proxy=settings.READER_FETCH_PROXY,
        domains=DomainPolicy.objects.read_book(),
    )


def is_home_of(final_url: str, url: str) -> bool:
    """Whether a redirect led from an article to the site's front page, where publishers send dead links."""
    home, article = urlsplit(final_url), urlsplit(url)
    if not HOME_PATH.fullmatch(home.path) or HOME_PATH.fullmatch(article.path):
        return False
    front, host = _bare(home.hostname or ""), _bare(article.hostname or "")
    return front != "" and (host == front or host.endswith(f".{front}"))


def _bare(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")


def _find_kept(lease: Lease) -> list[Snapshot]:
    """The snapshots of the pages that are not missing, where an earlier run left the article partial."""
    if not lease.missing_pages:
        return []
    kept = Snapshot.objects.of_copy(lease.article_id, lease.content_snapshots)
    return [each for each in kept if each.page_number and each.page_number not in lease.missing_pages]


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
