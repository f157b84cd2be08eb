"""The Indonesian catalogue is complete, and every sentence keeps its blanks."""

import re
import subprocess
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = polib.pofile(str(ROOT / "reader/locale/id/LC_MESSAGES/django.po"))
_BLANK = re.compile(r"%\(\w+\)[sd]|%%")


def test_nothing_is_untranslated_fuzzy_or_obsolete() -> None:
    assert len(CATALOGUE) > 150
    assert [entry.msgid for entry in CATALOGUE.untranslated_entries()] == []
    assert [entry.msgid for entry in CATALOGUE.fuzzy_entries()] == []
    assert [entry.msgid for entry in CATALOGUE.obsolete_entries()] == []


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.msgid[:40])
def test_a_translation_keeps_the_blanks_and_the_closing_mark(entry: polib.POEntry) -> None:
    said = entry.msgstr or entry.msgstr_plural[0]

    assert sorted(_BLANK.findall(said)) == sorted(_BLANK.findall(entry.msgid))
    assert (said[-1] in ".?!") == (entry.msgid[-1] in ".?!")


def test_every_sentence_of_the_sources_is_in_the_catalogue() -> None:
    """A cheap look for forgotten `make messages`: the literal strings of code and templates."""
    listed = subprocess.run(
        ["git", "ls-files", "reader", "templates"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    known = {entry.msgid for entry in CATALOGUE} | {entry.msgid_plural for entry in CATALOGUE}
    pattern = re.compile(
        r"""(?:\b_|gettext|gettext_lazy)\(\s*"((?:[^"\\]|\\.)*)"\s*\)|{% translate "([^"]*)"""
    )
    used = {
        found.replace('\\"', '"')
        for name in listed
        if name.endswith((".py", ".html", ".txt")) and "migrations" not in name
        for pair in pattern.findall((ROOT / name).read_text())
        for found in pair
        if found
    }

    assert len(used) > 100
    assert sorted(used - known) == []
