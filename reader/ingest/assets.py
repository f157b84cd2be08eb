"""Sweeping stored pictures that nobody needs: a day after that was seen, so that nothing meets it halfway.

In that day a worker that is about to refer to a picture has done so, and a backup has copied the files of the
rows that it began with.
"""

import logging
from datetime import datetime

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Exists, OuterRef

from reader.ingest.unnamed_files import GRACE, delete_unnamed_files
from reader.models import ArticlePicture, Asset
from reader.models.asset import AssetQuerySet

logger = logging.getLogger(__name__)

_AT_MOST = 5_000


def sweep_assets(now: datetime) -> int:
    """Delete what was not needed for a day, and files that no row names; return how many files that were.

    Safe to run twice, and at any moment: a picture that is needed again in time is not deleted, and a file is
    deleted only after its row is.
    """
    _find_unneeded().filter(unneeded_since=None).update(unneeded_since=now)
    over = _find_unneeded().filter(unneeded_since__lt=now - GRACE)
    rows = sum(_delete(asset_id, now) for asset_id in over.values_list("pk", flat=True)[:_AT_MOST])
    files = delete_unnamed_files(Asset, storages["assets"], now)
    logger.info("sweep of pictures: %s not needed any more, %s files without a row", rows, files)
    return rows + files


def _find_unneeded() -> AssetQuerySet:
    return Asset.objects.filter(~Exists(ArticlePicture.objects.showing(OuterRef("pk"))))


def _delete(asset_id: int, now: datetime) -> bool:
    with transaction.atomic():
        over = _find_unneeded().filter(pk=asset_id, unneeded_since__lt=now - GRACE)
        asset = over.select_for_update().first()
        if asset is None:
            return False
        storage, name = asset.file.storage, str(asset.file)
        asset.delete()
    storage.delete(name)
    return True
