"""Pictures of articles: which are kept, which are not and why, and how much they take."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from reader.admin.desk import ReadOnlyAdmin, only_shared
from reader.models import ArticlePicture


@admin.register(ArticlePicture)
class ArticlePictureAdmin(ReadOnlyAdmin):
    list_display = ("url", "state", "error_code", "attempts", "due_at", "size")
    list_filter = ("state",)
    search_fields = ("url", "article__title", "article__host")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticlePicture]:
        shared = only_shared(super().get_queryset(request), "article__owner_id")
        return shared.select_related("asset", "article").defer(
            "article__content", "article__text", "article__trace", "article__related"
        )

    @admin.display(description=_("size"))
    def size(self, picture: ArticlePicture) -> str:
        kept = picture.asset
        return f"{kept.width} × {kept.height}, {filesizeformat(kept.size_bytes)}" if kept else ""
