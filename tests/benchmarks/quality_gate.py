"""How often the quality gate errs: ``python -m tests.benchmarks.quality_gate BENCH KOMPAS``.

BENCH is the folder of the unpacked extraction benchmark (``<set>/dev/items.jsonl``), KOMPAS that of the
collected pages with its ``INDEX.tsv``. Printed are the article pages that are refused (false alarms), by set
and one by one, the reasons for which others count as partial, and what becomes of home pages. Exit 1 when a
home page comes through.
"""

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.errors import NoArticle, ReaderError
from reader.extraction import extract_html

SETS = ("aeb", "fundus", "moz", "trafi", "indo")
_HOME = ("home", "mainpage")


@dataclass(frozen=True, slots=True)
class Case:
    kind: str
    name: str
    url: str
    path: Path


def read_bench(folder: Path) -> Iterator[Case]:
    for kind in SETS:
        place = folder / kind / "dev"
        for line in (place / "items.jsonl").read_text("utf-8").splitlines():
            item = json.loads(line)
            yield Case(kind, str(item["id"]), item["url"] or "", place / item["file"])


def read_kompas(folder: Path) -> Iterator[Case]:
    with (folder / "INDEX.tsv").open(encoding="utf-8") as file:
        urls = {row[0]: row[1] for row in csv.reader(file, delimiter="\t") if len(row) > 1}
    for path in sorted((*(folder / "pages").rglob("*.gz"), *(folder / "others").rglob("*.gz"))):
        name = path.relative_to(folder).as_posix()
        kind = "home" if any(mark in name for mark in _HOME) else "kompas"
        yield Case(kind, name, urls.get(name, ""), path)


def judge(case: Case) -> tuple[str, tuple[str, ...]]:
    """The error's code or "article", and the reasons of its quality."""
    body = case.path.read_bytes()
    body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    try:
        return "article", extract_html(body, case.url).quality.reasons
    except ReaderError as error:
        return error.code, ()


def main() -> None:
    bench, kompas = map(Path, sys.argv[1:3])
    outcomes: Counter[tuple[str, str]] = Counter()
    reasons: Counter[str] = Counter()
    missed = 0
    for case in (*read_bench(bench), *read_kompas(kompas)):
        code, found = judge(case)
        outcomes[case.kind, code] += 1
        if case.kind == "home":
            missed += code == "article"
            print(f"home page    {code:16} {case.name}")
            continue
        reasons.update(found)
        if code not in {"article", NoArticle.code}:
            print(f"false alarm  {code:16} {case.name[:60]} {case.url}")
    _print_totals(outcomes, reasons)
    sys.exit(1 if missed else 0)


def _print_totals(outcomes: Counter[tuple[str, str]], reasons: Counter[str]) -> None:
    kinds = sorted({kind for kind, _ in outcomes if kind != "home"})
    for kind in kinds:
        total = sum(number for (each, _), number in outcomes.items() if each == kind)
        refused = {
            code: outcomes[each, code] for each, code in outcomes if each == kind and code != "article"
        }
        print(f"{kind:8} {total:5} pages, refused: {refused or 'none'}")
    pages = sum(number for (kind, _), number in outcomes.items() if kind != "home")
    alarms = sum(
        number
        for (kind, code), number in outcomes.items()
        if kind != "home" and code not in {"article", NoArticle.code}
    )
    print(f"false alarms {alarms} of {pages} ({alarms / max(pages, 1):.2%}); reasons: {dict(reasons)}")


if __name__ == "__main__":
    main()
