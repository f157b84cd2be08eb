"""The people who read and moderate."""

from typing import Final

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reader.models.reading_preferences import ReadingPreferences
from reader.models.standing import Standing

# The two roles are groups, and these the permissions that they give; both are made by a migration.
MODERATE: Final = "reader.moderate"
ADMINISTER: Final = "reader.administer"


class User(AbstractUser, ReadingPreferences, Standing):
    """One person. Who has a role may enter the desk (``is_staff``); the first has both, from set-up.

    A moderator looks after what all share, an administrator after people and settings.
    """

    class Language(models.TextChoices):
        BROWSER = "", _("As the browser asks")
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    class Density(models.TextChoices):
        COMFORTABLE = "", _("Comfortable")
        COMPACT = "compact", _("Compact")

    language = models.CharField(_("language"), max_length=5, choices=Language, blank=True, default="")
    density = models.CharField(_("density"), max_length=10, choices=Density, blank=True, default="")

    # Whether a report of theirs was decided and they have not put the news away; spares each list a query.
    has_report_news = models.BooleanField(default=False, editable=False)

    class Meta(ReadingPreferences.Meta):
        constraints = [
            *ReadingPreferences.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(applied_at=None, suspended_at=None),
                name="user_who_waits_or_is_suspended_stays_out",
            ),
        ]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        permissions = [
            ("moderate", "May look after what all share: reports, articles, sites and their rules"),
            ("administer", "May look after people and settings"),
        ]

    @property
    def is_moderator(self) -> bool:
        return self.has_perm(MODERATE)

    @property
    def is_administrator(self) -> bool:
        return self.has_perm(ADMINISTER)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Mix in how often all sessions were ended; what nobody ended stays as it was."""
        own: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # not in the stubs
        return f"{own}.{self.sessions_ended}" if self.sessions_ended else own
