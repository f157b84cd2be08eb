"""`manage.py reextract`: articles read anew from their snapshots, without a fetch."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.extraction.pool import stop_pool
from reader.ingest import carry_on
from reader.models import Reextraction
from reader.services import reextracting

_SHOWN = 20
_WATCH_SECONDS = 2


class Command(BaseCommand):
    help = (
        "Read kept pages anew by today's rules, and show what is no worse. What is interrupted or killed is "
        "carried on by the worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--article", type=int, action="append", metavar="ID", help="this one; repeatable")
        which.add_argument("--site", metavar="HOST", help="those of the site and its subdomains")
        which.add_argument("--all", action="store_true", help="all of them")
        which.add_argument("--progress", action="store_true", help="only tell how far the newest are")
        parser.add_argument("--background", action="store_true", help="leave it to the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["progress"]:
            for run in Reextraction.objects.order_by("-pk")[:_SHOWN]:
                self.stdout.write(_describe(run))
            return
        run = _begin(options)
        if not options["background"]:
            self._follow(run)
            return
        self.stdout.write(f"{_describe(run)}; the worker carries it on, --progress tells how far it is.")

    def _follow(self, run: Reextraction) -> None:
        """Carry the re-extraction on until it is done; where the worker has it, watch."""
        try:
            while run.finished_at is None:
                is_left = carry_on(run.pk)
                run.refresh_from_db()
                self.stdout.write(_describe(run))
                if not is_left and run.finished_at is None:
                    time.sleep(_WATCH_SECONDS)
        finally:
            stop_pool()


def _begin(options: dict[str, Any]) -> Reextraction:
    if options["article"]:
        return reextracting.reextract_articles(article_ids=options["article"])
    if options["all"]:
        return reextracting.reextract_all()
    try:
        return reextracting.reextract_site(host=options["site"])
    except ValueError as error:
        raise CommandError("--site needs the name of a site.") from error


def _describe(run: Reextraction) -> str:
    counts = {
        "changed": run.improved,
        "the same": run.unchanged,
        "worse and not shown": run.refused,
        "failed": run.failed,
        "with a damaged snapshot": run.damaged,
        "left alone": run.skipped,
    }
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    end = "done" if run.finished_at else "not done yet"
    return f"re-extraction {run.pk}: {run.done} of {run.total} articles{': ' if told else ''}{told} ({end})"
