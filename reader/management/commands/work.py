"""`manage.py work`: the worker alone, for a second machine; `serve` runs one beside the web server."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from huey.contrib.djhuey import HUEY

from reader import tasks
from reader.extraction.pool import stop_pool
from reader.imaging import stop_picture_pool
from reader.measuring import flush, keep_flushing


def run_worker() -> None:
    """Run the Huey consumer in this process until SIGINT (finishes what it has begun) or SIGTERM."""
    tasks.create_queue()
    tasks.keep_sweeping()
    keep_flushing()
    try:
        HUEY.create_consumer(**settings.HUEY["consumer"]).run()
    finally:
        flush()
        stop_pool()
        stop_picture_pool()


class Command(BaseCommand):
    help = "Fetch and extract what is queued, until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        run_worker()
