"""Highlights: passages that a person marked in an article, and what they noted there."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reader.anchoring import CONTEXT_CHARACTERS, Quote
from reader.models.tag import fold
from reader.models.user import User

if TYPE_CHECKING:
    from reader.models.saved_article import SavedArticle


class HighlightQuerySet(models.QuerySet["Highlight"]):
    """The read language of highlights."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def kept(self) -> Self:
        """Leave out those that were deleted and may still come back."""
        return self.filter(deleted_at=None)

    def shown(self) -> Self:
        """Leave out also those of entries in the trash, and of articles that were taken down."""
        return self.kept().filter(saved__deleted_at=None, saved__article__taken_down_at=None)

    def in_text_order(self) -> Self:
        """Order as in the text; those that stand there no more come last."""
        return self.order_by(models.F("start").asc(nulls_last=True), "pk")

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")

    def with_source(self) -> Self:
        """Bring entry and article along, without the large columns."""
        large = ("content", "text", "trace", "related")
        return self.select_related("saved__article").defer(*(f"saved__article__{name}" for name in large))

    def with_words(self, words: str) -> Self:
        """Return those that have each of the words in quote or note."""
        found = self
        for word in fold(words).split()[:20]:
            found = found.filter(words_key__contains=word)
        return found


class Highlight(models.Model):
    """One passage of one entry. Made by its person; goes thirty days after that person deleted it.

    ``quote``, ``prefix`` and ``suffix`` are the text's at that time and stay. ``start`` and ``length`` say
    where it stands in the plain text of the article's content as it is now; no start: it stands there no
    more. ``is_stale``: the content changed since that was looked up. ``former`` is what an edit replaced.
    """

    class Colour(models.TextChoices):
        YELLOW = "yellow", pgettext_lazy("highlight", "Yellow")
        GREEN = "green", pgettext_lazy("highlight", "Green")
        BLUE = "blue", pgettext_lazy("highlight", "Blue")
        PINK = "pink", pgettext_lazy("highlight", "Pink")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="highlights"
    )
    saved: "models.ForeignKey[SavedArticle]" = models.ForeignKey(
        "reader.SavedArticle",
        verbose_name=_("saved article"),
        on_delete=models.CASCADE,
        related_name="highlights",
    )
    # The browser's name for it, so that what is sent twice is made once.
    client_id = models.UUIDField(editable=False)
    quote = models.TextField(_("quote"))
    prefix = models.CharField(max_length=CONTEXT_CHARACTERS, blank=True, default="", editable=False)
    suffix = models.CharField(max_length=CONTEXT_CHARACTERS, blank=True, default="", editable=False)
    start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    length = models.PositiveIntegerField(default=0, editable=False)
    is_stale = models.BooleanField(default=False, editable=False)
    colour = models.CharField(_("colour"), max_length=10, choices=Colour, default=Colour.YELLOW)
    note = models.TextField(_("note"), blank=True, default="")
    former = models.JSONField(null=True, blank=True, editable=False)
    words_key = models.TextField(blank=True, default="", editable=False)
    made_at = models.DateTimeField(_("made at"))
    changed_at = models.DateTimeField(_("changed at"))
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        constraints = [
            models.UniqueConstraint(fields=["saved", "client_id"], name="highlight_is_made_once"),
            models.CheckConstraint(
                condition=Q(colour__in=["yellow", "green", "blue", "pink"]), name="highlight_colour_is_known"
            ),
            models.CheckConstraint(
                condition=Q(start=None) | Q(length__gt=0), name="highlight_in_the_text_has_a_length"
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "-made_at", "-id"], condition=Q(deleted_at=None), name="highlight_newest"
            ),
            # The sweeper's questions.
            models.Index(fields=["saved"], condition=Q(is_stale=True), name="highlight_stale"),
            models.Index(
                fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="highlight_to_sweep"
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    @property
    def anchor(self) -> Quote:
        """What it is found by; the hint is where it stood last."""
        return Quote(self.quote, self.prefix, self.suffix, self.start or 0)

    @property
    def is_orphaned(self) -> bool:
        """Whether its passage stands in the text no more."""
        return self.start is None
