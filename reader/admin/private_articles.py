"""Texts that people pasted for themselves: that they are there, how they are and how much they take."""

from django.contrib import admin
from django.db.models import F, QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from reader.admin.desk import ReadOnlyAdmin, is_list_of
from reader.models import PrivateArticle


@admin.register(PrivateArticle)
class PrivateArticleAdmin(ReadOnlyAdmin):
    list_display = ("pk", "state", "size", "created_at")
    list_display_links = None
    list_filter = ("state",)
    ordering = ("-pk",)
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[PrivateArticle]:
        own: QuerySet[PrivateArticle] = super().get_queryset(request).exclude(owner=None)
        is_list = is_list_of(self.model, request)
        if not is_list:
            # No page shows one.
            return own.none()
        size = Length(F("content")) + Length(F("text"))
        return own.annotate(characters=size).only("pk", "state", "created_at")

    @admin.display(description=_("size"))
    def size(self, article: PrivateArticle) -> str:
        return filesizeformat(getattr(article, "characters", 0))
