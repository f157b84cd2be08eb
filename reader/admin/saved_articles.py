"""Entries on people's reading lists, as the desk sees them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from reader.admin.desk import ReadOnlyAdmin
from reader.models import SavedArticle


@admin.register(SavedArticle)
class SavedArticleAdmin(ReadOnlyAdmin):
    list_display = ("article_title", "user", "article_state", "saved_at", "archived_at", "deleted_at")
    list_filter = (
        "article__state",
        ("archived_at", admin.EmptyFieldListFilter),
        ("deleted_at", admin.EmptyFieldListFilter),
        "saved_at",
    )
    search_fields = ("user__username", "article__title", "article__canonical_url")
    ordering = ("-saved_at", "-pk")

    @admin.display(description=_("article"), ordering="article__title")
    def article_title(self, saved: SavedArticle) -> str:
        return str(saved.article)

    @admin.display(description=_("state"), ordering="article__state")
    def article_state(self, saved: SavedArticle) -> str:
        return saved.article.get_state_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedArticle]:
        # What a person pasted for themselves is nobody else's to read.
        shared = SavedArticle.objects.filter(article__owner=None)
        return shared.for_list().select_related("user")
