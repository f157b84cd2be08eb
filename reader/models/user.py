"""The people who read and moderate."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.reading_preferences import ReadingPreferences


class User(AbstractUser, ReadingPreferences):
    """One person. Moderators are the users with ``is_staff``; the first is made at set-up."""

    class Language(models.TextChoices):
        BROWSER = "", _("As the browser asks")
        INDONESIAN = "id", "Bahasa Indonesia"
        ENGLISH = "en", "English"

    class Density(models.TextChoices):
        COMFORTABLE = "", _("Comfortable")
        COMPACT = "compact", _("Compact")

    language = models.CharField(_("language"), max_length=5, choices=Language, blank=True, default="")
    density = models.CharField(_("density"), max_length=10, choices=Density, blank=True, default="")

    class Meta(ReadingPreferences.Meta):
        verbose_name = _("user")
        verbose_name_plural = _("users")
