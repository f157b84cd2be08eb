"""Thumbnails of the pictures that were kept before lists had thumbnails, made some at a time."""

import logging
import time

from reader.errors import ReaderError, StorageFailed
from reader.imaging import Rendition, encode_thumbnail_in_pool
from reader.models import ArticlePicture, Asset
from reader.models.asset import AssetDamaged

logger = logging.getLogger(__name__)

# A worker that is to stop finishes what it has begun, and has twelve seconds for it.
_MOST_SECONDS = 5


def make_thumbnails(most: int) -> int:
    """Make some of the thumbnails that are missing, the newest first; return how many pictures have one now.

    It ends after some seconds, however slow the machine is. Safe to run twice and to be killed: each is one
    UPDATE. On a full disk the rest waits for the next time; so does what cannot be read just now.
    """
    waiting = ArticlePicture.objects.without_thumbnail().select_related("asset", "small").order_by("-pk")
    done, ends_at = 0, time.monotonic() + _MOST_SECONDS
    for picture in waiting[:most]:
        try:
            done += _give_thumbnail(picture)
        except StorageFailed as error:
            logger.warning("thumbnails wait: %s", error.detail)
            break
        except OSError as error:
            logger.warning("the thumbnail of picture %s waits: %s", picture.pk, error)
        if time.monotonic() >= ends_at:
            break
    return done


def keep_rendition(rendition: Rendition) -> Asset:
    """Store one size of a picture. Raises StorageFailed when it cannot be written."""
    return Asset.objects.keep(
        rendition.body,
        content_type=rendition.content_type,
        width=rendition.width,
        height=rendition.height,
    )


def _give_thumbnail(picture: ArticlePicture) -> int:
    thumbnail = _make(picture)
    return ArticlePicture.objects.without_thumbnail().filter(pk=picture.pk).update(thumbnail=thumbnail)


def _make(picture: ArticlePicture) -> Asset:
    """Return the thumbnail; where none can be made, the smallest size that there is stands for it."""
    smallest = picture.small or picture.asset
    assert smallest is not None  # noqa: S101 - a constraint of the table
    try:
        rendition = encode_thumbnail_in_pool(smallest.read_whole())
    except (AssetDamaged, ReaderError) as error:
        logger.info("picture %s has no thumbnail: %s", picture.pk, error)
        return smallest
    return keep_rendition(rendition)
