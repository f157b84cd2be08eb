"""Backing up: everything that is kept, as it stood at one moment, in one file, while the site runs."""

import io
import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import zstandard
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from reader import __version__
from reader.backup.archive import MANIFEST, ArchiveWriter, new_archive, read_members
from reader.backup.database import consistent_view
from reader.backup.errors import ArchiveRefused, BackupFailed
from reader.backup.files import find_storages, spooled, walk
from reader.backup.manifest import Manifest
from reader.backup.rows import dump_row, find_models, read_rows

# Parts of a table are begun anew after so much text, so that none outgrows a tar header's size.
_PART_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupDone:
    """What stands in the archive."""

    rows: int
    files: int
    size_bytes: int


def back_up(*, target: Path) -> BackupDone:
    """Write the archive, read it back, and only then let it stand under its name, for its owner only.

    The rows are of the moment at which this began; files are copied afterwards, so that every file that a
    row names is there. Raises BackupFailed; then nothing is left.
    """
    try:
        _check(target)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
            scratch = Path(folder)
            archive = scratch / "archive.tar"
            with _created(archive) as file:
                rows, files = _write(file, scratch)
            _prove(archive)
            size_bytes = archive.stat().st_size
            archive.replace(target)
            _sync_folder(target.parent)
    except OSError as error:
        raise BackupFailed(f"The backup could not be written: {error.strerror or error}.") from error
    except DatabaseError as error:
        raise BackupFailed(f"The database could not be read: {error}.") from error
    return BackupDone(rows=rows, files=files, size_bytes=size_bytes)


def _check(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise BackupFailed(f"{target} exists already; choose another name, or move it away.")
    if not target.parent.is_dir():
        raise BackupFailed(f"There is no folder {target.parent}.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupFailed("The database is of another version than the code; run `manage.py prepare` first.")


def _write(file: BinaryIO, scratch: Path) -> tuple[int, int]:
    """Fill the archive; return how many rows and files it holds."""
    with new_archive(file, scratch) as writer:
        rows = _add_tables(writer, scratch)
        return rows, _add_files(writer, scratch)


def _add_tables(writer: ArchiveWriter, scratch: Path) -> int:
    tables = find_models(apps)
    with consistent_view(scratch) as alias:
        counts = {label: model._base_manager.using(alias).count() for label, model in tables.items()}
        writer.add(MANIFEST, io.BytesIO(_describe(counts).to_json()))
        for label, model in tables.items():
            _add_table(writer, label, map(dump_row, read_rows(model, alias)), scratch)
    return sum(counts.values())


def _describe(counts: dict[str, int]) -> Manifest:
    return Manifest(
        teduh=__version__,
        created_at=timezone.now().isoformat(timespec="seconds"),
        database=connection.vendor,
        migrations=dict(MigrationExecutor(connection).loader.graph.leaf_nodes()),
        rows=counts,
    )


def _add_table(writer: ArchiveWriter, label: str, lines: Iterator[bytes], scratch: Path) -> None:
    for number in itertools.count(1):
        first = next(lines, None)
        if first is None:
            return
        with tempfile.TemporaryFile(dir=scratch) as part:
            with zstandard.ZstdCompressor(level=3).stream_writer(part, closefd=False) as packing:
                for line in _take_part(first, lines):
                    packing.write(line)
            writer.add(f"rows/{label}/{number:05}.jsonl.zst", part)


def _take_part(first: bytes, lines: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    taken_bytes = len(first)
    while taken_bytes < _PART_BYTES and (line := next(lines, None)) is not None:
        yield line
        taken_bytes += len(line)


def _add_files(writer: ArchiveWriter, scratch: Path) -> int:
    files = 0
    for alias, storage in find_storages().items():
        for name in walk(storage):
            try:
                stored = storage.open(name)
            except FileNotFoundError:
                # Swept since it was listed, so no row named it when the rows were read.
                continue
            with stored, spooled(stored, scratch) as content:
                writer.add(f"files/{alias}/{name}", content)
            files += 1
    return files


@contextmanager
def _created(path: Path) -> Iterator[BinaryIO]:
    """Give a new file that only its owner may read, and bring it to the disk when it is done."""
    path.touch(0o600, exist_ok=False)
    with path.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _prove(archive: Path) -> None:
    """Read everything back; a disk that lies is found out now and not on the day of the restore."""
    with archive.open("rb") as file:
        try:
            for _member in read_members(file):
                pass
        except ArchiveRefused as error:
            raise BackupFailed("What was written cannot be read back; the disk may be failing.") from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
