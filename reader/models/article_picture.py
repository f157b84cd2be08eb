"""An article's pictures: where each stands at its publisher, and whether it is kept here."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.models.article import LEASE_SECONDS, Article
from reader.models.asset import Asset

MAX_ATTEMPTS = 5
# A ring that was lost is repeated after this long, and a killed worker's picture rung for.
_RING_AGAIN_SECONDS = LEASE_SECONDS / 4
# No wait is longer than a day and its jitter: what is due later was noted before the clock was set back.
_LONGEST_WAIT_SECONDS = 30 * 3600


@dataclass(frozen=True, slots=True)
class PictureLease:
    """The right to fetch one picture; whoever lost it can no longer write."""

    picture_id: int
    token: uuid.UUID
    url: str
    attempts: int


class ArticlePictureQuerySet(models.QuerySet["ArticlePicture"]):
    """Which pictures are due, and the single statements that move their state."""

    def due(self, now: datetime) -> Self:
        """Return what a worker should take up now: new, due again, or left behind by a killed worker."""
        latest = now + timedelta(seconds=_LONGEST_WAIT_SECONDS)
        return self.filter(Q(due_at__lte=now) | Q(due_at__gt=latest), state=ArticlePicture.State.WAITING)

    def to_ring(self, now: datetime) -> Self:
        """Return those that are due and whose first ring must have been lost."""
        return self.due(now).exclude(due_at__range=(now - timedelta(seconds=_RING_AGAIN_SECONDS), now))

    def lease(self, picture_id: int, *, now: datetime) -> PictureLease | None:
        """Take the picture for one try, or return None when it is done, taken or not due.

        One UPDATE decides. While a worker has it, it is due at the end of the lease.
        """
        token = uuid.uuid4()
        own = self.filter(pk=picture_id)
        won = own.due(now).filter(attempts__lt=MAX_ATTEMPTS)
        until = now + timedelta(seconds=LEASE_SECONDS)
        if not won.update(due_at=until, lease_token=token, attempts=F("attempts") + 1):
            return None
        url, attempts = own.values_list("url", "attempts").get()
        return PictureLease(picture_id=picture_id, token=token, url=url, attempts=attempts)

    def held_by(self, lease: PictureLease) -> Self:
        """Return the leased row while the lease is still ours, else nothing."""
        return self.filter(pk=lease.picture_id, lease_token=lease.token, state=ArticlePicture.State.WAITING)

    def kept(self) -> Self:
        return self.filter(state=ArticlePicture.State.KEPT)

    def count_bytes(self) -> int:
        """Return how much all sizes of these pictures take, what several show counted once."""
        asset, small, thumbnail = (Q(pk__in=self.values(size)) for size in ("asset", "small", "thumbnail"))
        shown = Asset.objects.filter(asset | small | thumbnail)
        total: int = shown.aggregate(total=Sum("size_bytes", default=0))["total"]
        return total

    def without_thumbnail(self) -> Self:
        """Return those that were kept before thumbnails were made."""
        return self.kept().filter(thumbnail=None)

    def showing(self, asset: OuterRef) -> Self:
        """Return those that need the stored picture, in whatever size."""
        return self.filter(Q(asset=asset) | Q(small=asset) | Q(thumbnail=asset))


class ArticlePicture(models.Model):
    """One picture of one article. Made when the article's text is stored, gone with the article.

    Those of earlier versions of the text stay, as the versions do. ``asset`` is the picture at most 1600 px
    wide, ``small`` the same at 800 px where that is worth it, ``thumbnail`` what lists show; none of them
    before it is kept. Those that were kept before there were thumbnails get theirs in the background.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        KEPT = "kept", _("Kept")
        FAILED = "failed", _("Failed")

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="pictures"
    )
    url = models.CharField(_("URL"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    asset = models.ForeignKey(
        Asset, verbose_name=_("stored picture"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    small = models.ForeignKey(
        Asset, verbose_name=_("smaller size"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    thumbnail = models.ForeignKey(
        Asset,
        verbose_name=_("thumbnail"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # the index below is for those that have one, and the other for those that wait
    )
    error_code = models.CharField(_("error"), max_length=40, blank=True, default="")
    error_detail = models.CharField(_("error detail"), max_length=500, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt at"), null=True, blank=True, default=timezone.now)
    lease_token = models.UUIDField(null=True, blank=True, editable=False)

    objects = ArticlePictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of an article")
        verbose_name_plural = _("pictures of articles")
        constraints = [
            models.UniqueConstraint(fields=["article", "url"], name="picture_is_once_per_article"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "kept", "failed"]), name="picture_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="kept") | Q(asset__isnull=False), name="kept_picture_is_there"
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(due_at__isnull=False), name="waiting_picture_is_due"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="picture_waiting"),
            models.Index(
                fields=["id"], condition=Q(state="kept", thumbnail=None), name="picture_without_thumbnail"
            ),
            models.Index(
                fields=["thumbnail"], condition=Q(thumbnail__isnull=False), name="picture_by_thumbnail"
            ),
        ]

    def __str__(self) -> str:
        return self.url
