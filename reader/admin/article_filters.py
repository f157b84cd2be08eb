"""What a list of articles is narrowed by; the choices are known and not asked of the whole table."""

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reader import errors
from reader.ingest import PARTIAL_REASONS
from reader.models import Article
from reader.services.overseeing import BAD

Choices = list[tuple[str, "str | Promise"]]


def _find_codes(error: type[errors.ReaderError]) -> Iterator[str]:
    for kind in error.__subclasses__():
        yield kind.code
        yield from _find_codes(kind)


_ROOTS = (errors.LinkRefused, errors.FetchError, errors.ExtractionError)
_OWN = (errors.GaveUp, errors.InternalFault, errors.StorageFailed)
CODES = sorted(
    {
        *(code for root in _ROOTS for code in (root.code, *_find_codes(root))),
        *(error.code for error in _OWN),
        *PARTIAL_REASONS,
    }
)


class ErrorFilter(admin.SimpleListFilter):
    title = _("error")
    parameter_name = "error"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:  # type: ignore[override]
        return [(code, code) for code in CODES]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(error_code=self.value()) if self.value() in CODES else queryset


class TakenDownFilter(admin.SimpleListFilter):
    title = _("taken down")
    parameter_name = "down"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:  # type: ignore[override]
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "yes":
            return queryset.filter(taken_down_at__isnull=False)
        return queryset.filter(taken_down_at=None) if self.value() == "no" else queryset


class VanishedFilter(admin.SimpleListFilter):
    title = _("at the publisher")
    parameter_name = "seen"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:  # type: ignore[override]
        return [
            ("vanished", _("Vanished")),
            ("changed", _("Changed")),
            ("refused", _("A worse copy was refused")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        columns = {"vanished": "vanished_at", "changed": "changed_at", "refused": "refused_at"}
        column = columns.get(self.value() or "")
        return queryset.filter(**{f"{column}__isnull": False}) if column else queryset


class ExtractorFilter(admin.SimpleListFilter):
    title = _("extractor")
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:  # type: ignore[override]
        return [("rule", _("A site rule")), ("readability", "readability")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        general = Q(extractor__startswith="readability")
        if self.value() == "readability":
            return queryset.filter(general)
        return queryset.exclude(general | Q(extractor="")) if self.value() == "rule" else queryset


class TroubleFilter(admin.SimpleListFilter):
    """What the overview counts of a site."""

    title = _("trouble")
    parameter_name = "trouble"

    def lookups(self, request: HttpRequest, model_admin: object) -> Choices:  # type: ignore[override]
        return [("yes", _("Failed, partial or of low quality"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(BAD, taken_down_at=None) if self.value() == "yes" else queryset
