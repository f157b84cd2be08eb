"""`manage.py rebuild_search_index`: every entry indexed anew, while people go on searching."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from reader.indexing import index_backlog
from reader.models import SavedArticle, SearchEntry

_AT_ONCE = 1_000


class Command(BaseCommand):
    help = (
        "Index every entry of every list anew. What is interrupted or killed is carried on by the worker, or "
        "with --resume."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--resume", action="store_true", help="only what is not indexed, or was marked by an earlier run"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["resume"]:
            SearchEntry.objects.update(analysis=0)
        total, done = SavedArticle.objects.count(), 0
        while some := index_backlog(_AT_ONCE):
            done += some
            self.stdout.write(f"{done} entries indexed")
        self.stdout.write(self.style.SUCCESS(f"done: {done} of {total} entries were indexed anew"))
