"""Invitations: links that make one account each."""

import hashlib
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from reader.models.user import ADMINISTER, User


def hash_token(token: str) -> str:
    """Return what is stored of a token; who reads the table cannot make the link of it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The read language of invitations."""

    def usable(self, now: datetime) -> Self:
        """Return those that still make an account: none outlives its maker's right to invite."""
        return self.with_maker().filter(used_at=None, revoked_at=None, expires_at__gt=now, has_maker=True)

    def with_maker(self) -> Self:
        """Say of each, as ``has_maker``, whether who made it may still invite."""
        makers = User.objects.filter(pk=OuterRef("made_by"), is_active=True, leaves_at=None)
        codename = ADMINISTER.partition(".")[2]
        may = Q(is_superuser=True) | Q(groups__permissions__codename=codename)
        return self.annotate(has_maker=Exists(makers.filter(may)))

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_token(token))


class Invitation(models.Model):
    """One link that makes one account until ``expires_at``. Made by an administrator, stays as a record."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    note = models.CharField(
        _("for whom"), max_length=200, blank=True, help_text=_("Only administrators see it.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("made at"), editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    used_at = models.DateTimeField(_("used at"), null=True, editable=False)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("used by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(revoked_at=None), name="invitation_is_used_or_revoked"
            ),
        ]

    def __str__(self) -> str:
        return self.note or f"{self.made_at:%Y-%m-%d %H:%M}"
