"""The map tells the truth, and the house's sizes hold."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in sorted((ROOT / "reader").rglob("*.py")) if "migrations" not in path.parts]


@pytest.mark.parametrize("document", ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"])
def test_every_path_that_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text()
    named = set(re.findall(r"`((?:reader|tests|docs|templates|static|requirements)/[\w./-]*)`", text))

    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_room_is_on_the_map() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rooms = [path.name for path in (ROOT / "reader").iterdir() if (path / "__init__.py").exists()]

    assert rooms
    assert [
        room
        for room in rooms
        if room not in {"migrations", "templatetags"} and f"`reader/{room}/`" not in text
    ] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(source: Path) -> None:
    text = source.read_text()
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in functions
        if node.end_lineno and node.end_lineno - node.lineno >= 50
    ]

    assert text.count("\n") <= 400
    assert long == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        str(path.relative_to(ROOT)) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text()))
    ]

    assert silent == []


def test_the_repository_names_no_package_index_and_no_machine_path() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    if not listed:
        pytest.fail("git lists no files; run the tests in a clone")
    marks = re.compile("/" + r"(work|root)/|" + "pypi" + r"\.|files\.python" + "hosted", re.IGNORECASE)
    texts = [path for path in listed if Path(path).suffix not in {".png", ".ico", ".gz"}]
    guilty = [
        path
        for path in texts
        if (ROOT / path).exists() and marks.search((ROOT / path).read_text(errors="replace"))
    ]

    assert guilty == []
