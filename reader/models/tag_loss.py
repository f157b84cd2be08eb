"""Tags that were deleted or merged away: what it takes to bring them back."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.saved_article import SavedArticle
from reader.models.tag import Tag
from reader.models.user import User


class TagLossQuerySet(models.QuerySet["TagLoss"]):
    """The read language of lost tags."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def open(self) -> Self:
        """Return those that can still be taken back."""
        return self.filter(undone_at=None)


class TagLoss(models.Model):
    """One tag that a person deleted, or merged ``into`` another. Swept with the trash.

    ``rules`` are its rules: kind, value, and whether the other tag had the same one already.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="tag_losses"
    )
    name = models.CharField(_("name"), max_length=Tag.MAX_NAME_CHARACTERS)
    into = models.ForeignKey(
        Tag, verbose_name=_("merged into"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    rules = models.JSONField(_("rules"), default=list)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)

    objects = TagLossQuerySet.as_manager()

    class Meta:
        verbose_name = _("lost tag")
        verbose_name_plural = _("lost tags")

    def __str__(self) -> str:
        return self.name


class TagLossEntry(models.Model):
    """One entry that had the tag; ``had_other`` says that it had the one that it was merged into as well."""

    loss = models.ForeignKey(TagLoss, on_delete=models.CASCADE, related_name="entries")
    saved = models.ForeignKey(SavedArticle, on_delete=models.CASCADE, related_name="+")
    had_other = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("entry of a lost tag")
        verbose_name_plural = _("entries of lost tags")

    def __str__(self) -> str:
        return f"{self.loss_id}: {self.saved_id}"
