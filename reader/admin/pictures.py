"""Pictures of articles: which are kept, which are not and why, and how much they take."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from reader.admin.desk import ReadOnlyAdmin
from reader.models import ArticlePicture


@admin.register(ArticlePicture)
class ArticlePictureAdmin(ReadOnlyAdmin):
    list_display = ("url", "state", "error_code", "attempts", "due_at", "size")
    list_filter = ("state", "error_code")
    search_fields = ("url", "article__title", "article__host")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticlePicture]:
        # What a person pasted for themselves is nobody else's to read.
        shared = super().get_queryset(request).filter(article__owner=None)
        return shared.select_related("asset", "article").defer("article__content", "article__text")

    @admin.display(description=_("size"))
    def size(self, picture: ArticlePicture) -> str:
        kept = picture.asset
        return f"{kept.width} × {kept.height}, {filesizeformat(kept.size_bytes)}" if kept else ""
