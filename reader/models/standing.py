"""How a person stands with the site: waiting, suspended, leaving, when last seen, and what they may keep."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# What the largest column of every database holds, and far more than anybody keeps.
MOST_OF_ANYTHING = 1_000_000


def limit_field(name: object, **options: object) -> "models.PositiveIntegerField[int | None, int | None]":
    """Return a column for the most that somebody may have of something."""
    return models.PositiveIntegerField(
        name,  # type: ignore[arg-type]  # a lazy name is one
        validators=[MaxValueValidator(MOST_OF_ANYTHING)],
        **options,  # type: ignore[arg-type]
    )


class Standing(models.Model):
    """Columns of the person's row that administrators change, each by an act that is written down.

    ``applied_at``: waits for approval since then. ``suspended_at``: may not come in. Both with ``is_active``
    off. ``leaves_at``: everything of theirs is deleted from then on. The limits are empty where the site's
    hold. ``saves`` counts the entries that were made on ``saves_on``; ``last_active_on`` is a day and says
    nothing of what was done.
    """

    applied_at = models.DateTimeField(_("asked for an account"), null=True, editable=False)
    application = models.CharField(
        _("what they say of themselves"), max_length=500, blank=True, default="", editable=False
    )
    suspended_at = models.DateTimeField(_("suspended"), null=True, editable=False)
    suspended_why = models.CharField(_("reason"), max_length=1000, blank=True, default="", editable=False)
    leaves_at = models.DateTimeField(_("is deleted"), null=True, editable=False, db_index=True)
    is_sent_away = models.BooleanField(default=False, editable=False)
    # Mixed into what a session is checked by: one more, and all that were open have ended for good.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    saves_per_day = limit_field(_("links saved a day"), null=True, blank=True)
    stored_megabytes = limit_field(_("stored, in megabytes"), null=True, blank=True)
    most_highlights = limit_field(_("highlights"), null=True, blank=True)

    saves_on = models.DateField(null=True, editable=False)
    saves = models.PositiveIntegerField(default=0, editable=False)
    stored_bytes = models.BigIntegerField(default=0, editable=False)
    stored_counted_at = models.DateTimeField(null=True, editable=False)
    last_active_on = models.DateField(_("last active on"), null=True, editable=False)

    class Meta:
        abstract = True
