"""One unchanging view of the whole database while the site goes on writing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from reader.backup.errors import BackupFailed

_COPY = "backup_copy"


@contextmanager
def consistent_view(scratch: Path) -> Iterator[str]:
    """Give the alias of a database that does not change: a copy on SQLite, one snapshot on PostgreSQL."""
    if connection.vendor == "sqlite":
        copy = scratch / "copy.sqlite3"
        _copy_sqlite(copy)
        with _opened(copy):
            yield _COPY
        # Its place on the disk is wanted for what follows.
        copy.unlink()
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield DEFAULT_DB_ALIAS


def _copy_sqlite(copy: Path) -> None:
    """Copy by sqlite's own backup, which writers neither disturb nor wait for; then check the copy."""
    copy.touch(0o600, exist_ok=False)
    connection.ensure_connection()
    try:
        with closing(sqlite3.connect(copy)) as target:
            connection.connection.backup(target)
            complaint = target.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupFailed(f"The database could not be copied: {error}.") from error
    if complaint != "ok":
        raise BackupFailed(
            f"The database is damaged ({complaint}); a backup of it would only hide that. "
            "Keep the data folder as it is, and restore the newest backup into another."
        )


@contextmanager
def _opened(copy: Path) -> Iterator[None]:
    connections.databases[_COPY] = {**connections.databases[DEFAULT_DB_ALIAS], "NAME": str(copy)}
    try:
        yield
    finally:
        connections[_COPY].close()
        del connections[_COPY]
        del connections.databases[_COPY]
