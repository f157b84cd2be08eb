"""`manage.py work`: the worker alone, for a second machine; `serve` runs one beside the web server."""

import contextlib
import ctypes
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connections
from huey.contrib.djhuey import HUEY

from reader import tasks
from reader.extraction.pool import stop_pool
from reader.imaging import stop_picture_pool
from reader.measuring import flush, keep_flushing

_M_ARENA_MAX = -8


def run_worker() -> None:
    """Run the Huey consumer in this process until SIGINT (finishes what it has begun) or SIGTERM."""
    keep_small()
    tasks.create_queue()
    tasks.keep_sweeping()
    keep_flushing()
    try:
        HUEY.create_consumer(**settings.HUEY["consumer"]).run()
    finally:
        flush()
        stop_pool()
        stop_picture_pool()


def keep_small() -> None:
    """Let the worker's many threads share two heaps, and each hold 256 kB of SQLite's pages instead of 2 MB.

    They look up single rows; what they leave out, the system's own cache of the file holds once for all. Of
    prepared statements half as many will do: every savepoint is one of its own.
    """
    with contextlib.suppress(AttributeError):  # of glibc; elsewhere there is one heap anyway
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 2)
    if settings.IS_SQLITE:
        options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
        options["init_command"] += "PRAGMA cache_size=-256;"
        options["cached_statements"] = 64


class Command(BaseCommand):
    help = "Fetch and extract what is queued, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        run_worker()
