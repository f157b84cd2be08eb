"""What a restore refuses, and that nothing is left of what it refused."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest
import zstandard
from django.apps import apps
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reader import __version__
from reader.backup.archive import new_archive
from reader.backup.errors import ArchiveRefused, RestoreRefused
from reader.backup.files import find_storages, walk
from reader.backup.manifest import Manifest
from reader.backup.rows import dump_row, find_models
from reader.models import Article, Snapshot, User
from reader.services.restoring import restore
from tests.builders import make_article, make_user

pytestmark = pytest.mark.django_db

Members = dict[str, bytes]
FILE = "files/snapshots/ab/" + "ab" * 32 + ".zst"
ARTICLES = "rows/reader.article/00001.jsonl.zst"


@pytest.fixture(autouse=True)
def _own_storages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test have stored files of its own, and none to begin with."""
    for alias, storage in find_storages().items():
        monkeypatch.setattr(storage, "location", str(tmp_path / alias))


@pytest.fixture
def members() -> Members:
    """An archive of one person, one article and one file, of the tables as they are."""
    person, article = make_user("ann"), make_article()
    lines = {"reader.user": dump_row(person), "reader.article": dump_row(article)}
    person.delete()
    article.delete()
    migrations = dict(MigrationExecutor(connection).loader.graph.leaf_nodes())
    counts = {label: int(label in lines) for label in find_models(apps)}
    manifest = Manifest(
        teduh=__version__, created_at="2026-11-01", database="sqlite", migrations=migrations, rows=counts
    )
    rows = {f"rows/{label}/00001.jsonl.zst": zstandard.compress(line) for label, line in lines.items()}
    return {"manifest.json": manifest.to_json(), **rows, FILE: b"isi"}


def write(tmp_path: Path, members: Members) -> Path:
    path = tmp_path / "archive.tar"
    with path.open("wb") as file, new_archive(file, tmp_path) as writer:
        for name, content in members.items():
            writer.add(name, io.BytesIO(content))
    return path


def find_files() -> list[str]:
    return [f"{alias}/{name}" for alias, storage in find_storages().items() for name in walk(storage)]


def test_what_is_refused_below_is_otherwise_restored(tmp_path: Path, members: Members) -> None:
    done = restore(archive=write(tmp_path, members))

    assert (done.rows, done.files) == (2, 1)
    assert User.objects.get().username == "ann"
    with storages["snapshots"].open(FILE.removeprefix("files/snapshots/")) as stored:
        assert stored.read() == b"isi"


def with_manifest(**values: object) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        manifest = {**json.loads(members["manifest.json"]), **values}
        return {**members, "manifest.json": json.dumps(manifest).encode()}

    return change


def with_article(change_row: Callable[[dict[str, object]], object]) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        row = json.loads(zstandard.decompress(members[ARTICLES]))
        changed = change_row(row) or row
        return {**members, ARTICLES: zstandard.compress(json.dumps(changed).encode() + b"\n")}

    return change


def with_members(**changed: bytes) -> Callable[[Members], Members]:
    return lambda members: {**members, **changed}


def without(name: str) -> Callable[[Members], Members]:
    return lambda members: {each: content for each, content in members.items() if each != name}


def with_rows(content: bytes) -> Callable[[Members], Members]:
    return lambda members: {**members, ARTICLES: content}


BOMB = zstandard.ZstdCompressor(level=3).compress(b" " * 300_000_000)
_wide = zstandard.ZstdCompressor(
    compression_params=zstandard.ZstdCompressionParameters(window_log=27)
).compressobj()
WIDE = _wide.compress(b"x" * 200) + _wide.flush()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (with_manifest(format=2), "made by a newer Teduh"),
        (with_manifest(format="1"), "no backup of Teduh"),
        (with_manifest(rows=[]), "no backup of Teduh"),
        (with_manifest(rows={"reader.article": True}), "no backup of Teduh"),
        (with_manifest(surprise=1), "no backup of Teduh"),
        (with_manifest(migrations={"reader": "0999_later"}), "tables that this one does not know"),
        (with_manifest(rows={}), "tables are not those of the version"),
        (with_members(**{"manifest.json": b"[" * 100_000}), "no backup of Teduh"),
        (with_members(**{"manifest.json": b"[]"}), "no backup of Teduh"),
        (without("manifest.json"), "does not begin with a manifest"),
        (without(ARTICLES), "not as many rows"),
        (with_rows(BOMB), "larger than any row"),
        (with_rows(WIDE), "cannot be unpacked"),
        (with_rows(b"no zstd"), "cannot be unpacked"),
        (with_rows(zstandard.compress(b"{}")), "ends within a row"),
        (with_rows(zstandard.compress(b"[" * 100_000 + b"\n")), "a row for reader.article that is none"),
        (with_rows(zstandard.compress(b"\xff\n")), "a row for reader.article that is none"),
        (with_article(lambda row: row.pop("title") and row), "other columns"),
        (with_article(lambda row: {**row, "is_secret": 1}), "other columns"),
        (with_article(lambda row: {**row, "queued_at": "yesterday"}), "that is none"),
        (with_article(lambda row: {**row, "id": "x"}), "that is none"),
        (with_article(lambda row: {**row, "owner_id": 4711}), "does not take the backup"),
        (with_article(lambda row: {**row, "state": "lost"}), "does not take the backup"),
        (with_members(**{"rows/auth.secrets/1.zst": b""}), "table that its version has not"),
        (with_members(**{"files/staticfiles/x.js": b""}), "a storage that is not here"),
        (with_members(**{"files/elsewhere/x": b""}), "a storage that is not here"),
        (with_members(**{"other/x": b""}), "which no backup has"),
        (with_members(**{"secret-key": b"x"}), "which no backup has"),
    ],
)
def test_a_backup_that_is_none_is_refused_and_leaves_nothing(
    tmp_path: Path, members: Members, change: Callable[[Members], Members], sentence: str
) -> None:
    archive = write(tmp_path, change(members))

    with pytest.raises((ArchiveRefused, RestoreRefused), match=sentence):
        restore(archive=archive)

    assert not User.objects.exists()
    assert not Article.objects.exists()
    assert find_files() == []


def test_a_row_that_names_a_file_outside_is_refused(tmp_path: Path, members: Members) -> None:
    snapshot = dump_row(
        Snapshot(pk=1, file="../../secret-key", article_id=1, fetched_at="2026-01-01T00:00:00Z")
    )
    counts = {**json.loads(members["manifest.json"])["rows"], "reader.snapshot": 1}
    members = with_manifest(rows=counts)(members)
    members["rows/reader.snapshot/00001.jsonl.zst"] = zstandard.compress(snapshot)

    with pytest.raises(ArchiveRefused, match="names the file"):
        restore(archive=write(tmp_path, members))


def test_a_file_that_comes_twice_is_refused_and_undone(tmp_path: Path, members: Members) -> None:
    path = tmp_path / "archive.tar"
    with path.open("wb") as file, new_archive(file, tmp_path) as writer:
        for name, content in [*members.items(), (FILE, b"lain")]:
            writer.add(name, io.BytesIO(content))

    with pytest.raises(ArchiveRefused, match="twice"):
        restore(archive=path)

    assert find_files() == []


def test_a_full_disk_is_told_and_undone(
    tmp_path: Path, members: Members, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = write(tmp_path, {**members, FILE + "2": b"x"})
    saved: Iterator[None] = iter([None])

    def save(name: str, content: IO[bytes], max_length: int) -> str:
        if next(saved, "full") == "full":
            raise OSError(28, "No space left on device")
        return real_save(name, content, max_length=max_length)

    real_save = storages["snapshots"].save
    monkeypatch.setattr(storages["snapshots"], "save", save)

    with pytest.raises(RestoreRefused, match="No space left on device"):
        restore(archive=archive)

    assert not User.objects.exists()
    assert find_files() == []


@pytest.mark.parametrize("rest", ["people", "articles", "files"])
def test_an_installation_in_use_is_never_mixed_with_a_backup(
    tmp_path: Path, members: Members, rest: str
) -> None:
    archive = write(tmp_path, members)
    if rest == "people":
        make_user("ben")
    elif rest == "articles":
        make_article()
    else:
        storages["snapshots"].save("x.zst", io.BytesIO(b"x"))

    with pytest.raises(RestoreRefused, match="here already"):
        restore(archive=archive)

    assert not User.objects.filter(username="ann").exists()
