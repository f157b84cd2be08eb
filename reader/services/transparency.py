"""What the public is told of the moderators' work: numbers, and nothing of anybody."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import CharField, Count
from django.db.models.functions import Cast, Substr

from reader.models import AuditEntry, DomainPolicy, Report

_COUNTED_AGAIN_SECONDS = 600
_MONTHS = 12
_TAKE_DOWN, _RESTORE = "article.take_down", "article.restore"


@dataclass(frozen=True, slots=True)
class Month:
    """One month: reports that came, and articles that were taken down and restored."""

    first: date
    reports: int
    taken_down: int
    restored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transparency:
    """All numbers of the public page."""

    reports: int
    open: int
    resolved: int
    rejected: int
    by_kind: tuple[tuple[str, int], ...]
    taken_down: int
    restored: int
    blocked_sites: int
    months: tuple[Month, ...]


def count_for_public() -> Transparency:
    """Count, or return what was counted within the last ten minutes, however often strangers ask."""
    counted: Transparency = cache.get_or_set("reader.transparency", _count, _COUNTED_AGAIN_SECONDS)  # type: ignore[assignment]
    return counted


def _count() -> Transparency:
    states = Counter(dict(Report.objects.values_list("state").annotate(count=Count("pk"))))
    kinds = Counter(dict(Report.objects.values_list("kind").annotate(count=Count("pk"))))
    acts = AuditEntry.objects.filter(act__in=[_TAKE_DOWN, _RESTORE])
    by_act = Counter(dict(acts.values_list("act").annotate(count=Count("pk"))))
    return Transparency(
        reports=states.total(),
        open=states[Report.State.OPEN],
        resolved=states[Report.State.RESOLVED],
        rejected=states[Report.State.REJECTED],
        by_kind=tuple((kind, kinds[kind]) for kind in Report.Kind.values),
        taken_down=by_act[_TAKE_DOWN],
        restored=by_act[_RESTORE],
        blocked_sites=DomainPolicy.objects.filter(access=DomainPolicy.Access.BLOCK).count(),
        months=_count_months(),
    )


def _count_months() -> tuple[Month, ...]:
    def month_of(column: str) -> Substr:
        return Substr(Cast(column, CharField()), 1, 7)

    reports = Report.objects.annotate(month=month_of("created_at")).values_list("month")
    acts = AuditEntry.objects.filter(act__in=[_TAKE_DOWN, _RESTORE]).annotate(month=month_of("at"))
    reported = Counter(dict(reports.annotate(count=Count("pk")).order_by("-month")[:_MONTHS]))
    done = acts.values_list("month", "act").annotate(count=Count("pk")).order_by("-month")[: 2 * _MONTHS]
    acted = Counter({(month, act): count for month, act, count in done})
    months = sorted({*reported, *(month for month, _act in acted)}, reverse=True)[:_MONTHS]
    return tuple(
        Month(
            date.fromisoformat(f"{month}-01"),
            reported[month],
            acted[month, _TAKE_DOWN],
            acted[month, _RESTORE],
        )
        for month in months
    )
