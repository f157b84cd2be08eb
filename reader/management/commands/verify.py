"""`manage.py verify`: whether everything that is stored is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from reader.services.verifying import Finding, verify


class Command(BaseCommand):
    help = "Check the database and every stored file, changing nothing; exit 1 on any damage."

    def handle(self, *args: Any, **options: Any) -> None:
        is_damaged = False
        with translation.override("en"):
            for finding in verify():
                self.stdout.write(_describe(finding))
                for each in finding.told:
                    self.stderr.write(f"  {each}")
                if finding.found > len(finding.told):
                    self.stderr.write(f"  and {finding.found - len(finding.told)} more")
                is_damaged = is_damaged or bool(finding.found and finding.is_damage)
        if is_damaged:
            raise CommandError("Something that is stored is not whole.")


def _describe(finding: Finding) -> str:
    if not finding.is_damage:
        return f"{finding.kind}: {finding.found}"
    if finding.checked is None:
        return f"{finding.kind}: {'damaged' if finding.found else 'whole'}"
    return f"{finding.kind}: {finding.checked} checked, {finding.found or 'none'} damaged"
