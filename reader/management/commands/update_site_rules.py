"""`manage.py update_site_rules`: the public collection of site rules, fetched into the data folder."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reader.errors import ReaderError
from reader.services.site_rules import RulesUpdate, update_site_rules
from reader.sites.archive import ArchiveRefused

_MOST_NAMES = 20


class Command(BaseCommand):
    help = "Fetch the collection of site rules (READER_SITE_RULES_URL) and use it from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--url", default=settings.READER_SITE_RULES_URL, help="an archive, tar.gz or zip")

    def handle(self, *_args: object, **options: Any) -> None:
        url = options["url"]
        try:
            update = update_site_rules(url)
        except ReaderError as error:
            detail = f" ({error.detail})" if error.detail else ""
            raise CommandError(f"{url} could not be had: {error.code}{detail}. {_KEPT}") from error
        except ArchiveRefused as error:
            raise CommandError(f"{url} is not used: {error}. {_KEPT}") from error
        except OSError as error:
            raise CommandError(f"The rules could not be written: {error.strerror}. {_KEPT}") from error
        self.stdout.write("\n".join(_describe(update)))


_KEPT = "The rules stay as they were."


def _describe(update: RulesUpdate) -> list[str]:
    parts = (("new", update.added), ("changed", update.changed), ("gone", update.removed))
    counts = ", ".join(f"{len(names)} {word}" for word, names in parts)
    lines = [f"{update.rules} rule files: {counts}."]
    for word, names in parts:
        if 0 < len(names) <= _MOST_NAMES:
            lines += [f"{word}: {name}" for name in names]
    return lines
