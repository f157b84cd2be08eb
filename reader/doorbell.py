"""The queue's SQLite file, which needs less care than the database: what is to be done stands in the rows."""

import sqlite3
from pathlib import Path
from typing import Any

from huey import SqliteHuey
from huey.storage import SqliteStorage


class QueueConnection(sqlite3.Connection):
    """A connection that does not flush the disk at every commit.

    Two flushes a link, each under the queue's only lock, took most of the time of a paste of 200. With the
    write-ahead log the file stays whole without them. A power cut loses some rings; the sweeper rings again.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.execute("PRAGMA synchronous=NORMAL")


class _MendingStorage(SqliteStorage):  # type: ignore[misc]  # huey publishes no types
    """Opens the file anew when it was deleted or replaced, and makes the tables that are missing.

    Else a worker would go on waiting at a file that nobody else can see.
    """

    _conn: sqlite3.Connection | None
    _file: tuple[int, int] | None = None

    @property
    def conn(self) -> sqlite3.Connection:
        if self._conn is not None and self._file != self._find_file():
            self._conn.close()
            self._conn = None
        if self._conn is None:
            self._conn = self._create_connection()
            for statement in self.ddl:
                self._conn.execute(statement)
            self._file = self._find_file()
        return self._conn

    def _find_file(self) -> tuple[int, int] | None:
        try:
            found = Path(self.filename).stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


class SqliteDoorbell(SqliteHuey):  # type: ignore[misc]  # huey publishes no types
    storage_class = _MendingStorage
