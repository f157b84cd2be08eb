"""Articles: the shared row that everybody who saved the same story reads, and its way through the worker."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 5
# Longer than one fetch with its wait for the host, or one extraction; a long run extends it before each.
LEASE_SECONDS: int = settings.READER_LEASE_SECONDS
# A queued row whose doorbell was lost rings again after this long.
RING_AGAIN_SECONDS = LEASE_SECONDS / 4
# What the clocks of two machines may differ by.
_SKEW_SECONDS = 60
# No wait for the next attempt is longer: a day and its jitter.
_LONGEST_WAIT_SECONDS = 30 * 3600


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one article until ``until``; whoever lost it can no longer write.

    ``missing_pages`` are those that an earlier run could not have; then the others are kept as snapshots,
    among those in ``content_snapshots``. ``has_text``: there is an older text to read.
    """

    article_id: int
    token: uuid.UUID
    url: str
    attempts: int
    until: datetime
    missing_pages: tuple[int, ...] = ()
    content_snapshots: tuple[int, ...] = ()
    has_text: bool = False


def is_lease_over(now: datetime) -> Q:
    """Whether a lease has run out, or ends later than any that is taken now may.

    Such a one was taken before the clock was set back; without this it would hold the row for those days.
    """
    latest = now + timedelta(seconds=LEASE_SECONDS + _SKEW_SECONDS)
    return Q(leased_until__lt=now) | Q(leased_until__gt=latest)


def _is_attempt_due(now: datetime) -> Q:
    latest = now + timedelta(seconds=_LONGEST_WAIT_SECONDS)
    return Q(next_attempt_at__lte=now) | Q(next_attempt_at__gt=latest)


class ArticleQuerySet(models.QuerySet["Article"]):
    """The read language of articles, and the single statements that move their state."""

    def present(self) -> Self:
        """Leave out what was taken down."""
        return self.filter(taken_down_at=None)

    def without_content(self) -> Self:
        """Leave the large columns in the database; lists never show them."""
        return self.defer("content", "text", "trace")

    def due(self, now: datetime) -> Self:
        """Return what a worker should take up: queued, passing failure due again, or an expired lease."""
        quiet = now - timedelta(seconds=RING_AGAIN_SECONDS)
        # Queued in the future: the clock was set back since.
        is_rung_out = Q(queued_at__lte=quiet) | Q(queued_at__gt=now + timedelta(seconds=_SKEW_SECONDS))
        return self.filter(
            Q(Q(state=Article.State.QUEUED) & is_rung_out)
            | Q(Q(state=Article.State.FETCHING) & is_lease_over(now))
            | _is_attempt_due(now)
        )

    def lease(self, article_id: int, *, now: datetime) -> Lease | None:
        """Take the article for one run, or return None when it is done, taken or not due.

        One UPDATE decides, so two workers can never both win.
        """
        until = now + timedelta(seconds=LEASE_SECONDS)
        token = uuid.uuid4()
        won = (
            self.filter(pk=article_id, attempts__lt=MAX_ATTEMPTS, taken_down_at=None)
            .filter(
                Q(state=Article.State.QUEUED)
                | Q(Q(state=Article.State.FETCHING) & is_lease_over(now))
                | _is_attempt_due(now)
            )
            .update(
                state=Article.State.FETCHING,
                lease_token=token,
                leased_until=until,
                next_attempt_at=None,
                attempts=F("attempts") + 1,
            )
        )
        if not won:
            return None
        article = self.only("url", "attempts", "missing_pages", "content_snapshots", "word_count").get(
            pk=article_id
        )
        return Lease(
            article_id=article_id,
            token=token,
            url=article.url,
            attempts=article.attempts,
            until=until,
            missing_pages=tuple(article.missing_pages),
            content_snapshots=tuple(article.content_snapshots),
            has_text=article.is_readable,
        )

    def lock_in_order(self) -> None:
        """Hold these rows until the transaction ends.

        All who write a text, or entries of it, do this first, or two of them could wait for each other.
        Whoever inserts an entry need not wait.
        """
        list(self.order_by("pk").only("pk").select_for_update(no_key=True, of=("self",)))

    def queue_afresh(self, now: datetime) -> tuple[int, ...]:
        """Queue these articles with all their attempts before them; return which there were.

        What was taken down stays so.
        """
        present = self.present().order_by("pk").select_for_update(of=("self",))
        chosen = tuple(present.values_list("pk", flat=True))
        Article.objects.filter(pk__in=chosen).update(
            state=Article.State.QUEUED,
            queued_at=now,
            attempts=0,
            next_attempt_at=None,
            error_code="",
            error_detail="",
        )
        return chosen

    def with_unlisted_pictures(self) -> Self:
        """Return those whose text was stored and whose pictures were not looked at since."""
        return self.filter(are_pictures_listed=False, word_count__gt=0)

    def extend(self, lease: Lease, *, now: datetime) -> bool:
        """Hold the lease for its whole time from now; tell whether it is still ours."""
        return bool(self.held_by(lease).update(leased_until=now + timedelta(seconds=LEASE_SECONDS)))

    def held_by(self, lease: Lease) -> Self:
        """Return the leased row while the lease is still ours, else nothing."""
        return self.filter(pk=lease.article_id, lease_token=lease.token, state=Article.State.FETCHING)


class Article(models.Model):
    """One story at one canonical address. Made when somebody first saves its link; kept while anybody has it.

    ``content`` is sanitised HTML, made by ``ingest`` only. Empty fields mean unknown. A pasted text is an
    article of its owner's: ``canonical_url`` is then ``text:`` and the hash of what it says, and ``url`` is
    empty unless the text tells its address.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        FETCHING = "fetching", _("Fetching")
        READY = "ready", _("Ready")
        PARTIAL = "partial", _("Partial")
        FAILED = "failed", _("Failed")

    READABLE: ClassVar[frozenset[str]] = frozenset({State.READY, State.PARTIAL})
    PENDING: ClassVar[frozenset[str]] = frozenset({State.QUEUED, State.FETCHING})

    # Identity: what makes two links the same article. `url` is the address to fetch.
    canonical_url = models.CharField(_("canonical URL"), max_length=2000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="owned_articles",
        help_text=_("Empty for the shared shelf."),
    )
    url = models.CharField(_("URL"), max_length=2000)
    final_url = models.CharField(_("final URL"), max_length=2000, blank=True, default="")
    # The page's own word on its address; one of the same publisher's, as the page says it.
    declared_url = models.CharField(_("declared URL"), max_length=2000, blank=True, default="")
    host = models.CharField(_("site"), max_length=255, db_index=True)

    title = models.CharField(_("title"), max_length=500, blank=True, default="")
    authors = models.JSONField(_("authors"), default=list, blank=True)
    editor = models.CharField(_("editor"), max_length=200, blank=True, default="")
    section = models.CharField(_("section"), max_length=100, blank=True, default="")
    labels = models.JSONField(_("labels"), default=list, blank=True)
    site_name = models.CharField(_("site name"), max_length=200, blank=True, default="")
    language = models.CharField(_("language"), max_length=20, blank=True, default="")
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    modified_at = models.DateTimeField(_("modified at"), null=True, blank=True)
    lead_image_url = models.CharField(_("lead image"), max_length=2000, blank=True, default="")
    lead_image_caption = models.TextField(_("caption"), blank=True, default="")
    lead_image_credit = models.CharField(_("credit"), max_length=300, blank=True, default="")
    excerpt = models.TextField(_("excerpt"), blank=True, default="")
    content = models.TextField(_("content"), blank=True, default="")
    text = models.TextField(_("text"), blank=True, default="")
    related = models.JSONField(_("related links"), default=list, blank=True)
    word_count = models.PositiveIntegerField(_("words"), default=0)

    extractor = models.CharField(_("extractor"), max_length=200, blank=True, default="")
    trace = models.JSONField(_("trace"), default=list, blank=True)
    quality = models.FloatField(_("quality"), default=0.0)
    quality_reasons = models.JSONField(_("quality reasons"), default=list, blank=True)
    missing_pages = models.JSONField(_("missing pages"), default=list, blank=True)

    # Whether the pictures of this very content have rows of their own; a new content begins without.
    are_pictures_listed = models.BooleanField(_("pictures listed"), default=False)

    # By number, so that two tables need not refer to each other; of older rows not known, and then empty.
    content_snapshots = models.JSONField(_("snapshots of the text"), default=list, blank=True)
    changed_at = models.DateTimeField(_("changed by the publisher at"), null=True, blank=True)
    refused_at = models.DateTimeField(_("worse copy refused at"), null=True, blank=True)
    refused_why = models.CharField(_("why it was refused"), max_length=20, blank=True, default="")
    vanished_at = models.DateTimeField(_("vanished at the publisher at"), null=True, blank=True)

    # Set: what the article said is in its take-down, and the reason is shown in its place.
    taken_down_at = models.DateTimeField(_("taken down at"), null=True, blank=True)
    taken_down_why = models.CharField(_("why it was taken down"), max_length=500, blank=True, default="")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    error_code = models.CharField(_("error"), max_length=40, blank=True, default="")
    error_detail = models.CharField(_("error detail"), max_length=500, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt at"), null=True, blank=True)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)
    queued_at = models.DateTimeField(_("queued at"))
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(
                fields=["canonical_url"], condition=Q(owner=None), name="article_is_once_on_the_shared_shelf"
            ),
            models.UniqueConstraint(fields=["canonical_url", "owner"], name="article_is_once_per_owner"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "fetching", "ready", "partial", "failed"]),
                name="article_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(error_code=""), name="failed_article_says_why"
            ),
        ]
        indexes = [
            # The sweeper's questions; finished articles are in neither index.
            models.Index(
                fields=["state", "queued_at"],
                condition=Q(state__in=["queued", "fetching"]),
                name="article_pending",
            ),
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(next_attempt_at__isnull=False),
                name="article_to_retry",
            ),
            models.Index(
                fields=["id"],
                condition=Q(are_pictures_listed=False, word_count__gt=0),
                name="article_pictures_unlisted",
            ),
            # The overview's questions, answered without opening the long rows.
            models.Index(
                fields=["queued_at", "host", "state", "quality"],
                condition=Q(owner=None, taken_down_at=None),
                name="article_by_day",
            ),
            # The desk's lists of what is rare.
            models.Index(fields=["error_code", "-id"], name="article_by_error"),
            *(
                models.Index(
                    fields=["-id"], condition=Q(**{f"{column}__isnull": False}), name=f"article_{column}"
                )
                for column in ("vanished_at", "changed_at", "refused_at", "taken_down_at")
            ),
            # The list's question by state, answered without opening the long rows.
            models.Index(fields=["state", "id"], name="article_by_state"),
            # How each site does, from the index alone.
            models.Index(fields=["owner", "host", "state"], name="article_by_site"),
            # The desk's search for parts of words, from the index alone; addresses have one already.
            models.Index(fields=["owner", "title", "host"], name="article_by_title"),
        ]

    def __str__(self) -> str:
        return self.title or self.canonical_url

    @property
    def is_pending(self) -> bool:
        return self.state in self.PENDING

    @property
    def is_readable(self) -> bool:
        """Whether there is a text to read; it stays readable while it is fetched again."""
        return self.word_count > 0


class PrivateArticle(Article):
    """An article that a person pasted, as the desk sees it: no more than that it is there."""

    class Meta:
        proxy = True
        verbose_name = _("private text")
        verbose_name_plural = _("private texts")

    def __str__(self) -> str:
        return str(self.pk)
