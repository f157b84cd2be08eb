"""The same story under several addresses: what such articles find each other by, and what is offered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article
from reader.models.saved_article import SavedArticle
from reader.models.user import User


class StoryKey(models.Model):
    """One number of an article, that of an address of it or of its text; the same story has some in common.

    Made by ``reader.noticing`` from what the article says, gone with it.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="story_keys")
    value = models.BigIntegerField()

    class Meta:
        verbose_name = _("number of a story")
        verbose_name_plural = _("numbers of stories")
        constraints = [
            models.UniqueConstraint(fields=["value", "article"], name="story_key_is_once_per_article")
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.value}"


class StoryPairQuerySet(models.QuerySet["StoryPair"]):
    """The read language of pairs."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def offered(self) -> Self:
        """Return those that wait for the person's word, both outside the trash."""
        waiting = self.filter(state=StoryPair.State.OFFERED)
        return waiting.filter(first__deleted_at=None, second__deleted_at=None)

    def with_entries(self) -> Self:
        """Bring both entries along with their articles, without the large columns."""
        large = ("content", "text", "trace", "related")
        found = self.select_related("first__article", "second__article")
        return found.defer(*(f"{side}__article__{name}" for side in ("first", "second") for name in large))


class StoryPair(models.Model):
    """Two entries of one person's that are the same story. Made when that is noticed, gone with either.

    What the person said of it stands in ``state``; nothing is merged by itself. ``kept`` is the entry that a
    merge left on the list, and ``changes`` what the merge did to it, so that it can be taken back.
    """

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        BOTH = "both", _("Both kept")
        MERGED = "merged", _("Merged")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="story_pairs")
    first = models.ForeignKey(SavedArticle, on_delete=models.CASCADE, related_name="pairs_as_first")
    second = models.ForeignKey(SavedArticle, on_delete=models.CASCADE, related_name="pairs_as_second")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    kept = models.ForeignKey(
        SavedArticle, null=True, blank=True, on_delete=models.CASCADE, related_name="pairs_as_kept"
    )
    changes = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(_("noticed at"), auto_now_add=True)

    objects = StoryPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("same story twice")
        verbose_name_plural = _("same stories twice")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="story_pair_is_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="story_pair_is_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["offered", "both"], kept=None) | Q(state="merged", kept__isnull=False),
                name="merged_story_pair_says_which_is_kept",
            ),
        ]
        indexes = [models.Index(fields=["user", "state", "-id"], name="story_pair_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.first_id} = {self.second_id}"

    @property
    def gone_id(self) -> int:
        """The entry that a merge put in the trash."""
        return self.second_id if self.kept_id == self.first_id else self.first_id
