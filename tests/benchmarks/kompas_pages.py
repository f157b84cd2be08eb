"""Measure the extraction on a folder of real Kompas pages: `python -m tests.benchmarks.kompas_pages FOLDER`.

The folder holds pages/*.gz, INDEX.tsv (file, address), reference.json (what simple rules found) and
CLUTTER.tsv (phrases with regular expressions). The yardstick of the time is a bare lxml parse.
"""

import csv
import gzip
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from html import unescape
from pathlib import Path
from typing import Any

from lxml import html

from reader.errors import ReaderError
from reader.extraction import extract_html
from reader.values import ExtractedArticle

_WIB = timezone(timedelta(hours=7))


def read_clutter(path: Path) -> dict[str, re.Pattern[str]]:
    """Return phrase → expression; "[CS]" after an expression means that case counts."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(
            (line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        next(rows)
        phrases = {}
        for row in rows:
            expression, _, marks = row[1].partition("  [")
            phrases[row[0]] = re.compile(expression, 0 if marks.startswith("CS") else re.IGNORECASE)
    return phrases


def fold(text: str) -> str:
    return " ".join(text.split())


def squeeze(text: str) -> str:
    return "".join(text.split())


def parse_only(body: bytes) -> float:
    begun = time.process_time()
    html.document_fromstring(body, parser=html.HTMLParser(encoding="utf-8"))
    return time.process_time() - begun


class Tally:
    """Counts of one run, and the lines about every page that differs."""

    def __init__(self) -> None:
        self.hits: dict[str, list[bool]] = {}
        self.lines: list[str] = []
        self.seconds: list[float] = []
        self.parse_seconds: list[float] = []

    def note(self, name: str, holds: bool, line: str) -> None:
        self.hits.setdefault(name, []).append(holds)
        if not holds:
            self.lines.append(f"{name}: {line}")

    def compare(
        self,
        name: str,
        article: ExtractedArticle,
        reference: dict[str, Any],
        is_clutter: Callable[[str], bool],
    ) -> None:
        wanted = [part.strip() for part in reference["author"].split(",") if part.strip()]
        self.note("title", article.title == fold(reference["title"]), f"{name} {article.title!r}")
        self.note("authors", list(article.authors) == wanted, f"{name} {article.authors} for {wanted}")
        published = article.published
        minute = (
            published.astimezone(_WIB).strftime("%Y-%m-%d %H:%M") if isinstance(published, datetime) else ""
        )
        self.note(
            "published",
            minute == reference["published_wib"][:16],
            f"{name} {minute} for {reference['published_wib']}",
        )
        # The reference joins the lines around a <br> without a space, so spaces do not count at all.
        text = squeeze(article.text)
        lost = [block for _, block in reference["kept"] if squeeze(block) not in text]
        wanted_lost = [block for block in lost if not is_clutter(block)]
        self.note("kept blocks, but clutter phrases", not wanted_lost, name)
        self.note("kept blocks", not lost, f"{name} lost {[each[:90] for each in lost]}")
        headings = [block for kind, block in reference["kept"] if kind in {"h2", "h3"}]
        found = re.findall(r"<h[2-6][^>]*>(.*?)</h[2-6]>", article.content)
        for heading in headings:
            kept = any(fold(unescape(re.sub("<[^>]*>", "", each))) == fold(heading) for each in found)
            self.note("headings", kept, f"{name} {heading!r}")
        self.note(
            "pages",
            bool(article.missing_pages) == (reference["pages"] > 1),
            f"{name} {article.missing_pages} of {reference['pages']}",
        )


def measure(folder: Path) -> Tally:
    tally = Tally()
    phrases = read_clutter(folder / "CLUTTER.tsv")

    def is_clutter(text: str) -> bool:
        return any(expression.search(text) for name, expression in phrases.items() if "dateline" not in name)

    references = {each["file"]: each for each in json.loads((folder / "reference.json").read_text())}
    index = [line.split("\t") for line in (folder / "INDEX.tsv").read_text().splitlines()[1:]]
    urls = {row[0]: row[1] for row in index}
    for path in sorted(folder.glob("pages/*.gz")):
        name = f"pages/{path.name}"
        body = gzip.decompress(path.read_bytes())
        tally.parse_seconds.append(parse_only(body))
        begun = time.process_time()
        try:
            article = extract_html(body, urls.get(name) or references[name]["url"])
        except ReaderError as error:
            tally.note("no error", False, f"{path.name} {error.code} {error.detail}")
            continue
        tally.seconds.append(time.process_time() - begun)
        tally.note("no error", True, "")
        hits = [
            f"{phrase[:40]!r} in {line[:110]!r}"
            for line in article.text.splitlines()
            for phrase, expression in phrases.items()
            if line and "dateline" not in phrase and expression.search(line)
        ]
        tally.note("no clutter", not hits, f"{path.name} {hits}")
        if name in references:
            tally.compare(path.name, article, references[name], is_clutter)
    return tally


def main() -> None:
    tally = measure(Path(sys.argv[1]))
    print(*tally.lines, sep="\n")
    for name, holds in tally.hits.items():
        print(f"{name}: {sum(holds)} of {len(holds)} ({sum(holds) / len(holds):.1%})")
    milliseconds = sorted(1000 * each for each in tally.seconds)
    yardstick = statistics.median(tally.parse_seconds) * 1000
    median, slow = statistics.median(milliseconds), milliseconds[int(len(milliseconds) * 0.95)]
    print(f"CPU a page: median {median:.1f} ms, p95 {slow:.1f} ms")
    print(f"  a bare parse: {yardstick:.1f} ms; {median / yardstick:.1f} times that")


if __name__ == "__main__":
    main()
