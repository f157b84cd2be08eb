"""Saved searches: queries that a person gave a name."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.user import User


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """The read language of saved searches."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def by_name(self) -> Self:
        return self.order_by("name", "pk")


class SavedSearch(models.Model):
    """One view of one person's list. Made from a search, kept until that person deletes it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="saved_searches",
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=300)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="search_is_saved_once_per_name"),
        ]

    def __str__(self) -> str:
        return self.name
