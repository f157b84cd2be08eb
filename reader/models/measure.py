"""Running numbers that all processes share: totals of the work done, and the last signs of life."""

from typing import Self

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Adding to totals and noting moments; either may happen in many processes at once."""

    def named(self, name: str, label: str = "") -> Self:
        return self.filter(name=name, label=label)

    def add(self, name: str, label: str, amount: float) -> None:
        """Add to a total, which begins at 0."""
        own = self.named(name, label)
        if not own.update(value=F("value") + amount):
            self.get_or_create(name=name, label=label)
            own.update(value=F("value") + amount)

    def note(self, name: str, value: float) -> None:
        """Put a value in the place of the one before."""
        self.update_or_create(name=name, label="", defaults={"value": value})


class Measure(models.Model):
    """One number. Made when it is first counted, kept for good; it is the machine's and in no backup."""

    name = models.CharField(_("name"), max_length=60)
    label = models.CharField(_("label"), max_length=60, blank=True, default="")
    value = models.FloatField(_("value"), default=0.0)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        constraints = [
            models.UniqueConstraint(fields=["name", "label"], name="measure_is_once_per_name_and_label"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.label}: {self.value}"
