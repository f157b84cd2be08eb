"""Re-extractions on the desk: how far they are and how they went."""

from django.contrib import admin

from reader.admin.desk import ReadOnlyAdmin
from reader.models import Reextraction


@admin.register(Reextraction)
class ReextractionAdmin(ReadOnlyAdmin):
    list_display = (
        "pk",
        "host",
        "total",
        "done",
        "improved",
        "unchanged",
        "refused",
        "failed",
        "damaged",
        "skipped",
        "created_at",
        "finished_at",
    )
    list_filter = ("created_at",)
    search_fields = ("host",)
    ordering = ("-pk",)
    exclude = ("lease_token", "tries")
