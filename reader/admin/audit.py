"""The audit log on the desk: to be filtered, searched and taken away as a file; never to be changed."""

import json
from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reader.admin.act_names import ACT_NAMES, name_act
from reader.admin.desk import ReadOnlyAdmin
from reader.models import AuditEntry
from reader.models.audit_entry import AuditEntryQuerySet
from reader.models.user import ADMINISTER, MODERATE
from reader.web.csv_files import send_csv

_HEAD = ("at", "by", "act", "kind", "number", "done to", "reason", "before", "after")


class ActFilter(admin.SimpleListFilter):
    """The acts that there are, by name; asking the table for them would read all of it."""

    title = _("act")
    parameter_name = "act"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, object]]:  # type: ignore[override]
        return list(ACT_NAMES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        return queryset.filter(act=self.value()) if self.value() in ACT_NAMES else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "act_name", "target", "reason")
    list_display_links = ("at",)
    list_filter = (ActFilter, "at")
    search_fields = ("actor_name", "target_name", "reason")
    search_help_text = _("Search by person, by what it was done to, or by reason.")
    ordering = ("-pk",)
    fields = ("at", "by", "act_name", "target", "reason", "changes")
    readonly_fields = ("by", "act_name", "target", "changes")
    change_list_template = "admin/audit_log.html"

    def _is_let_in(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MODERATE) or request.user.has_perm(ADMINISTER)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        entries = super().get_queryset(request)
        assert isinstance(entries, AuditEntryQuerySet)  # noqa: S101 - the table's own manager
        return entries.visible_to(request.user)  # type: ignore[arg-type]  # only people are let in

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export), name="reader_auditentry_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Send what the filters and the search leave, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            found = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return redirect(f"{reverse('admin:reader_auditentry_changelist')}?e=1")
        return send_csv("audit-log", _HEAD, _make_rows(found))

    @admin.display(description=_("by"), ordering="actor_name")
    def by(self, entry: AuditEntry) -> str:
        return entry.actor_name or gettext("The site itself")

    @admin.display(description=_("act"), ordering="act")
    def act_name(self, entry: AuditEntry) -> str:
        return name_act(entry.act)

    @admin.display(description=_("done to"))
    def target(self, entry: AuditEntry) -> str:
        try:
            url = reverse(f"admin:reader_{entry.target_kind}_change", args=[entry.target_id])
        except NoReverseMatch:
            return entry.target_name
        return format_html('<a href="{}">{}</a>', url, entry.target_name)

    @admin.display(description=_("before and after"))
    def changes(self, entry: AuditEntry) -> SafeString:
        names = sorted({*entry.before, *entry.after})
        rows = ((name, _show(entry.before.get(name)), _show(entry.after.get(name))) for name in names)
        lines = format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td></tr>", rows)
        head = format_html("<tr><td></td><th>{}</th><th>{}</th></tr>", _("before"), _("after"))
        return format_html("<table>{}{}</table>", head, lines) if names else SafeString("—")


def _show(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _make_rows(entries: QuerySet[AuditEntry]) -> Iterator[tuple[object, ...]]:
    for entry in entries.iterator(chunk_size=500):
        yield (
            entry.at.isoformat(),
            entry.actor_name,
            entry.act,
            entry.target_kind,
            entry.target_id,
            entry.target_name,
            entry.reason,
            json.dumps(entry.before, ensure_ascii=False),
            json.dumps(entry.after, ensure_ascii=False),
        )
