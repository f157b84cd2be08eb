"""How a person likes to read: columns of the person's own row, so that no page asks for them apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The steps of each measure; the style sheet has one rule a step.
SIZES = range(1, 10)
LINE_HEIGHTS = range(1, 6)
WIDTHS = range(1, 6)
USUAL_SIZE, USUAL_LINE_HEIGHT, USUAL_WIDTH = 4, 3, 3
MOST_KEPT_OFFLINE = 100


class ReadingPreferences(models.Model):
    """How pages look to one person and what reading does by itself; empty or middle values are the usual."""

    class Theme(models.TextChoices):
        SYSTEM = "", pgettext_lazy("theme", "As the device")
        LIGHT = "light", pgettext_lazy("theme", "Light")
        SEPIA = "sepia", pgettext_lazy("theme", "Sepia")
        DARK = "dark", pgettext_lazy("theme", "Dark")
        BLACK = "black", pgettext_lazy("theme", "Black")

    class Face(models.TextChoices):
        SERIF = "", pgettext_lazy("face", "Serif")
        BOOK = "book", pgettext_lazy("face", "Book")
        SANS = "sans", pgettext_lazy("face", "Sans serif")
        CLEAR = "clear", pgettext_lazy("face", "For low vision")
        DYSLEXIC = "dyslexic", pgettext_lazy("face", "For dyslexia")

    theme = models.CharField(_("theme"), max_length=10, choices=Theme, blank=True, default="")
    face = models.CharField(_("face"), max_length=10, choices=Face, blank=True, default="")
    text_size = models.PositiveSmallIntegerField(_("text size"), default=USUAL_SIZE)
    line_height = models.PositiveSmallIntegerField(_("line height"), default=USUAL_LINE_HEIGHT)
    text_width = models.PositiveSmallIntegerField(_("width of lines"), default=USUAL_WIDTH)
    is_justified = models.BooleanField(_("lines of equal length"), default=False)
    archives_at_end = models.BooleanField(_("archive what was read to its end"), default=False)
    saves_data = models.BooleanField(_("pictures only on demand"), default=False)
    kept_offline = models.PositiveSmallIntegerField(_("articles kept for offline"), default=20)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(text_size__range=(SIZES[0], SIZES[-1])), name="text_size_is_a_step"
            ),
            models.CheckConstraint(
                condition=Q(line_height__range=(LINE_HEIGHTS[0], LINE_HEIGHTS[-1])),
                name="line_height_is_a_step",
            ),
            models.CheckConstraint(
                condition=Q(text_width__range=(WIDTHS[0], WIDTHS[-1])), name="text_width_is_a_step"
            ),
            models.CheckConstraint(
                condition=Q(kept_offline__lte=MOST_KEPT_OFFLINE), name="kept_offline_is_not_too_many"
            ),
        ]

    @property
    def look(self) -> tuple[tuple[str, str], ...]:
        """What differs from the usual look, in names and values of the style sheet."""
        values = {
            "theme": self.theme,
            "face": self.face,
            "size": "" if self.text_size == USUAL_SIZE else str(self.text_size),
            "leading": "" if self.line_height == USUAL_LINE_HEIGHT else str(self.line_height),
            "width": "" if self.text_width == USUAL_WIDTH else str(self.text_width),
            "justified": "yes" if self.is_justified else "",
        }
        return tuple((name, value) for name, value in values.items() if value)
