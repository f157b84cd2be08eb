"""`manage.py check_rules` as the keeper of a rule collection meets it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def test_the_built_in_rules_pass() -> None:
    out = StringIO()
    call_command("check_rules", stdout=out)
    assert out.getvalue() == "No complaints.\n"


def test_each_complaint_is_a_line_and_the_command_fails(tmp_path: Path) -> None:
    (tmp_path / "contoh.id.txt").write_text("body: //article\ncolour: blue\nstrip: //[", encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match=r"2 complaints\."):
        call_command("check_rules", str(tmp_path), stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0] == f"{tmp_path}/contoh.id.txt:2: unknown directive: colour"
    assert lines[1].startswith(f"{tmp_path}/contoh.id.txt:3: not an XPath expression")


def test_a_directory_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no directory"):
        call_command("check_rules", str(tmp_path / "missing"))
