"""`manage.py restore FILE`: a backup into an empty installation, of either kind of database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.backup.errors import ArchiveRefused, RestoreRefused
from reader.services.restoring import restore


class Command(BaseCommand):
    help = "Check a backup and put it into this installation, which must be empty and not running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="an archive of `manage.py backup`")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restore(archive=options["file"])
        except (ArchiveRefused, RestoreRefused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored {done.rows} rows and {done.files} files of {done.created_at}, and read them back. "
            "Everybody logs in anew."
        )
