"""What was fetched, when and from where; as source, and as it looked, without a script or the network."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reader.admin.desk import ReadOnlyAdmin, only_shared
from reader.errors import ReaderError
from reader.extraction.decode import decode
from reader.extraction.inert import make_inert
from reader.models import Snapshot
from reader.models.snapshot import SnapshotDamaged

_SHOWN_CHARACTERS = 400_000
# The page is a stranger's: it runs nothing, loads nothing, and is of no origin.
_SANDBOX = {
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; "
        "base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, no-store",
}


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("final_url", "page_number", "status", "content_type", "body_bytes", "fetched_at")
    search_fields = ("final_url",)
    ordering = ("-pk",)
    exclude = ("file",)
    change_form_template = "admin/snapshot.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        shared = only_shared(super().get_queryset(request), "article__owner_id")
        large = ("content", "text", "trace", "related")
        return shared.select_related("article").defer(*(f"article__{name}" for name in large))

    def get_urls(self) -> list[URLPattern]:
        shown = self.admin_site.admin_view(require_safe(self.show_page))
        return [path("<int:snapshot_id>/page/", shown, name="reader_snapshot_page"), *super().get_urls()]

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        snapshot = self.get_object(request, object_id) if self.has_view_permission(request) else None
        context = {**(extra_context or {}), "source": _read_source(snapshot) if snapshot else ""}
        return super().change_view(request, object_id, form_url, context)

    def show_page(self, request: HttpRequest, snapshot_id: int) -> HttpResponse:
        """Answer with the page as it looked; by its headers, a browser runs and loads nothing of it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        snapshot = self.get_queryset(request).filter(pk=snapshot_id).first()
        if snapshot is None:
            raise Http404
        try:
            page = snapshot.read_page()
            shown, kind = make_inert(page.body, page.content_type), "text/html; charset=utf-8"
        except SnapshotDamaged:
            shown, kind = _("The stored page is damaged."), "text/plain; charset=utf-8"
        except ReaderError:
            shown, kind = (
                _("This page is too tangled to be shown; its source is."),
                "text/plain; charset=utf-8",
            )
        return HttpResponse(shown, content_type=kind, headers=_SANDBOX)


def _read_source(snapshot: Snapshot) -> str:
    try:
        page = snapshot.read_page()
    except SnapshotDamaged:
        return _("The stored page is damaged.")
    text, _encoding = decode(page.body, page.content_type)
    if len(text) <= _SHOWN_CHARACTERS:
        return text
    return text[:_SHOWN_CHARACTERS] + "\n…\n" + _("The rest is not shown.")
