"""Article versions: what an article said before its publisher changed it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article

if TYPE_CHECKING:
    from reader.models.saved_article import SavedArticle

# A live report is rewritten all day, and a hostile page at every fetch.
MAX_VERSIONS = 20
MAX_CHARACTERS = 4_000_000


class ArticleVersionQuerySet(models.QuerySet["ArticleVersion"]):
    """The read language of versions, and the limit on how many there are."""

    def of(self, saved: "SavedArticle") -> Self:
        """Return the versions of the article that is on somebody's list; none of one that was taken down."""
        return self.filter(article_id=saved.article_id, article__taken_down_at=None)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def without_content(self) -> Self:
        return self.defer("content", "text")

    def trim(self, article_id: int) -> int:
        """Delete versions beyond the limits and return how many.

        The oldest is what was first saved, and stays; so does the newest. Of those between, the older go.
        """
        size = Length(F("content")) + Length(F("text"))
        rows = list(self.filter(article_id=article_id).order_by("pk").values_list("pk", size))
        total = sum(size for _pk, size in rows)
        surplus: list[int] = []
        for pk, size in rows[1:-1]:
            if len(rows) - len(surplus) <= MAX_VERSIONS and total <= MAX_CHARACTERS:
                break
            surplus.append(pk)
            total -= size
        if surplus:
            self.filter(pk__in=surplus).delete()
        return len(surplus)


class ArticleVersion(models.Model):
    """One earlier text of one article. Made when a fetch brings changed words, gone with its article.

    ``content`` is sanitised HTML, as it was shown. ``fetched_at`` is when the publisher last gave this text,
    ``replaced_at`` when another one took its place.
    """

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="versions"
    )
    title = models.CharField(_("title"), max_length=500, blank=True, default="")
    content = models.TextField(_("content"))
    text = models.TextField(_("text"))
    word_count = models.PositiveIntegerField(_("words"))
    fetched_at = models.DateTimeField(_("fetched at"))
    replaced_at = models.DateTimeField(_("replaced at"))
    why = models.CharField(_("why it was replaced"), max_length=20)

    objects = ArticleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")
        indexes = [models.Index(fields=["article", "-id"], name="version_newest")]

    def __str__(self) -> str:
        return f"{self.title} ({self.fetched_at:%Y-%m-%d %H:%M})"
