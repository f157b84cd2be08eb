"""Saved articles: one person's entries on the reading list."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.article import Article
from reader.models.highlight import Highlight
from reader.models.list_filter import ListFilter
from reader.models.report import Report
from reader.models.snapshot import Snapshot
from reader.models.tag import Tag, Tagging, fold
from reader.models.user import User

# The day of an article that tells none: before all others, so that it comes last where the newest is first.
NO_DAY = datetime(1900, 1, 1, tzinfo=UTC)
# At two hundred words a minute: up to four minutes, up to ten, and more.
SHORT_WORDS, MEDIUM_WORDS = 800, 2000

# In thousandths: less is a glance, more is the end, whether or not its last line was in the window.
BEGUN, FINISHED = 20, 970

_STATES: dict[str, list[str]] = {
    "ready": [Article.State.READY],
    "partial": [Article.State.PARTIAL],
    "pending": [Article.State.QUEUED, Article.State.FETCHING],
    "failed": [Article.State.FAILED],
}
_LENGTHS: dict[str, dict[str, int]] = {
    "short": {"gt": 0, "lte": SHORT_WORDS},
    "medium": {"gt": SHORT_WORDS, "lte": MEDIUM_WORDS},
    "long": {"gt": MEDIUM_WORDS},
}

# What lists show, and sort by: every column that is read costs each row some microseconds.
_LISTED = (
    *("user", "article", "saved_at", "archived_at", "starred_at", "deleted_at", "own_title"),
    *("own_published_on", "note", "progress", "site", "title_key", "published_key", "words"),
)
_LISTED_OF_ARTICLE = (
    *("canonical_url", "url", "final_url", "host", "title", "authors", "section", "site_name", "language"),
    *("published_at", "published_on", "lead_image_url", "excerpt", "word_count", "missing_pages"),
    *("state", "error_code", "next_attempt_at", "taken_down_at", "taken_down_why"),
)


def _has_highlights() -> Exists:
    return Exists(Highlight.objects.kept().filter(saved=OuterRef("pk")))


# What a list shows of each entry beside its columns stands in its row as one value: to ask the ORM for tags
# and pictures apart takes longer than to write the rows.
# The tags of the entry, a line each; their names have no line breaks.
_TAGS = """(
    SELECT group_concat(tag.id || ':' || tag.name, '\n')
    FROM reader_tagging given JOIN reader_tag tag ON tag.id = given.tag_id
    WHERE given.saved_id = reader_savedarticle.id
)"""
# The kept lead picture of its article in its smallest size: hash, width and height.
_LEAD_PICTURE = """(
    SELECT size.sha256 || ':' || size.width || ':' || size.height
    FROM reader_article lead
    JOIN reader_articlepicture picture ON picture.article_id = lead.id AND picture.url = lead.lead_image_url
    JOIN reader_asset size ON size.id = COALESCE(picture.thumbnail_id, picture.small_id, picture.asset_id)
    WHERE lead.id = reader_savedarticle.article_id AND picture.state = 'kept'
        AND lead.lead_image_url <> ''
)"""
# The last noticed pair of the entry that waits for a word, the article of its other entry, and where that
# comes from.
_OFFER = """(
    SELECT pair.id || ':' || other.article_id || ':' || COALESCE(NULLIF(told.site_name, ''), told.host)
    FROM reader_storypair pair
    JOIN reader_savedarticle other ON other.deleted_at IS NULL AND other.id =
        CASE WHEN pair.first_id = reader_savedarticle.id THEN pair.second_id ELSE pair.first_id END
    JOIN reader_article told ON told.id = other.article_id
    WHERE (pair.first_id = reader_savedarticle.id OR pair.second_id = reader_savedarticle.id)
        AND pair.state = 'offered'
    ORDER BY pair.id DESC LIMIT 1
)"""


class _Told(RawSQL):
    """One text of the entry's row, by a written-out question."""

    def __init__(self, sql: str) -> None:
        super().__init__(sql, (), output_field=models.TextField())

    def as_postgresql(self, *_of_sqlite: object) -> tuple[str, tuple[()]]:
        return f"({self.sql.replace('group_concat', 'string_agg')})", ()


class Shelf(models.IntegerChoices):
    """Where an entry lies; the database itself makes it of the moments."""

    UNREAD = 0
    ARCHIVE = 1
    TRASH = 2


class SavedArticleQuerySet(models.QuerySet["SavedArticle"]):
    """The read language of the reading list."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def present(self) -> Self:
        """Leave out what is in the trash."""
        return self.filter(deleted_at=None)

    def of_addresses(self, canonical_urls: Iterable[str]) -> Self:
        """Return the entries of the public articles with these addresses. Begins at them, not at the list."""
        articles = Article.objects.filter(canonical_url__in=set(canonical_urls), owner=None)
        return self.filter(article__in=articles.values("pk"))

    def unread(self) -> Self:
        return self.filter(shelf=Shelf.UNREAD)

    def archived(self) -> Self:
        return self.filter(shelf=Shelf.ARCHIVE)

    def starred(self) -> Self:
        # The second condition is that of indexes.
        return self.filter(star=1, starred_at__isnull=False)

    def trashed(self) -> Self:
        # The second condition is that of the index.
        return self.filter(shelf=Shelf.TRASH, deleted_at__isnull=False)

    def in_view(self, view: str) -> Self:
        views: dict[str, Callable[[], Self]] = {
            "unread": self.unread,
            "archive": self.archived,
            "starred": self.starred,
            "all": self.present,
            "trash": self.trashed,
        }
        return views[view]()

    def matching(self, chosen: ListFilter, *, is_by_length: bool = False) -> Self:
        """Return the entries that the filter means. The names of columns stand here, never in the filter.

        Asked of one entry after the other, in the order of the list: quick where many of them are meant.
        """
        found = self.in_view(chosen.view)
        if chosen.state:
            found = found.in_state(chosen.state)
        if chosen.tag:
            found = found.filter(Exists(Tagging.objects.filter(tag_id=chosen.tag, saved=OuterRef("pk"))))
        if chosen.site:
            found = found.filter(site=chosen.site)
        if chosen.section:
            found = found.filter(section_key=fold(chosen.section))
        if chosen.author:
            found = found.filter(authors_key__contains=f"\n{fold(chosen.author)}\n")
        if chosen.highlighted:
            found = found.filter(_has_highlights())
        if chosen.length:
            # Plus nothing, or SQLite takes the index of lengths for the condition and sorts what it finds.
            found = found.alias(length=F("words") if is_by_length else F("words") + 0)
            found = found.of_length(chosen.length, "length")
        return found.with_title_words(chosen.words) if chosen.words else found

    def owned_by(self, user: User) -> Self:
        """Return those that are the person's: asked of each, not begun at, as ``of`` lets the database do."""
        return self.alias(owner=F("user_id") + 0).filter(owner=user.pk)

    def in_state(self, state: str) -> Self:
        """Return those whose article is in the state of that name in lists."""
        articles = Article.objects.filter(state__in=_STATES[state])
        if state == "ready":
            return self.filter(Exists(articles.filter(pk=OuterRef("article_id"))))
        # A list of its own, from an index alone: the article's row is long, and need not be opened.
        return self.filter(article_id__in=articles.values("pk"))

    def of_length(self, length: str, column: str = "words") -> Self:
        """Return those that take as long to read as the name says."""
        return self.filter(**{f"{column}__{side}": words for side, words in _LENGTHS[length].items()})

    def with_title_words(self, words: str) -> Self:
        """Return those whose title has each of the words, whole."""
        found = self.annotate(spaced_title=Concat(Value(" "), F("title_key"), Value(" ")))
        for word in fold(words).split():
            found = found.filter(spaced_title__contains=f" {word} ")
        return found

    def for_reading(self) -> Self:
        """Say of each what its page would otherwise ask one by one.

        ``is_highlighted``, ``is_reported`` by its person, and ``original_bytes``: what the publisher's page
        weighed when it was last fetched, if that is known.
        """
        pages = Snapshot.objects.filter(article=OuterRef("article_id")).order_by("-pk")
        reports = Report.objects.filter(reporter=OuterRef("user_id"), article=OuterRef("article_id"))
        return self.with_highlighted().annotate(
            is_reported=Exists(reports), original_bytes=Subquery(pages.values("body_bytes")[:1])
        )

    def with_highlighted(self) -> Self:
        """Say of each, as ``is_highlighted``, whether it has highlights."""
        return self.annotate(is_highlighted=_has_highlights())

    def newest_first(self) -> Self:
        return self.order_by("-saved_at", "-pk")

    def with_offer(self) -> Self:
        """Bring along as ``offer`` which pair of the same story is offered of each, and its other entry."""
        return self.annotate(offer=_Told(_OFFER))

    def for_list(self) -> Self:
        """Bring the article along; of both only what lists show, and as texts the tags and the picture."""
        listed = [f"article__{name}" for name in _LISTED_OF_ARTICLE]
        told = {"told_tags": _Told(_TAGS), "told_picture": _Told(_LEAD_PICTURE)}
        return self.select_related("article").only(*_LISTED, *listed).annotate(**told)


class SavedArticle(models.Model):
    """One article on one person's list. Made by saving; goes to the trash (``deleted_at``), can return for
    thirty days, and is then swept.

    ``own_title``, ``own_published_on`` and ``note`` are this person's; empty means what the publisher says.
    ``progress`` and ``position`` say how far it was read, and ``read_at`` when that was, on whichever device.
    What the list sorts and filters by is copied from the article, so that one index answers it: see
    ``reader.listing.columns``, which keeps the copies.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="saved_articles",
    )
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="saved_articles"
    )
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True)
    starred_at = models.DateTimeField(_("starred at"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)
    tags: "models.ManyToManyField[Tag, Tagging]" = models.ManyToManyField(
        Tag, verbose_name=_("tags"), through=Tagging, related_name="entries", blank=True
    )

    own_title = models.CharField(_("own title"), max_length=500, blank=True, default="")
    own_published_on = models.DateField(_("own date"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, default="")

    progress = models.PositiveSmallIntegerField(_("read, in thousandths"), default=0)
    # The block of the text at the top of the window, and how much of it is above: 12.25 is a quarter of the
    # thirteenth. So it holds whatever the size of letters and window.
    position = models.FloatField(_("position"), default=0)
    read_at = models.DateTimeField(_("last read at"), null=True, blank=True)

    site = models.CharField(_("site"), max_length=255, blank=True, default="", editable=False)
    section_key = models.CharField(max_length=100, blank=True, default="", editable=False)
    authors_key = models.TextField(blank=True, default="", editable=False)
    title_key = models.CharField(max_length=200, blank=True, default="", editable=False)
    published_key = models.DateTimeField(default=NO_DAY, editable=False)
    words = models.PositiveIntegerField(_("words"), default=0, editable=False)

    # When it was looked for others of the same story; empty while that is to be done.
    compared_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Equal values in whole indexes, and no partial index of each view: without statistics SQLite takes any
    # partial one whose condition holds, and so opened thousands of archived entries to count the unread ones
    # (113 ms for 3).
    shelf = models.GeneratedField(
        expression=Case(
            When(deleted_at__isnull=False, then=Value(Shelf.TRASH.value)),
            When(archived_at__isnull=False, then=Value(Shelf.ARCHIVE.value)),
            default=Value(Shelf.UNREAD.value),
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )
    star = models.GeneratedField(
        expression=Case(
            When(starred_at__isnull=False, deleted_at__isnull=True, then=Value(1)), default=Value(0)
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    objects = SavedArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved article")
        verbose_name_plural = _("saved articles")
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="article_is_saved_once_per_user"),
            models.CheckConstraint(condition=Q(progress__lte=1000), name="progress_is_at_most_all"),
        ]
        indexes = [
            models.Index(fields=["user", "shelf", "-saved_at", "-id"], name="saved_shelf"),
            models.Index(fields=["user", "shelf", "published_key", "id"], name="saved_shelf_by_day"),
            models.Index(fields=["user", "shelf", "words", "id"], name="saved_shelf_by_length"),
            models.Index(fields=["user", "shelf", "title_key", "id"], name="saved_shelf_by_title"),
            models.Index(fields=["user", "star", "-saved_at", "-id"], name="saved_star"),
            *(
                models.Index(
                    fields=["user", "star", column, "id"],
                    condition=Q(starred_at__isnull=False),
                    name=f"saved_star_by_{name}",
                )
                for name, column in (("day", "published_key"), ("length", "words"), ("title", "title_key"))
            ),
            models.Index(
                fields=["user", "-saved_at", "-id"], condition=Q(deleted_at=None), name="saved_present"
            ),
            models.Index(
                fields=["user", "published_key", "id"], condition=Q(deleted_at=None), name="saved_by_day"
            ),
            models.Index(
                fields=["user", "words", "id"], condition=Q(deleted_at=None), name="saved_by_length"
            ),
            models.Index(
                fields=["user", "title_key", "id"], condition=Q(deleted_at=None), name="saved_by_title"
            ),
            models.Index(
                fields=["user", "site", "-saved_at", "-id"],
                condition=Q(deleted_at=None),
                name="saved_by_site",
            ),
            models.Index(
                fields=["user", "section_key", "-saved_at", "-id"],
                condition=Q(deleted_at=None),
                name="saved_by_section",
            ),
            models.Index(
                fields=["user", "shelf", "-deleted_at", "-id"],
                condition=Q(deleted_at__isnull=False),
                name="saved_shelf_by_deletion",
            ),
            models.Index(
                fields=["user", "shelf", "-read_at"],
                condition=Q(read_at__isnull=False),
                name="saved_being_read",
            ),
            models.Index(fields=["id"], condition=Q(compared_at=None), name="saved_to_compare"),
            # The sweeper's question, of everybody's trash.
            models.Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="saved_to_sweep"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.article_id}"
