"""Take-downs: articles that a moderator took from everybody's list, and what is kept of them for a while."""

from datetime import datetime, timedelta
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article
from reader.models.domain_policy import DomainPolicy

RESTORABLE_DAYS = 30


class TakeDownQuerySet(models.QuerySet["TakeDown"]):
    """The read language of take-downs."""

    def over(self, now: datetime) -> Self:
        """Return those whose text is still kept and can be restored no more."""
        return self.filter(swept_at=None, taken_down_at__lt=now - timedelta(days=RESTORABLE_DAYS))


class TakeDown(models.Model):
    """One article that is taken down. Made by a moderator; goes when the article is allowed again.

    ``kept`` is what the article said. Nothing but restoring reads it, and after thirty days it is deleted,
    with the article's snapshots, versions and pictures; the row stays, and the article as a tombstone.
    """

    article = models.OneToOneField(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="take_down"
    )
    kept = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    policy = models.ForeignKey(
        DomainPolicy, verbose_name=_("site policy"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_down_at = models.DateTimeField(_("taken down at"), default=timezone.now)
    swept_at = models.DateTimeField(_("text deleted at"), null=True)

    objects = TakeDownQuerySet.as_manager()

    class Meta:
        verbose_name = _("take-down")
        verbose_name_plural = _("take-downs")
        indexes = [
            models.Index(
                fields=["taken_down_at"], condition=models.Q(swept_at=None), name="take_down_to_sweep"
            )
        ]

    def __str__(self) -> str:
        return str(self.article_id)
