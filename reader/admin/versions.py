"""Earlier versions of articles: what was said before the publisher changed it."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from reader.admin.desk import ReadOnlyAdmin, is_list_of, only_shared
from reader.models import ArticleVersion


@admin.register(ArticleVersion)
class ArticleVersionAdmin(ReadOnlyAdmin):
    list_display = ("title", "word_count", "fetched_at", "replaced_at", "why")
    search_fields = ("title",)
    ordering = ("-pk",)
    fields = ("title", "article", "fetched_at", "replaced_at", "why", "word_count", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleVersion]:
        shared = only_shared(super().get_queryset(request), "article__owner_id")
        large = ("content", "article__content", "article__text", "article__trace", "article__related")
        is_list = is_list_of(self.model, request)
        return shared.select_related("article").defer(*large, *(("text",) if is_list else ()))
