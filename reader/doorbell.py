"""The connection of the queue's SQLite file, which needs less care than the database."""

import sqlite3
from typing import Any


class QueueConnection(sqlite3.Connection):
    """A connection that does not flush the disk at every commit.

    Two flushes a link, each under the queue's only lock, took most of the time of a paste of 200. With the
    write-ahead log the file stays whole without them. A power cut loses some rings; the sweeper rings again.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.execute("PRAGMA synchronous=NORMAL")
