"""Re-extractions: reading kept pages anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.article import ArticleQuerySet
from reader.models.background_run import BackgroundRun, BackgroundRunQuerySet, find_rereadable


class ReextractionQuerySet(BackgroundRunQuerySet["Reextraction"]):
    """The single statements that move a re-extraction on."""


class Reextraction(BackgroundRun):
    """One request to read kept pages anew. Made by a moderator, carried on until finished, then a record.

    Which articles: those listed, else those of the site and its subdomains, else all.
    """

    article_ids = models.JSONField(_("articles"), null=True, blank=True)
    host = models.CharField(_("site"), max_length=255, blank=True, default="")

    improved = models.PositiveIntegerField(_("text changed"), default=0)
    unchanged = models.PositiveIntegerField(_("same text"), default=0)
    refused = models.PositiveIntegerField(_("worse, not shown"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    damaged = models.PositiveIntegerField(_("snapshot damaged"), default=0)
    skipped = models.PositiveIntegerField(_("left alone"), default=0)

    objects = ReextractionQuerySet.as_manager()

    class Meta:
        verbose_name = _("re-extraction")
        verbose_name_plural = _("re-extractions")

    def articles(self) -> ArticleQuerySet:
        return find_rereadable(host=self.host, article_ids=self.article_ids)
