"""Whole installations for tests: a data folder and a database of their own, driven by real commands."""

import hashlib
import io
import json
import os
import subprocess
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zstandard
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.utils import timezone

from reader.backup.archive import new_archive, read_members
from reader.backup.files import find_storages, walk
from reader.backup.rows import TableSum, dump_row, find_models, read_rows
from reader.models import ArticleVersion, Reextraction, Snapshot
from reader.values import Page
from tests.builders import make_highlight, make_saved, make_user
from tests.serving import run_manage

SERVER_URL = os.environ.get("DATABASE_URL", "")
KINDS = ["sqlite", "postgresql"] if SERVER_URL.startswith("postgres") else ["sqlite"]


@dataclass(frozen=True)
class Installation:
    """One data folder and its database; nothing of it is running."""

    data_dir: Path
    database_url: str

    def variables(self) -> dict[str, str]:
        return {"READER_DATA_DIR": str(self.data_dir), "DATABASE_URL": self.database_url}

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run_manage(*arguments, **self.variables())

    def run(self, *arguments: str) -> str:
        """Run a command that must succeed, and return what it printed."""
        result = self.manage(*arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout

    def call(self, code: str) -> str:
        return self.run("shell", "-v", "0", "-c", f"from tests.backup.installations import *; {code}")

    def describe(self, known: dict[str, set[str]] | None = None) -> dict[str, Any]:
        """Return sums of all tables and files, or of these tables' columns only."""
        described: dict[str, Any] = json.loads(self.call(f"print_description({known!r})"))
        return described


def make_installation(folder: Path, kind: str) -> Installation:
    """Return an installation that nothing was ever done in."""
    data_dir = folder / uuid.uuid4().hex
    if kind == "sqlite":
        return Installation(data_dir, f"sqlite:///{data_dir}/teduh.sqlite3")
    import psycopg  # only installed where this is asked for

    name = f"teduh_{uuid.uuid4().hex}"
    with psycopg.connect(SERVER_URL, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
    return Installation(data_dir, SERVER_URL.rpartition("/")[0] + f"/{name}")


def fill(entries: int = 12, body_bytes: int = 500) -> None:
    """Make people, articles, entries and snapshots; run inside an installation, and repeatable."""
    run = uuid.uuid4().hex[:8]
    person = make_user(f"orang-{run}")
    for number in range(entries):
        saved = make_saved(
            person,
            url=f"https://berita.example/{run}/{number}",
            title=f"Judul “{number}”\n\\ 🌳",
            quality=0.1 + number / 3,
            related=[{"b": 1, "a": [None, 2.5]}],
        )
        Snapshot.objects.store(saved.article_id, make_page(os.urandom(body_bytes)))
    make_highlight(saved, note="Catatan “saya” 🌳")
    make_highlight(saved, "hilang", deleted_at=timezone.now())
    now = timezone.now()
    ArticleVersion.objects.create(
        article=saved.article,
        title="Judul “lama” 🌳",
        content="<p>Lama.</p>",
        text="Lama.\n\nSekali.",
        word_count=2,
        fetched_at=now,
        replaced_at=now,
        why="reworded",
    )
    Reextraction.objects.create(article_ids=[saved.article_id], until_article_id=saved.article_id, total=1)


def fill_forever() -> None:
    while True:
        fill(3)


def make_page(body: bytes) -> Page:
    at = datetime(2026, 3, 1, 4, 5, 6, 123456, tzinfo=UTC)
    address = "https://berita.example/artikel"
    return Page(url=address, final_url=address, body=body, headers={"etag": '"1"'}, fetched_at=at)


def print_description(known: dict[str, set[str]] | None) -> None:
    """Print the sum of every table, or of what is known of it, and the hash of every stored file."""
    models = {label: model for label, model in find_models(apps).items() if known is None or label in known}
    rows = {
        label: repr(vars(_sum(model, known[label] if known else None))) for label, model in models.items()
    }
    files = {
        f"{alias}/{name}": hashlib.sha256(storage.open(name).read()).hexdigest()
        for alias, storage in find_storages().items()
        for name in walk(storage)
    }
    print(json.dumps({"rows": rows, "files": files}))


def _sum(model: type[Model], names: set[str] | None) -> TableSum:
    total = TableSum()
    for row in read_rows(model, "default"):
        line = dump_row(row)
        total.add(line if names is None else _keep(line, names))
    return total


def find_columns(migrations: dict[str, str]) -> dict[str, set[str]]:
    """Return the tables, and the columns of each, as they are after these migrations."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    tables = find_models(loader.project_state(list(migrations.items())).apps)
    return {
        label: {column.attname for column in model._meta.concrete_fields} for label, model in tables.items()
    }


def keep_columns(content: bytes, names: set[str]) -> bytes:
    """Return a part of a table as it was when the table had these columns only."""
    with zstandard.ZstdDecompressor().stream_reader(content) as plain:
        lines = plain.read().splitlines()
    return zstandard.ZstdCompressor().compress(b"".join(_keep(line, names) + b"\n" for line in lines))


def _keep(line: bytes, names: set[str]) -> bytes:
    kept = {name: value for name, value in json.loads(line).items() if name in names}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def repack(source: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    """Write an archive anew, sums and all, with members changed or left out."""
    with source.open("rb") as old, target.open("wb") as new, new_archive(new, target.parent) as writer:
        for member in read_members(old):
            if changed := change(member.name, member.content.read()):
                writer.add(changed[0], io.BytesIO(changed[1]))
    return target
