"""Acts that a device sent late: their keys, so that each is done once."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.user import User


class LateActQuerySet(models.QuerySet["LateAct"]):
    """The read language of late acts."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)


class LateAct(models.Model):
    """One act that a person did without a network, under the device's key for it. Swept after 120 days.

    ``refusal`` is the code of why it was not done; empty, it was done.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="late_acts"
    )
    key = models.UUIDField(editable=False)
    refusal = models.CharField(max_length=40, blank=True, default="", editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True, db_index=True)

    objects = LateActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act done without a connection")
        verbose_name_plural = _("acts done without a connection")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="late_act_is_done_once")]

    def __str__(self) -> str:
        return str(self.key)
