"""The rests of workers that were killed between a file and its row: files that no row names, a day old."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.storage import Storage, storages

from reader.models import Asset, Snapshot

logger = logging.getLogger(__name__)

# So long a worker may take from the file to its row, a thousandfold.
GRACE = timedelta(days=1)
_AT_ONCE = 500
_FEW = 100


def sweep_snapshot_files(now: datetime) -> int:
    """Delete stored pages that no row names; return how many there were. Safe to run twice."""
    count = delete_unnamed_files(Snapshot, storages["snapshots"], now)
    logger.info("sweep of snapshots: %s files without a row", count)
    return count


def delete_unnamed_files(model: type[Asset | Snapshot], storage: Storage, now: datetime) -> int:
    """Delete the files that have no row of the model and are a day old; return how many there were.

    Killed workers leave few. Where most files have no row it is the database that is the wrong one, and
    nothing is deleted.
    """
    count_named, unnamed = 0, []
    for names in _list_names(storage):
        named = set(model._base_manager.filter(file__in=names).values_list("file", flat=True))
        count_named += len(named)
        unnamed += [name for name in names if name not in named and _is_old(storage, name, now)]
    if len(unnamed) > max(_FEW, count_named):
        told = "%s: %s files without a row, %s with one; none is deleted, is this the right database?"
        logger.error(told, model._meta.verbose_name_plural, len(unnamed), count_named)
        return 0
    for name in unnamed:
        storage.delete(name)
    return len(unnamed)


def _is_old(storage: Storage, name: str, now: datetime) -> bool:
    try:
        return storage.get_modified_time(name) < now - GRACE
    except FileNotFoundError:
        return False


def _list_names(storage: Storage) -> Iterator[list[str]]:
    """Give the names of all files, at most so many of one of the 256 folders at a time."""
    try:
        folders, _names = storage.listdir("")
    except FileNotFoundError:
        return
    for folder in folders:
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
        for start in range(0, len(names), _AT_ONCE):
            yield names[start : start + _AT_ONCE]
