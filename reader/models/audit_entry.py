"""The audit log: every act of those who look after the site, never changed afterwards."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.user import User

# Acts upon people and settings; moderators, who look after content, do not see them.
PRIVATE_ACTS = ("person.", "setting.")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """The read language of the audit log. What was done is never changed: only `auditing.record` writes."""

    def visible_to(self, user: User) -> Self:
        """Leave out what was done to people and settings, for those who do not look after them."""
        if user.is_administrator:
            return self
        shown = self
        for prefix in PRIVATE_ACTS:
            shown = shown.exclude(act__startswith=prefix)
        return shown


class AuditEntry(models.Model):
    """One act: who did what to what, why, and how it was before and after. Kept for good.

    It names people and things by number and by the name that they had then, and refers to no row: a person or
    an article that is deleted later leaves no gap. Without an ``actor_id`` the site itself did it.
    """

    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    actor_id = models.BigIntegerField(_("number of the person"), null=True, editable=False)
    actor_name = models.CharField(_("by"), max_length=150, blank=True, editable=False)
    act = models.CharField(_("act"), max_length=40, editable=False)
    target_kind = models.CharField(_("kind"), max_length=40, blank=True, editable=False)
    target_id = models.BigIntegerField(_("number"), null=True, editable=False)
    target_name = models.CharField(_("done to"), max_length=200, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=1000, blank=True, editable=False)
    before = models.JSONField(_("before"), default=dict, editable=False)
    after = models.JSONField(_("after"), default=dict, editable=False)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit log")
        # Nobody is given a right to add, change or delete here.
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["at"], name="audit_by_moment"),
            models.Index(fields=["act", "-id"], name="audit_by_act"),
            models.Index(fields=["actor_name", "-id"], name="audit_by_actor"),
            models.Index(fields=["target_kind", "target_id", "-id"], name="audit_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name}: {self.act}"
