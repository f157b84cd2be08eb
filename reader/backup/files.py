"""Stored files, whatever keeps them: every storage of the settings but that of the static files."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from reader.backup.errors import ArchiveRefused

# Up to here a file is held in memory on its way, beyond on disk.
_SPOOL_BYTES = 8 * 1024 * 1024
_MAX_DEPTH = 12


def find_storages() -> dict[str, Storage]:
    """Return the storages of what people keep, by alias."""
    return {alias: storages[alias] for alias in sorted(settings.STORAGES) if alias != "staticfiles"}


def walk(storage: Storage, folder: str = "", depth: int = _MAX_DEPTH) -> Iterator[str]:
    """Give the name of every file in the storage."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        # Nothing was stored yet, or the folder has just been swept.
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in sorted(names) if name)
    if depth:
        for each in sorted(folders):
            yield from walk(storage, prefix + each, depth - 1)


@contextmanager
def spooled(content: "BinaryIO | File[bytes]", scratch: Path | None = None) -> Iterator[BinaryIO]:
    """Give the content as a seekable file whose size is known, with no more than a few MB in memory."""
    with tempfile.SpooledTemporaryFile(max_size=_SPOOL_BYTES, dir=str(scratch) if scratch else None) as spool:
        while chunk := content.read(256 * 1024):
            spool.write(chunk)
        spool.seek(0)
        yield cast("BinaryIO", spool)


def store_as(storage: Storage, name: str, content: BinaryIO) -> None:
    """Store a file under exactly this name. Raises ArchiveRefused where that cannot be."""
    if storage.exists(name):
        raise ArchiveRefused(f"The archive holds the file {name!r} twice.")
    stored = storage.save(name, File(content, name), max_length=len(name))
    if stored != name:
        storage.delete(stored)
        raise ArchiveRefused(f"The file {name!r} cannot be stored under its name.")
