"""Saved articles: one person's entries on the reading list."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article
from reader.models.user import User


class SavedArticleQuerySet(models.QuerySet["SavedArticle"]):
    """The read language of the reading list."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def present(self) -> Self:
        """Leave out what is in the trash."""
        return self.filter(deleted_at=None)

    def unread(self) -> Self:
        return self.present().filter(archived_at=None)

    def archived(self) -> Self:
        return self.present().filter(archived_at__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by("-saved_at", "-pk")

    def for_list(self) -> Self:
        """Bring the article along, without its large columns."""
        return self.select_related("article").defer(
            "article__content", "article__text", "article__trace", "article__related"
        )


class SavedArticle(models.Model):
    """One article on one person's list. Made by saving; goes to the trash (``deleted_at``) and can return."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="saved_articles",
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="saved_articles"
    )
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    objects = SavedArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved article")
        verbose_name_plural = _("saved articles")
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="article_is_saved_once_per_user"),
        ]
        indexes = [
            models.Index(
                fields=["user", "-saved_at", "-id"],
                condition=Q(archived_at=None, deleted_at=None),
                name="saved_unread",
            ),
            models.Index(
                fields=["user", "-saved_at", "-id"],
                condition=Q(archived_at__isnull=False, deleted_at=None),
                name="saved_archived",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.article_id}"
