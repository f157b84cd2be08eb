"""The archive's format: what goes in comes out, and nothing else ever does."""

import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.backup.archive import new_archive, read_members
from reader.backup.errors import ArchiveRefused, BackupFailed

MEMBERS = [
    ("manifest.json", b"{}"),
    ("rows/reader.article/00001.jsonl.zst", b""),
    ("files/snapshots/ab/" + "ab" * 32 + ".zst", b"x" * 1000),
    ("files/pictures/ä ö.webp", bytes(range(256)) * 4),
]


def write(tmp_path: Path, members: list[tuple[str, bytes]] = MEMBERS) -> bytes:
    file = io.BytesIO()
    with new_archive(file, tmp_path) as writer:
        for name, content in members:
            writer.add(name, io.BytesIO(content))
    return file.getvalue()


def read(archive: bytes) -> list[tuple[str, bytes]]:
    return [(member.name, member.content.read()) for member in read_members(io.BytesIO(archive))]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    assert read(write(tmp_path)) == MEMBERS


def test_a_member_that_nobody_reads_is_checked_all_the_same(tmp_path: Path) -> None:
    archive = write(tmp_path)
    damaged = archive.replace(b"x" * 1000, b"x" * 999 + b"y")

    assert len(list(read_members(io.BytesIO(archive)))) == len(MEMBERS)
    with pytest.raises(ArchiveRefused):
        list(read_members(io.BytesIO(damaged)))


def test_ordinary_programs_can_open_and_check_it(tmp_path: Path) -> None:
    (tmp_path / "archive.tar").write_bytes(write(tmp_path))

    subprocess.run(["tar", "xf", "archive.tar"], cwd=tmp_path, check=True)
    checked = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False)

    assert checked.returncode == 0
    assert (tmp_path / MEMBERS[2][0]).read_bytes() == MEMBERS[2][1]


def test_every_changed_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    archive = write(tmp_path)
    refused = 0
    for place in range(0, len(archive), 7):
        damaged = bytearray(archive)
        damaged[place] ^= 0x21
        try:
            assert read(bytes(damaged)) == MEMBERS
        except ArchiveRefused:
            refused += 1

    assert refused > len(archive) / 7 / 2


def test_every_cut_archive_is_refused(tmp_path: Path) -> None:
    archive = write(tmp_path)

    for length in range(0, len(archive) - 1024, 97):
        with pytest.raises(ArchiveRefused):
            read(archive[:length])


def make_tar(change: Callable[[tarfile.TarInfo], None], *, form: int = tarfile.GNU_FORMAT) -> bytes:
    """A tar file of another program's making, whose one member is changed."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as tar:
        info = tarfile.TarInfo("files/snapshots/a")
        info.size = 3
        change(info)
        tar.addfile(info, io.BytesIO(b"abc"))
    return file.getvalue()


def rename(name: str) -> Callable[[tarfile.TarInfo], None]:
    return lambda info: setattr(info, "name", name)


def retype(kind: bytes) -> Callable[[tarfile.TarInfo], None]:
    def change(info: tarfile.TarInfo) -> None:
        info.type, info.linkname = kind, "../../outside"

    return change


@pytest.mark.parametrize(
    "archive",
    [
        make_tar(rename("../outside")),
        make_tar(rename("files/../../outside")),
        make_tar(rename("/etc/passwd")),
        make_tar(rename("files//a")),
        make_tar(rename("files/./a")),
        make_tar(rename("files\\..\\a")),
        make_tar(rename("files/a\nb")),
        make_tar(rename("files/a\x1b[2J")),
        make_tar(rename("n" * 5000)),
        make_tar(rename("n" * 5000), form=tarfile.PAX_FORMAT),
        make_tar(retype(tarfile.SYMTYPE)),
        make_tar(retype(tarfile.LNKTYPE)),
        make_tar(retype(tarfile.DIRTYPE)),
        make_tar(retype(tarfile.CHRTYPE)),
        make_tar(retype(tarfile.FIFOTYPE)),
        make_tar(retype(tarfile.GNUTYPE_SPARSE)),
        make_tar(lambda info: None),
        b"",
        b"\0" * 10240,
        b"PK\x03\x04" + b"x" * 5000,
        b"\xff" * 5000,
    ],
    ids=[
        *["up", "up-inside", "absolute", "empty-part", "dot", "backslash", "newline", "escape"],
        *["long-name", "pax", "symlink", "hardlink", "folder", "device", "fifo", "sparse"],
        *["no-sums", "empty", "zeros", "zip", "noise"],
    ],
)
def test_what_no_backup_holds_is_refused(archive: bytes) -> None:
    with pytest.raises(ArchiveRefused):
        read(archive)


def test_a_size_that_lies_costs_no_memory_and_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("files/snapshots/a")
    info.size = 8**11 - 1
    archive = info.tobuf(tarfile.USTAR_FORMAT) + b"abc"

    with pytest.raises(ArchiveRefused):
        list(read_members(io.BytesIO(archive)))


@pytest.mark.parametrize(
    "name",
    ["../a", "/a", "a//b", "a\nb", "a\\b", "n" * 300],
    ids=["up", "root", "empty", "line", "back", "long"],
)
def test_a_name_that_cannot_be_restored_is_not_backed_up(tmp_path: Path, name: str) -> None:
    with pytest.raises(BackupFailed):
        write(tmp_path, [(name, b"")])
