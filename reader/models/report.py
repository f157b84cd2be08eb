"""Reports: what a reader says is wrong with an article, and what a moderator makes of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reader.models.article import Article
from reader.models.user import User


class ReportQuerySet(models.QuerySet["Report"]):
    """The read language of reports."""

    def of(self, user: User) -> Self:
        return self.filter(reporter=user)

    def open(self) -> Self:
        return self.filter(state=Report.State.OPEN)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def unseen_outcomes_of(self, user: User) -> Self:
        """Return the decided reports of which the reader has not yet put the outcome away."""
        return self.of(user).filter(is_outcome_unseen=True)


class Report(models.Model):
    """One reader's report of one article of the shared shelf. Kept when it is decided; goes with the article.

    While it is open, the same person can make no other of the same article. When the person goes, it stays
    without a name.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("The text is wrong or incomplete")
        ADVERTISING = "advertising", _("There is advertising in it")
        NOT_ARTICLE = "not_article", _("This is not the article")
        PICTURES = "pictures", _("Pictures are missing or wrong")
        UNLAWFUL = "unlawful", _("It is unlawful, or somebody's private affair")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("report", "Open")
        RESOLVED = "resolved", _("Resolved")
        REJECTED = "rejected", _("Rejected")

    MAX_WORDS = 2000

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="reports"
    )
    host = models.CharField(_("site"), max_length=255)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="reports",
    )
    kind = models.CharField(_("what is wrong"), max_length=15, choices=Kind)
    passage = models.TextField(_("passage"), blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answer = models.TextField(_("answer to the reader"), blank=True, default="")
    is_outcome_unseen = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("reported at"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "reporter"],
                condition=Q(state="open"),
                name="report_is_open_once_per_person_and_article",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "resolved", "rejected"]), name="report_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(decided_at__isnull=False), name="decided_report_says_when"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="report_by_state"),
            models.Index(fields=["host", "state", "-id"], name="report_by_site"),
            models.Index(fields=["reporter", "-id"], name="report_by_reporter"),
            models.Index(
                fields=["reporter"], condition=Q(is_outcome_unseen=True), name="report_outcome_unseen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.host})"
