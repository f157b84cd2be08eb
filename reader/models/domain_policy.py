"""Domain policies: which sites are fetched at all, what becomes of what is saved, and how they are asked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reader.sites.domains import DomainBook, DomainRule

LONGEST_PAUSE_SECONDS = 30


class DomainPolicyQuerySet(models.QuerySet["DomainPolicy"]):
    """The read language of domain policies."""

    def read_book(self) -> DomainBook:
        """Return all of them as they are asked at saving and at fetching; one query, and they are few."""
        return DomainBook(tuple(policy.as_rule() for policy in self.all()))


class DomainPolicy(models.Model):
    """One pattern of hosts and what holds for them. Made by a moderator, kept until one removes it.

    ``takes_down``: what is saved of a blocked site is taken down too, else it stays readable.
    """

    class Access(models.TextChoices):
        USUAL = "", _("As usual")
        BLOCK = "block", _("Block")
        ALLOW = "allow", _("Allow")

    pattern = models.CharField(_("site or pattern"), max_length=253, unique=True)
    access = models.CharField(_("access"), max_length=5, choices=Access, blank=True, default="")
    takes_down = models.BooleanField(_("take down what is saved"), default=False)
    reason = models.CharField(_("reason"), max_length=500)
    pause_seconds = models.FloatField(_("pause between two requests, in seconds"), null=True, blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    objects = DomainPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("site policy")
        verbose_name_plural = _("site policies")
        ordering = ["pattern"]
        constraints = [
            models.CheckConstraint(condition=Q(access__in=["", "block", "allow"]), name="access_is_known"),
            models.CheckConstraint(
                condition=Q(takes_down=False) | Q(access="block"), name="only_a_block_takes_down"
            ),
            models.CheckConstraint(
                condition=Q(pause_seconds=None) | Q(pause_seconds__range=(0, LONGEST_PAUSE_SECONDS)),
                name="pause_is_bearable",
            ),
        ]

    def __str__(self) -> str:
        return self.pattern

    def as_rule(self) -> DomainRule:
        return DomainRule(
            pattern=self.pattern,
            is_allowed={"block": False, "allow": True}.get(self.access),
            pause_seconds=self.pause_seconds,
            headers=self.headers,
        )
