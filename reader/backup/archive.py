"""The archive of a backup: a plain tar file, written and read as a stream, so that memory stays flat.

Its members, in this order: ``manifest.json``; ``rows/<table>/<part>.jsonl.zst``; ``files/<storage>/<name>``;
``SHA256SUMS`` over all of them, in the form that ``sha256sum --check`` takes. tarfile gives the headers only:
its reader follows links, sparse files and headers of any length, and remembers every member.
"""

import hashlib
import io
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from reader.backup.errors import ArchiveRefused, BackupFailed

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_BLOCK = tarfile.BLOCKSIZE
_CHUNK = 256 * 1024
_REGULAR = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE})
_NOT_WHOLE = "The archive is damaged: it ends too early."


def is_safe_name(name: str) -> bool:
    """Tell whether a name is a plain relative path that stays where it is put, on one line."""
    parts = name.split("/")
    return name.isprintable() and "\\" not in name and not {"", ".", ".."}.intersection(parts)


@contextmanager
def new_archive(file: BinaryIO, scratch: Path) -> Iterator["ArchiveWriter"]:
    """Give a writer into the file, an archive once the block has ended well; neither synced nor closed."""
    # On disk and not in memory: a line for each of what may be a million files.
    with tempfile.TemporaryFile(dir=scratch) as sums:
        writer = ArchiveWriter(file, sums)
        yield writer
        writer.finish()


class ArchiveWriter:
    """Writes members one after another; see ``new_archive``."""

    def __init__(self, file: BinaryIO, sums: BinaryIO) -> None:
        self._file = file
        self._sums = sums

    def add(self, name: str, content: BinaryIO) -> None:
        """Add a member from a seekable file. Raises BackupFailed for a name that cannot stand."""
        size = content.seek(0, io.SEEK_END)
        content.seek(0)
        digest = self._write(name, content, size)
        self._sums.write(_line_of_sums(name, digest))

    def finish(self) -> None:
        """Add the checksums and the end mark."""
        size = self._sums.tell()
        self._sums.seek(0)
        self._write(SUMS, self._sums, size)
        self._file.write(bytes(2 * _BLOCK))

    def _write(self, name: str, content: BinaryIO, size: int) -> str:
        self._file.write(_make_header(name, size))
        hashing = hashlib.sha256()
        while chunk := content.read(_CHUNK):
            hashing.update(chunk)
            self._file.write(chunk)
        self._file.write(bytes(-size % _BLOCK))
        return hashing.hexdigest()


@dataclass(frozen=True, slots=True)
class Member:
    """One member as it passes by; ``content`` can be read until the next one is asked for."""

    name: str
    content: BinaryIO


def read_members(file: BinaryIO) -> Iterator[Member]:
    """Give every member but the checksums in order, each hashed as it passes.

    Only when this ends without ArchiveRefused was everything that it gave whole. Members that are not
    plain files with safe names are refused before they are given.
    """
    hashing = hashlib.sha256()
    while True:
        name, size = _read_header(file)
        content = _Content(file, size)
        if name == SUMS:
            content.skip_rest()
            if content.hexdigest() != hashing.hexdigest() or file.read(_BLOCK).strip(b"\0"):
                raise ArchiveRefused("The archive is damaged: its checksums do not match its content.")
            return
        yield Member(name, cast("BinaryIO", content))
        content.skip_rest()
        hashing.update(_line_of_sums(name, content.hexdigest()))


def _make_header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(time.time())
    try:
        header = info.tobuf(tarfile.USTAR_FORMAT, "utf-8", "strict")
    except ValueError as error:
        raise BackupFailed(f"The stored file {name[:300]!r} fits no archive: {error}.") from error
    if not is_safe_name(name):
        raise BackupFailed(f"The stored file {name[:300]!r} has a name that no archive should hold.")
    return header


def _line_of_sums(name: str, digest: str) -> bytes:
    return f"{digest}  {name}\n".encode()


def _read_header(file: BinaryIO) -> tuple[str, int]:
    try:
        info = tarfile.TarInfo.frombuf(file.read(_BLOCK), "utf-8", "strict")
    except (tarfile.EmptyHeaderError, tarfile.TruncatedHeaderError, tarfile.EOFHeaderError) as error:  # type: ignore[attr-defined]
        raise ArchiveRefused(_NOT_WHOLE) from error
    except (tarfile.HeaderError, ValueError) as error:
        raise ArchiveRefused("The archive is damaged, or is no backup of Teduh.") from error
    if info.type not in _REGULAR or info.size < 0 or not is_safe_name(info.name):
        raise ArchiveRefused(f"The archive holds {info.name[:300]!r}, which is no plain file below it.")
    return info.name, info.size


class _Content(io.RawIOBase):
    """The bytes of one member, hashed as they are read."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size
        self._padding = -size % _BLOCK
        self._hashing = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        wanted = min(len(buffer), self._left)
        chunk = self._file.read(wanted)
        if len(chunk) < wanted:
            raise ArchiveRefused(_NOT_WHOLE)
        self._hashing.update(chunk)
        self._left -= wanted
        buffer[:wanted] = chunk
        return wanted

    def skip_rest(self) -> None:
        while self._left:
            self.read(_CHUNK)
        if len(self._file.read(self._padding)) < self._padding:
            raise ArchiveRefused(_NOT_WHOLE)
        self._padding = 0

    def hexdigest(self) -> str:
        return self._hashing.hexdigest()
