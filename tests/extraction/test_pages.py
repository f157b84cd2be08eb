"""The corpus: every folder of tests/pages is a page, and what must come of it.

`python -m tests.extraction.test_pages` writes expected.html of the folders that have none.
"""

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from reader.extraction import extract_html
from reader.values import ExtractedArticle, Link

PAGES = Path(__file__).parents[1] / "pages"
FOLDERS = sorted(path.parent for path in PAGES.glob("*/*/source.html"))


def extracted(folder: Path) -> tuple[ExtractedArticle, dict[str, Any]]:
    expected = json.loads((folder / "expected.json").read_text())
    return extract_html((folder / "source.html").read_bytes(), expected.pop("url")), expected


def plain(value: object) -> object:
    """A value as JSON would hold it; a related link is a pair."""
    if isinstance(value, Link):
        return [value.title, value.url]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return (
        dataclasses.asdict(value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type)
        else value
    )


def lines(content: str) -> str:
    """One block a line, so that a difference can be read."""
    for end in ("</p>", "</h2>", "</h3>", "</figure>", "</blockquote>", "</ul>", "</li>", "</tr>"):
        content = content.replace(end, f"{end}\n")
    return content.strip()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_page_becomes_the_expected_article(folder: Path) -> None:
    article, expected = extracted(folder)

    assert {name: plain(getattr(article, name)) for name in expected} == expected
    assert lines(article.content) == (folder / "expected.html").read_text().strip()


def test_the_pages_are_small() -> None:
    assert all((folder / "source.html").stat().st_size <= 8192 for folder in FOLDERS)


def write_expected() -> None:
    for folder in FOLDERS:
        if not (folder / "expected.html").exists():
            (folder / "expected.html").write_text(lines(extracted(folder)[0].content) + "\n")


if __name__ == "__main__":
    write_expected()
