"""A collection of rules in one file (tar.gz or zip, as code hosts give them) → its rule files, or a refusal.

Nothing is unpacked to disk here, and no name in the archive ever becomes a path of ours: a rule file is
known by the last part of its name alone.
"""

import gzip
import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from reader.sites.rule import SiteRule, parse_rule

# The public collection of 2026: 2,040 rules and some hundred other files, 0.5 MB packed, 3 MB unpacked.
MAX_ARCHIVE_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_ENTRIES = 20_000
MAX_RULE_BYTES = 500_000
# Fewer are no collection, whatever else is in the archive.
MIN_RULES = 20

_RULE_FILE = re.compile(r"\.?[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?\.txt")
_NOT_RULES = frozenset({"readme.txt", "license.txt", "licence.txt", "robots.txt"})
_MOST_FOLDERS = 1


class ArchiveRefused(ValueError):
    """The archive is damaged, dangerous, or no collection of rules; its text says why."""


def read_archive(data: bytes) -> dict[str, bytes]:
    """The rule files by their names. Raises ArchiveRefused, and nothing else, whatever the bytes are."""
    if len(data) > MAX_ARCHIVE_BYTES:
        raise ArchiveRefused(f"larger than {MAX_ARCHIVE_BYTES} bytes")
    try:
        files = _read_files(_zip_entries(data) if data.startswith(b"PK") else _tar_entries(data))
    except ArchiveRefused:
        raise
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise ArchiveRefused(f"damaged: {error}") from error
    except (NotImplementedError, RuntimeError, OverflowError, MemoryError) as error:  # encrypted, or odd
        raise ArchiveRefused(f"cannot be unpacked: {error}") from error
    _check_rules(files)
    return files


def _read_files(entries: "Iterator[tuple[str, IO[bytes] | None]]") -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for number, (name, file) in enumerate(entries):
        if number >= MAX_ENTRIES:
            raise ArchiveRefused(f"more than {MAX_ENTRIES} entries")
        if _is_rule_file(name) and file is not None:
            files[PurePosixPath(name).name] = _read(file, name)
    return files


def _is_rule_file(name: str) -> bool:
    """Whether it is a rule of the collection; raises ArchiveRefused for a name that leads elsewhere."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name:
        raise ArchiveRefused(f"a name that leads out of the archive: {name[:100]!r}")
    is_near = len(path.parts) <= _MOST_FOLDERS + 1  # code hosts put everything into one folder
    return is_near and bool(_RULE_FILE.fullmatch(path.name)) and path.name not in _NOT_RULES


def _read(file: IO[bytes], name: str) -> bytes:
    content = file.read(MAX_RULE_BYTES + 1)
    if len(content) > MAX_RULE_BYTES:
        raise ArchiveRefused(f"{name[:100]} is larger than {MAX_RULE_BYTES} bytes")
    return content


def _check_rules(files: dict[str, bytes]) -> None:
    empty = SiteRule(name="")
    usable = 0
    for name, content in files.items():
        rule, _ = parse_rule(content.decode("utf-8", "replace"), "")
        usable += rule != empty and name != "global.txt"
    if usable < MIN_RULES:
        raise ArchiveRefused(f"{usable} rules, fewer than {MIN_RULES}")


# --- the two formats ---


class _Counted(io.RawIOBase):
    """What is unpacked, counted: a bomb ends at MAX_UNPACKED_BYTES, in its headers too."""

    def __init__(self, source: gzip.GzipFile) -> None:
        self._source = source
        self._left = MAX_UNPACKED_BYTES

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        content = self._source.read(self._left + 1 if size < 0 else min(size, self._left + 1))
        self._left -= len(content)
        if self._left < 0:
            raise ArchiveRefused(f"more than {MAX_UNPACKED_BYTES} bytes unpacked")
        return content


def _tar_entries(data: bytes) -> Iterator[tuple[str, IO[bytes] | None]]:
    """Name and content of every entry; folders have no content, links and devices are refused."""
    unpacked = _Counted(gzip.GzipFile(fileobj=io.BytesIO(data)))
    with tarfile.open(fileobj=unpacked, mode="r|") as archive:
        for member in archive:
            if not member.isfile() and not member.isdir():
                raise ArchiveRefused(f"neither a file nor a folder: {member.name[:100]!r}")
            yield member.name, archive.extractfile(member) if member.isfile() else None


def _zip_entries(data: bytes) -> Iterator[tuple[str, IO[bytes] | None]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise ArchiveRefused(f"more than {MAX_UNPACKED_BYTES} bytes unpacked")
        for entry in archive.infolist():
            kind = entry.external_attr >> 28  # the file type of Unix, 0 where none is told
            if kind not in {0, 4, 8}:
                raise ArchiveRefused(f"neither a file nor a folder: {entry.filename[:100]!r}")
            if entry.is_dir():
                yield entry.filename, None
                continue
            with archive.open(entry) as file:
                yield entry.filename, file
