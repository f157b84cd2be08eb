"""Checking rule files: every complaint of a whole directory, for ``check_rules`` and for the tests."""

import re
from pathlib import Path

from reader.sites.rule import Complaint, parse_rule

_FILE_NAME = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.txt")
_NO_RULES = frozenset({"readme.txt", "license.txt"})


def check_rule_files(directory: Path) -> list[Complaint]:
    """Complaints about the ``*.txt`` files of ``directory``, by file name and line; empty is good."""
    complaints: list[Complaint] = []
    for path in sorted(directory.glob("*.txt")):
        if path.name.lower() not in _NO_RULES:
            complaints.extend(_check_file(path))
    return complaints


def _check_file(path: Path) -> list[Complaint]:
    name = path.name.removesuffix(".txt")
    complaints: list[Complaint] = []
    if not _FILE_NAME.fullmatch(path.name):
        complaints.append(Complaint(name, 0, "no host is served by a file of this name"))
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        text = path.read_text("utf-8", "replace")
        complaints.append(Complaint(name, 0, "not UTF-8"))
    except OSError as error:
        return [*complaints, Complaint(name, 0, "cannot be read: %s", (str(error.strerror),))]
    complaints.extend(parse_rule(text, name)[1])
    return complaints
