"""What needs attention now: open reports, sites that fail more than before, the queue, storage, sign-ups."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import CharField, Count, Min, Q, QuerySet
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from reader.models import Article, DomainPolicy, Report, TakeDown, User
from reader.services.monitoring import measure_site

DAYS = 30
_COUNTED_AGAIN_SECONDS = 60
_MOST_SITES = 12
# Of a site with less, nothing can be said.
_FEWEST_ARTICLES = 3
_FAILING = 0.2
_RISE = 0.1
# Whole by its state, and yet not what an article looks like.
LOW_QUALITY = 0.5
BAD = Q(state__in=[Article.State.FAILED, Article.State.PARTIAL]) | Q(
    state=Article.State.READY, quality__lt=LOW_QUALITY
)


@dataclass(frozen=True, slots=True)
class Span:
    """How a site did in so many days, and in as many before; rates are from 0 to 1, None without articles."""

    days: int
    total: int
    bad: int
    before: float | None

    @property
    def rate(self) -> float | None:
        return self.bad / self.total if self.total else None

    @property
    def percent(self) -> int | None:
        return None if self.rate is None else round(100 * self.rate)

    @property
    def percent_before(self) -> int | None:
        return None if self.before is None else round(100 * self.before)

    @property
    def is_worse(self) -> bool:
        return self.rate is not None and self.rate - (self.before or 0.0) >= _RISE


@dataclass(frozen=True, slots=True)
class FailingSite:
    """One site whose articles fail, come in part or are of low quality."""

    host: str
    week: Span
    month: Span

    @property
    def spans(self) -> tuple[Span, Span]:
        return self.week, self.month


@dataclass(frozen=True, slots=True)
class Day:
    """One day, in UTC, and how much there was on it."""

    on: date
    total: int
    bad: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All figures of the desk's first page, up to a minute old."""

    counted_at: datetime
    open_reports: int
    untaken_reports: int
    oldest_report_at: datetime | None
    sites: tuple[FailingSite, ...]
    articles: tuple[Day, ...]
    reports: tuple[Day, ...]
    sign_ups: tuple[Day, ...]
    queue_waiting: int
    queue_age_seconds: float
    snapshot_bytes: float
    picture_bytes: float
    database_bytes: float
    free_bytes: float
    taken_down: int
    waiting: int
    policies: int


def measure_overview() -> Overview:
    """Count everything, or return what was counted within the last minute."""
    counted: Overview = cache.get_or_set("reader.overview", _measure, _COUNTED_AGAIN_SECONDS)  # type: ignore[assignment]
    return counted


def find_failing_sites(now: datetime) -> tuple[FailingSite, ...]:
    """Return the sites that need a look, those that got worst first; one query, from an index alone."""
    counts = {}
    for days in (7, 30):
        recent = Q(queued_at__gte=now - timedelta(days=days))
        before = Q(queued_at__lt=now - timedelta(days=days), queued_at__gte=now - timedelta(days=2 * days))
        for name, span in (("recent", recent), ("before", before)):
            counts[f"{name}_{days}"] = Count("pk", filter=span)
            counts[f"{name}_{days}_bad"] = Count("pk", filter=span & BAD)
    rows = _counted_articles(now - timedelta(days=60)).values("host").annotate(**counts)
    sites = [_read_site(dict(row)) for row in rows]
    failing = [site for site in sites if _is_failing(site.week) or _is_failing(site.month)]
    return tuple(sorted(failing, key=_trouble, reverse=True)[:_MOST_SITES])


def _counted_articles(since: datetime) -> QuerySet[Article]:
    # In the words of the index `article_by_day`.
    return Article.objects.filter(owner=None, taken_down_at=None, queued_at__gte=since).order_by()


def _read_site(row: dict[str, Any]) -> FailingSite:
    week, month = (
        Span(
            days=days,
            total=row[f"recent_{days}"],
            bad=row[f"recent_{days}_bad"],
            before=row[f"before_{days}_bad"] / row[f"before_{days}"] if row[f"before_{days}"] else None,
        )
        for days in (7, 30)
    )
    return FailingSite(row["host"], week, month)


def _is_failing(span: Span) -> bool:
    if span.total < _FEWEST_ARTICLES or span.rate is None:
        return False
    return span.rate >= _FAILING or (span.is_worse and span.bad > 1)


def _trouble(site: FailingSite) -> tuple[bool, int, int]:
    return site.week.is_worse, site.week.bad, site.month.bad


def _measure() -> Overview:
    now = timezone.now()
    since = now - timedelta(days=DAYS - 1)
    opened = Report.objects.open().aggregate(
        all=Count("pk"), untaken=Count("pk", filter=Q(claimed_by=None)), oldest=Min("created_at")
    )
    figures = {metric.name: metric.samples[0][2] for metric in measure_site() if metric.samples}
    return Overview(
        counted_at=now,
        open_reports=opened["all"],
        untaken_reports=opened["untaken"],
        oldest_report_at=opened["oldest"],
        sites=find_failing_sites(now),
        articles=_count_days(_counted_articles(since), "queued_at", now, BAD),
        reports=_count_days(Report.objects.filter(created_at__gte=since), "created_at", now),
        sign_ups=_count_days(User.objects.filter(date_joined__gte=since), "date_joined", now),
        queue_waiting=int(figures["queue_waiting"]),
        queue_age_seconds=figures["queue_age_seconds"],
        snapshot_bytes=figures["snapshot_bytes"],
        picture_bytes=figures["picture_bytes"],
        database_bytes=figures["database_bytes"],
        free_bytes=figures["disk_free_bytes"],
        taken_down=TakeDown.objects.count(),
        waiting=User.objects.filter(applied_at__isnull=False).count(),
        policies=DomainPolicy.objects.filter(access=DomainPolicy.Access.BLOCK).count(),
    )


def _count_days(rows: Any, column: str, now: datetime, bad: Q | None = None) -> tuple[Day, ...]:
    """Count the rows of each of the last days, days without any too.

    The day is cut off the moment as both engines write it: calling a function of ours for each row, as
    ``TruncDate`` does on SQLite, takes seconds at a hundred thousand.
    """
    day = Substr(Cast(column, CharField()), 1, 10)
    counts = {"total": Count("pk"), "bad": Count("pk", filter=bad if bad is not None else Q(pk=None))}
    found = {row["day"]: row for row in rows.order_by().annotate(day=day).values("day").annotate(**counts)}
    last = now.date()
    days = [last - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    none = {"total": 0, "bad": 0}
    return tuple(
        Day(each, found.get(each.isoformat(), none)["total"], found.get(each.isoformat(), none)["bad"])
        for each in days
    )
