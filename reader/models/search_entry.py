"""Search entries: which entries of the reading lists are in the index, and under which key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.saved_article import SavedArticle


class SearchEntry(models.Model):
    """One entry in the index of full text search. Made and renewed with what it says, gone with the entry.

    The terms stand beside it, where each engine has them: see `reader.search.schema`. A row that is missing,
    or of an older ``analysis``, is made by the sweeper.
    """

    saved = models.OneToOneField(
        SavedArticle,
        verbose_name=_("saved article"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="search_entry",
    )
    # Not unique: a save must never fail because of the index.
    key = models.BigIntegerField(_("key"), db_index=True)
    analysis = models.PositiveSmallIntegerField(_("version of the analysis"), db_index=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return f"{self.saved_id}: {self.key}"
