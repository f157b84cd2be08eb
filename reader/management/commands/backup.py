"""`manage.py backup FILE`: everything that is kept, in one file, while the site runs."""

import signal
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.backup.errors import BackupFailed
from reader.services.backing_up import back_up


class Command(BaseCommand):
    help = "Write the database and every stored file into one archive. The site may go on running."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the archive, a new .tar file")

    def handle(self, *args: Any, **options: Any) -> None:
        # Asked to end, it ends through its clean-up, and leaves nothing half done.
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        try:
            done = back_up(target=options["file"].absolute())
        except BackupFailed as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{options['file']}: {done.rows} rows and {done.files} files, {done.size_bytes:,} bytes, "
            "written and read back. The secret key is not in it; password hashes are. Keep it safe."
        )
