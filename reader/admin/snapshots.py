"""What was fetched, when and from where."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.admin.desk import ReadOnlyAdmin
from reader.models import Snapshot


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("final_url", "page_number", "status", "content_type", "body_bytes", "fetched_at")
    list_filter = ("status", "page_number", "fetched_at")
    search_fields = ("final_url", "article__title", "article__host", "body_hash")
    ordering = ("-pk",)
    exclude = ("file",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Snapshot]:
        # What a person pasted for themselves is nobody else's to read.
        shared = super().get_queryset(request).filter(article__owner=None)
        return shared.select_related("article").defer("article__content", "article__text")
