"""The corpus of copied texts: every folder of tests/captures is a text, and what must come of it.

`python -m tests.extraction.test_captures` writes the expected files of the folders that have none.
"""

import json
from pathlib import Path

import pytest

from reader.extraction import extract_text
from reader.values import ExtractedArticle
from tests.extraction.test_pages import lines, plain

CAPTURES = Path(__file__).parents[1] / "captures"
FOLDERS = sorted(path.parent for path in CAPTURES.glob("*/source.txt"))
TOLD = (
    *("canonical_url", "title", "authors", "editor", "published", "modified", "section", "labels"),
    *("related", "missing_pages", "language", "dateline"),
)


def extracted(folder: Path) -> ExtractedArticle:
    return extract_text((folder / "source.txt").read_bytes().decode())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_capture_becomes_the_expected_article(folder: Path) -> None:
    article = extracted(folder)
    expected = json.loads((folder / "expected.json").read_text())

    assert {name: plain(getattr(article, name)) for name in expected} == expected
    assert lines(article.content) == (folder / "expected.html").read_text().strip()


def test_the_corpus_holds_kompas_of_every_era_and_other_sites() -> None:
    kompas = [folder for folder in FOLDERS if folder.name.startswith("kompas-")]

    assert len(kompas) >= 6
    assert len(FOLDERS) - len(kompas) >= 4


def write_expected() -> None:
    for folder in FOLDERS:
        if not (folder / "expected.json").exists():
            article = extracted(folder)
            told = {name: plain(getattr(article, name)) for name in TOLD}
            (folder / "expected.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
            (folder / "expected.html").write_text(lines(article.content) + "\n")


if __name__ == "__main__":
    write_expected()
