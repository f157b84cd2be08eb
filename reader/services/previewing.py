"""A kept page of a site as a draft would read it, beside how it is read now; nothing is written."""

from dataclasses import dataclass

from django.db.models import F, Q

from reader import sites
from reader.errors import PageGone, ReaderError, RuleTooSlow
from reader.extraction import extract
from reader.extraction.outline import Outline, count_found, outline_page, point_at
from reader.extraction.pool import run_within
from reader.ingest import Tried, find_site_rule, make_draft, try_draft
from reader.links import canonicalise
from reader.models import Article, RuleTrial, Snapshot
from reader.models.background_run import find_hosts
from reader.models.snapshot import SnapshotDamaged
from reader.services.ruling import stopped_as_too_slow
from reader.sites.pointing import Candidate
from reader.values import ExtractedArticle, Page

# A moderator waits for it; usual pages take a twentieth of this.
_SECONDS = 6.0
_COUNTING_SECONDS = 2.0
_MOST_PAGES = 40
_OTHER_PAGES = 5
# Not every article has a kept page.
_MOST_LOOKED_AT = 200
_NO_RULE = sites.SiteRule(name="")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a rule makes of the page: an article, or the error that came of it."""

    article: ExtractedArticle | None = None
    error: ReaderError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One page before and after; ``outline`` is the page in blocks, None where it cannot even be parsed.

    ``is_applied``: the draft is what reads this page, and no more specific rule or other site's does.
    """

    before: Reading
    after: Reading
    outline: Outline | None
    is_applied: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """An XPath for a block; ``pages`` of ``of`` looked at have something there."""

    candidate: Candidate
    pages: int
    of: int


def find_pages(host: str) -> list[Snapshot]:
    """Shared snapshots of the site and below: of articles that are not whole, then of the newest others."""
    hosts = find_hosts(host)
    troubled = _newest(hosts, [Article.State.FAILED, Article.State.PARTIAL])
    others = _newest(hosts, [Article.State.READY])
    kept = Snapshot.objects.filter(article_id__in=[*troubled, *others], page_number__lte=1).order_by("pk")
    kept = kept.filter(article__owner=None, article__taken_down_at=None)
    newest: dict[int, Snapshot] = {}
    for snapshot in kept.select_related("article").defer("article__content", "article__text", "headers"):
        newest[snapshot.article_id] = snapshot
    return [
        snapshot
        for chosen in (troubled, others)
        for snapshot in [newest[each] for each in chosen if each in newest][: _MOST_PAGES // 2]
    ]


def find_page(host: str, snapshot_id: int) -> Snapshot | None:
    """The shared snapshot of this number where it is of the site or below; None for any other."""
    return _find_newest(host, Q(pk=snapshot_id))


def find_page_at(host: str, address: str) -> Snapshot | None:
    """The newest shared snapshot of the article at the address, where it is of the site or below."""
    try:
        canonical = canonicalise(address.strip()).canonical_url
    except ReaderError:
        return None
    return _find_newest(host, Q(article__canonical_url=canonical, page_number__lte=1))


def find_page_of(article_id: int) -> Snapshot | None:
    """The newest shared snapshot of the article; None where it has none, is private or taken down."""
    shared = Snapshot.objects.filter(
        article_id=article_id, article__owner=None, article__taken_down_at=None, page_number__lte=1
    )
    return shared.select_related("article").order_by("-pk").first()


def preview(*, host: str, text: str, snapshot: Snapshot) -> Preview:
    """Read the page by the rule in force and by the draft. Raises RuleTooSlow and PageGone."""
    page = _read_page(snapshot)
    with stopped_as_too_slow():
        draft = make_draft(host, text)
    rule = find_site_rule(page.final_url, draft)
    after = _read(page, rule)
    words = after.article.text if after.article else ""
    return Preview(
        before=_read(page, find_site_rule(page.final_url)),
        after=after,
        outline=_outline(page, rule or _NO_RULE, words),
        is_applied=draft.rule is not None and rule == draft.rule,
    )


def offer_xpaths(*, host: str, snapshot: Snapshot, number: int, directive: str) -> list[Offer]:
    """XPaths for a block of the page, tried on other pages of the site too; the best first.

    Raises PageGone, and RuleTooSlow where the page takes too long.
    """
    page = _read_page(snapshot)
    try:
        with stopped_as_too_slow():
            candidates = run_within(_SECONDS, point_at, page, number, directive)
    except RuleTooSlow:
        raise
    except ReaderError:
        return []
    others = [each for each in find_pages(host) if each.pk != snapshot.pk][:_OTHER_PAGES]
    counts = [[1] * len(candidates), *_count_on(others, candidates)]
    offers = [
        Offer(candidate, sum(1 for each in counts if each[place]), len(counts))
        for place, candidate in enumerate(candidates)
    ]
    # What is stripped may be on one page only; the article's parts are on all.
    return offers if directive == "strip" else sorted(offers, key=lambda each: -each.pages)


def try_article(*, trial: RuleTrial, article_id: int) -> Tried | None:
    """Read one article of a trial once more, to show its texts; None where it is private or on its way."""
    return try_draft(article_id, make_draft(trial.rule.host, trial.text), lambda: None)


def _newest(hosts: list[str], states: list[str]) -> list[int]:
    """The newest articles, by number; from the index of sites alone, which an order by its own key is not."""
    shared = Article.objects.filter(owner=None, host__in=hosts, state__in=states)
    by_number = shared.annotate(number=F("pk") + 0).order_by("-number")
    return list(by_number.values_list("number", flat=True)[:_MOST_LOOKED_AT])


def _find_newest(host: str, which: Q) -> Snapshot | None:
    shared = Snapshot.objects.filter(which, article__owner=None, article__taken_down_at=None)
    snapshot = shared.select_related("article").order_by("-pk").first()
    return snapshot if snapshot and _is_below(snapshot.article.host, host) else None


def _is_below(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _read_page(snapshot: Snapshot) -> Page:
    try:
        return snapshot.read_page()
    except SnapshotDamaged as error:
        raise PageGone("the snapshot is damaged") from error


def _read(page: Page, rule: sites.SiteRule | None) -> Reading:
    try:
        return Reading(article=run_within(_SECONDS, extract, page, rule))
    except ReaderError as error:
        return Reading(error=error)


def _outline(page: Page, rule: sites.SiteRule, words: str) -> Outline | None:
    try:
        return run_within(_SECONDS, outline_page, page, rule, words)
    except ReaderError:
        return None


def _count_on(snapshots: list[Snapshot], candidates: tuple[Candidate, ...]) -> list[list[int]]:
    counts: list[list[int]] = []
    xpaths = tuple(each.xpath for each in candidates)
    for snapshot in snapshots:
        try:
            counts.append(list(run_within(_COUNTING_SECONDS, count_found, _read_page(snapshot), xpaths)))
        except ReaderError:
            continue
    return counts
