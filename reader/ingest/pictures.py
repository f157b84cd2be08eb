"""Keeping an article's pictures, a step after its text: list them, and fetch each when it is due."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reader.errors import GaveUp, ReaderError
from reader.fetching import fetch_picture
from reader.imaging import Renditions, encode_in_pool
from reader.ingest.backoff import next_attempt_at, settle
from reader.ingest.source import make_fetch_policy
from reader.ingest.thumbnails import keep_rendition
from reader.measuring import measured
from reader.models import Article, ArticlePicture
from reader.models.article_picture import MAX_ATTEMPTS, PictureLease
from reader.models.plain import plain
from reader.sanitising import split_at_pictures

logger = logging.getLogger(__name__)

# The longest photo reports have some fifty; every further version may bring new ones.
_MOST_PICTURES = 60
_MOST_PICTURES_EVER = 200
# An address as long as a row of an index may be on PostgreSQL.
_MOST_URL_BYTES = 2_000


def list_pictures(article_id: int) -> list[int]:
    """Give a row to each picture of the article's text that has none; return the ids of all that are new.

    Safe to run twice, and beside a run that stores a newer text: the row of the article is locked, and its
    text is listed anew whenever it is replaced.
    """
    with transaction.atomic():
        unlisted = Article.objects.with_unlisted_pictures().select_for_update().filter(pk=article_id)
        article = unlisted.only("content", "lead_image_url").first()
        if article is None:
            return []
        known = set(article.pictures.values_list("url", flat=True))
        urls = [url for url in _find_addresses(article) if url not in known]
        room = max(_MOST_PICTURES_EVER - len(known), 0)
        rows = [ArticlePicture(article_id=article_id, url=url) for url in urls[:room]]
        made = ArticlePicture.objects.bulk_create(rows)
        Article.objects.filter(pk=article_id).update(are_pictures_listed=True)
    return [picture.pk for picture in made]


def _find_addresses(article: Article) -> list[str]:
    """The addresses of the lead photograph and of the pictures in the text, in the order of the page."""
    parts = split_at_pictures(article.content)
    urls = dict.fromkeys([article.lead_image_url, *(part.picture_url for part in parts)])
    usable = [url for url in urls if url.startswith(("http://", "https://"))]
    return [url for url in usable if len(url.encode()) <= _MOST_URL_BYTES][:_MOST_PICTURES]


def keep_picture(picture_id: int) -> None:
    """Fetch the picture, encode it anew and keep it; do nothing when it is not due."""
    lease = ArticlePicture.objects.lease(picture_id, now=timezone.now())
    if lease is None:
        return
    try:
        with measured("picture"):
            renditions = encode_in_pool(fetch_picture(lease.url, make_fetch_policy()))
            _store_kept(lease, renditions)
    except ReaderError as error:
        logger.info("picture %s failed: %s %s", picture_id, error.code, error.detail)
        _store_failure(lease, error)


def give_up_on_pictures(now: datetime) -> int:
    """Fail the pictures whose worker died in every attempt, and return how many there were."""
    crashed = ArticlePicture.objects.due(now).filter(attempts__gte=MAX_ATTEMPTS)
    return crashed.update(state=ArticlePicture.State.FAILED, error_code=GaveUp.code, due_at=None)


def _store_kept(lease: PictureLease, renditions: Renditions) -> None:
    kept = ArticlePicture.objects.held_by(lease).update(
        state=ArticlePicture.State.KEPT,
        asset=keep_rendition(renditions.large),
        small=keep_rendition(renditions.small) if renditions.small else None,
        thumbnail=keep_rendition(renditions.thumbnail),
        error_code="",
        error_detail="",
        due_at=None,
        lease_token=None,
    )
    if not kept:
        logger.warning("picture %s: the lease was lost, its result is dropped", lease.picture_id)


def _store_failure(lease: PictureLease, error: ReaderError) -> None:
    """Note why, and when it is tried again; it is failed when it is not tried again."""
    own = ArticlePicture.objects.held_by(lease)
    error = settle(error, lease.attempts, own.values_list("error_code", flat=True).first() or "")
    due_at = next_attempt_at(lease.attempts, error)
    own.update(
        state=ArticlePicture.State.WAITING if due_at else ArticlePicture.State.FAILED,
        error_code=error.code,
        error_detail=plain(error.detail, 500),
        due_at=due_at,
        lease_token=None,
    )
