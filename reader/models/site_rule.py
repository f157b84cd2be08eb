"""Site rules that moderators write: the published text, the draft, every revision, and trials of drafts."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article, ArticleQuerySet
from reader.models.background_run import BackgroundRun, BackgroundRunQuerySet, find_rereadable


class SiteRule(models.Model):
    """The desk's own rule for one site and what is below it. Made when somebody first saves a draft; kept.

    ``published`` is what the worker reads, empty where the operator's or the built-in rule is in force. Of
    ``version`` there is another each time the row changes: who saves over a version that is gone is told.
    """

    host = models.CharField(_("site"), max_length=253, unique=True)
    published = models.TextField(_("published text"), blank=True, default="")
    draft = models.TextField(_("draft"), blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("changed at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)

    class Meta:
        verbose_name = _("site rule")
        verbose_name_plural = _("site rules")

    def __str__(self) -> str:
        return self.host

    @property
    def has_draft(self) -> bool:
        """Whether the draft says something else than what is published."""
        return self.draft.split() != self.published.split()


class SiteRuleRevision(models.Model):
    """One publication of a rule, or its withdrawal (an empty text). Made with it, never changed."""

    rule = models.ForeignKey(
        SiteRule, verbose_name=_("site rule"), on_delete=models.CASCADE, related_name="revisions"
    )
    text = models.TextField(_("text"), blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("revision of a site rule")
        verbose_name_plural = _("revisions of site rules")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="site_rule_revision_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.reason}"


class RuleTrialQuerySet(BackgroundRunQuerySet["RuleTrial"]):
    """The single statements that move a trial on."""


class RuleTrial(BackgroundRun):
    """A draft read over all kept pages of its site, and what would come of it. Nothing else is changed.

    Made by a moderator, gone when the next trial of the rule begins.
    """

    rule = models.ForeignKey(
        SiteRule, verbose_name=_("site rule"), on_delete=models.CASCADE, related_name="trials"
    )
    text = models.TextField(_("draft"))
    better = models.PositiveIntegerField(_("better"), default=0)
    same = models.PositiveIntegerField(_("same"), default=0)
    worse = models.PositiveIntegerField(_("worse"), default=0)
    failed = models.PositiveIntegerField(_("failed before and after"), default=0)
    skipped = models.PositiveIntegerField(_("left alone"), default=0)

    objects = RuleTrialQuerySet.as_manager()

    class Meta:
        verbose_name = _("trial of a site rule")
        verbose_name_plural = _("trials of site rules")

    def articles(self) -> ArticleQuerySet:
        return find_rereadable(host=self.rule.host)


class RuleTrialResultQuerySet(models.QuerySet["RuleTrialResult"]):
    """The read language of results."""

    def worst_first(self) -> Self:
        """Return worse ones first, those that lose most words before others."""
        rank = Case(
            When(outcome="worse", then=Value(0)),
            When(outcome="failed", then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        gained = models.F("words_after") - models.F("words_before")
        return self.alias(rank=rank).order_by("rank", gained, "pk")


class RuleTrialResult(models.Model):
    """What a draft would make of one article, where it shows something else. Gone with its trial."""

    trial = models.ForeignKey(
        RuleTrial, verbose_name=_("trial"), on_delete=models.CASCADE, related_name="results"
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="+"
    )
    outcome = models.CharField(_("outcome"), max_length=10)
    why = models.CharField(_("why"), max_length=40)
    words_before = models.IntegerField(_("words before"))
    words_after = models.IntegerField(_("words after"))

    objects = RuleTrialResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result of a trial")
        verbose_name_plural = _("results of trials")
        constraints = [
            models.UniqueConstraint(fields=["trial", "article"], name="article_is_tried_once_per_trial"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.outcome}"
