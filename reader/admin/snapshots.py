"""What was fetched, when and from where."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.admin.read_only import ReadOnlyAdmin
from reader.models import Snapshot


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("final_url", "page_number", "status", "content_type", "body_bytes", "fetched_at")
    list_filter = ("status", "page_number", "fetched_at")
    search_fields = ("final_url", "article__title", "article__host", "body_hash")
    ordering = ("-pk",)
    exclude = ("file",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        return (
            super().get_queryset(request).select_related("article").defer("article__content", "article__text")
        )
