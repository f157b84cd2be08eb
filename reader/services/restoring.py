"""Restoring: an archive's rows and files into an empty installation of either kind of database."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, models, transaction
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from reader.backup.archive import MANIFEST, Member, read_members
from reader.backup.errors import ArchiveRefused, RestoreRefused
from reader.backup.files import find_storages, spooled, store_as, walk
from reader.backup.manifest import Manifest, read_manifest
from reader.backup.rows import TableSum, find_models, load_row, read_lines, sum_table
from reader.models import Article, User

_MAX_MANIFEST_BYTES = 1024 * 1024
_TELLING_TABLES = (User, Article)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreDone:
    """What was restored, and from when it is."""

    created_at: str
    rows: int
    files: int


def restore(*, archive: Path) -> RestoreDone:
    """Check the whole archive, then put its rows and files into this installation, which must be empty.

    The tables are brought to the archive's version first and to this code's afterwards, so an older backup
    comes along. One transaction holds all rows; it is committed only when every file is stored, every
    checksum was right and every table, read back, equals its lines. Raises ArchiveRefused and
    RestoreRefused; then the installation is as empty as it was.
    """
    try:
        with archive.open("rb") as file:
            manifest = _prove(file)
            _check_empty()
            tables = _prepare_tables(manifest)
            file.seek(0)
            with _files_undone_on_failure() as log:
                files = _load(file, manifest, tables, log)
    except OSError as error:
        raise RestoreRefused(f"{archive}: {error.strerror or error}.") from error
    except DatabaseError as error:
        raise RestoreRefused(f"The database does not take the backup: {error}.") from error
    call_command("migrate", interactive=False, verbosity=0)
    return RestoreDone(created_at=manifest.created_at, rows=sum(manifest.rows.values()), files=files)


def _prove(file: BinaryIO) -> Manifest:
    """Read all of the archive once, before anything here changes."""
    members = read_members(file)
    first = next(members, None)
    if first is None or first.name != MANIFEST:
        raise ArchiveRefused("This is no backup of Teduh: it does not begin with a manifest.")
    text = first.content.read(_MAX_MANIFEST_BYTES) or b""
    manifest = read_manifest(text)
    for _member in members:
        pass
    return manifest


def _check_empty() -> None:
    existing = connection.introspection.table_names()
    for model in _TELLING_TABLES:
        if model._meta.db_table in existing and model._base_manager.exists():
            raise RestoreRefused(
                "There are people or articles here already, and a restore would mix them with the backup's. "
                "Restore into a new data folder (READER_DATA_DIR) or an empty database."
            )
    for alias, storage in find_storages().items():
        if name := next(walk(storage), None):
            raise RestoreRefused(
                f"There are stored files here already ({alias}: {name}). Restore into a new data folder, or "
                "remove the rest of an earlier try first."
            )


def _prepare_tables(manifest: Manifest) -> dict[str, type[models.Model]]:
    """Bring the tables to the archive's version; return them as they were in it."""
    executor = MigrationExecutor(connection)
    targets = list(manifest.migrations.items())
    unknown = [f"{app}.{name}" for app, name in targets if (app, name) not in executor.loader.graph.nodes]
    if unknown:
        raise RestoreRefused(
            f"This backup was made by a newer Teduh ({manifest.teduh}) with tables that this one does not "
            f"know ({', '.join(sorted(unknown))[:300]}). Update Teduh first, then restore."
        )
    try:
        executor.migrate(targets)
    except IrreversibleError as error:
        raise RestoreRefused(
            "The tables here cannot be brought to the backup's version; use a new data folder or database."
        ) from error
    tables = find_models(executor.loader.project_state(targets).apps)
    if tables.keys() != manifest.rows.keys():
        raise ArchiveRefused("The archive's tables are not those of the version that it names.")
    return tables


def _load(file: BinaryIO, manifest: Manifest, tables: dict[str, type[models.Model]], log: IO[str]) -> int:
    sums = {label: TableSum() for label in tables}
    files = 0
    with transaction.atomic():
        _check_empty()
        for model in tables.values():
            # What migrations made by themselves: content types and permissions, with numbers of their own.
            model._base_manager.all().delete()
        for member in read_members(file):
            kind, _, rest = member.name.partition("/")
            if kind == "rows":
                _load_rows(member, rest.partition("/")[0], tables, sums)
            elif kind == "files":
                _load_file(member, rest, log)
                files += 1
            elif member.name != MANIFEST:
                raise ArchiveRefused(f"The archive holds {member.name[:300]!r}, which no backup has.")
        _check_tables(manifest, tables, sums)
        _reset_sequences(tables)
    return files


def _load_rows(
    member: Member, label: str, tables: dict[str, type[models.Model]], sums: dict[str, TableSum]
) -> None:
    if label not in tables:
        raise ArchiveRefused(f"The archive holds rows for {label[:300]!r}, a table that its version has not.")
    model = tables[label]
    for line in read_lines(member):
        row = load_row(model, line)
        # Raw, so that "set at creation" leaves the times as they are.
        row.save_base(raw=True, force_insert=True)
        sums[label].add(line)


def _load_file(member: Member, rest: str, log: IO[str]) -> None:
    alias, _, name = rest.partition("/")
    storage = find_storages().get(alias)
    if storage is None or not name:
        raise ArchiveRefused(f"The archive holds files for {alias[:300]!r}, a storage that is not here.")
    with spooled(member.content) as content:
        log.write(f"{alias}/{name}\n")
        store_as(storage, name, content)


def _check_tables(
    manifest: Manifest, tables: dict[str, type[models.Model]], sums: dict[str, TableSum]
) -> None:
    """Compare what the database gives back with what the archive held, and try every reference."""
    connection.check_constraints()
    for label, model in tables.items():
        if sums[label].count != manifest.rows[label]:
            raise ArchiveRefused(f"The archive has not as many rows for {label} as it says.")
        if sum_table(model, DEFAULT_DB_ALIAS) != sums[label]:
            raise RestoreRefused(f"The database gives rows of {label} back changed; nothing was restored.")


def _reset_sequences(tables: dict[str, type[models.Model]]) -> None:
    """Let new rows be numbered after the restored ones; SQLite does so by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables.values())):
            cursor.execute(statement)


@contextmanager
def _files_undone_on_failure() -> Iterator[IO[str]]:
    """Give a log for the names of stored files; when the block fails, those in it are removed again."""
    storages = find_storages()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        try:
            yield log
        except BaseException:
            log.seek(0)
            for line in log:
                alias, _, name = line.rstrip("\n").partition("/")
                storages[alias].delete(name)
            raise
