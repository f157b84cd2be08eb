"""What administrators decided for everybody: who may sign up, what one may keep, what the public is told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reader.models.standing import limit_field


class SignUp(models.TextChoices):
    """Who may make an account."""

    CLOSED = "closed", _("Nobody")
    OPEN = "open", _("Everybody")
    INVITATION = "invitation", _("Who has an invitation")
    APPROVAL = "approval", _("Everybody, once an administrator agrees")


class HouseRules(models.Model):
    """The only row of its table, made when they are first changed. Until then the operator's choices hold."""

    sign_up = models.CharField(
        _("who may make an account"), max_length=10, choices=SignUp, blank=True, default=""
    )
    saves_per_day = limit_field(_("links saved a day"), default=10_000)
    stored_megabytes = limit_field(_("stored, in megabytes"), default=10_000)
    most_highlights = limit_field(_("highlights"), default=50_000)
    tells_public = models.BooleanField(
        _("numbers of reports and take-downs for everybody"),
        null=True,
        blank=True,
        choices=[(None, _("As the operator set it")), (True, _("Shown")), (False, _("Not shown"))],
    )

    class Meta:
        verbose_name = _("house rules")
        verbose_name_plural = _("house rules")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="house_rules_are_one_row"),
            models.CheckConstraint(
                condition=Q(sign_up__in=["", *SignUp.values]), name="house_rules_sign_up_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def read(cls) -> "HouseRules":
        """Return what holds now, in a row that may not be stored yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def mode(self) -> str:
        """Who may sign up: as decided here, else as the operator set it."""
        return self.sign_up or str(settings.READER_SIGNUP)

    @property
    def is_transparent(self) -> bool:
        """Whether everybody may read the numbers: as decided here, else as the operator set it."""
        return bool(settings.READER_TRANSPARENCY if self.tells_public is None else self.tells_public)
