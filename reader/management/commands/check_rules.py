"""`manage.py check_rules`: what a directory of site rules says that Teduh cannot use."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reader.sites import check_rule_files
from reader.sites.match import BUILT_IN_RULES


class Command(BaseCommand):
    help = "Check the site rules in the directories given, or the built-in ones; exit 1 on any complaint."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directories", nargs="*", type=Path, default=[BUILT_IN_RULES])

    def handle(self, *args: Any, **options: Any) -> None:
        complaints = 0
        for directory in options["directories"]:
            if not directory.is_dir():
                raise CommandError(f"There is no directory {directory}.")
            for complaint in check_rule_files(directory):
                file = directory / f"{complaint.name}.txt"
                self.stdout.write(f"{file}:{complaint.line}: {complaint.message}")
                complaints += 1
        if complaints:
            raise CommandError(f"{complaints} complaints.")
        self.stdout.write("No complaints.")
