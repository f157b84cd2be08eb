"""What in a text is figures alone: columns of tables, aligned at their end, and the times of a live report.

Classes are written into tags as the page is made: the kept text knows none of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from reader.sanitising import Run, read_runs

_NUMBER = re.compile(
    r"(?:Rp\.?|IDR|US\$|USD|[$€£¥₩])?\s?[-+−–±]?\s?(?:Rp\.?|[$€£¥])?\s?\d[\d.,\s]*\s?(?:%|‰|°C?|円|元|원)?(?:,-)?"
)
_NOTHING = frozenset({"", "-", "–", "—", "−", "n/a", "N/A"})
_FEWEST_NUMBERS = 2
_TIME = re.compile(
    r"(?:(?:pukul|jam)\s)?(?:[01]?\d|2[0-3])[.:][0-5]\d(?:\s?(?:WIB|WITA|WIT|GMT|UTC|[ap]\.?m\.?))?\s?[:–—-]?",
    re.IGNORECASE,
)
# The text up to the end of the paragraph, with a few elements in its line.
_PARAGRAPH = re.compile(r"<p>([^<>]*(?:<[^<>]*>[^<>]*){0,6}?)</p>")
_LONGEST_TIME = 120
_FEWEST_TIMES = 2
_TAG = re.compile(r"<[^>]*>")


def mark_figures(markups: Sequence[str]) -> list[str]:
    """Write the classes ``number`` and ``moment`` into sanitised HTML that comes in parts.

    >>> mark_figures(["<p>10.45 WIB</p><p>Air surut.</p><p>09.30 WIB</p>"])
    ['<p class="moment">10.45 WIB</p><p>Air surut.</p><p class="moment">09.30 WIB</p>']
    """
    return _mark_numbers(_mark_times(markups))


def _mark_times(markups: Sequence[str]) -> list[str]:
    times = [[found for found in _PARAGRAPH.finditer(markup) if _is_time(found[1])] for markup in markups]
    if sum(map(len, times)) < _FEWEST_TIMES:
        return list(markups)
    return [_write(markup, each) for markup, each in zip(markups, times, strict=True)]


def _is_time(markup: str) -> bool:
    return len(markup) <= _LONGEST_TIME and bool(_TIME.fullmatch(unescape(_TAG.sub("", markup)).strip()))


def _write(markup: str, times: Sequence[re.Match[str]]) -> str:
    for found in reversed(times):
        markup = f'{markup[: found.start()]}<p class="moment">{markup[found.start(1) :]}'
    return markup


# --- tables ---


@dataclass(slots=True)
class _Cell:
    """One cell: where its tag stands, and what it says."""

    piece: int
    run: int
    is_head: bool
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.texts).strip()


@dataclass(slots=True)
class _Table:
    """The cells of one table. It ``is_plain`` while no cell spans others and no table is within it."""

    rows: list[list[_Cell]] = field(default_factory=list)
    is_plain: bool = True

    def find_numbers(self) -> list[_Cell]:
        """Return the cells of the columns that are numbers, with their heads; the first has the names."""
        if not self.is_plain:
            return []
        width = max(map(len, self.rows), default=0)
        columns = [[row[index] for row in self.rows if index < len(row)] for index in range(1, width)]
        return [cell for column in columns if _is_of_numbers(column) for cell in column]


def _is_of_numbers(column: Sequence[_Cell]) -> bool:
    # Heads stand at the top; many publishers write them as cells.
    told = [cell for cell in column[1:] if not cell.is_head]
    if column[0].text and not column[0].is_head and _NUMBER.fullmatch(column[0].text):
        told.append(column[0])
    texts = [cell.text for cell in told if cell.text not in _NOTHING]
    return len(texts) >= _FEWEST_NUMBERS and all(map(_NUMBER.fullmatch, texts))


def _mark_numbers(markups: list[str]) -> list[str]:
    if not any("<table" in markup for markup in markups):
        return markups
    pieces = [list(read_runs(markup)) for markup in markups]
    tags = [[run.html for run in runs] for runs in pieces]
    for table in _read_tables(pieces):
        for cell in table.find_numbers():
            tag = tags[cell.piece][cell.run]
            tags[cell.piece][cell.run] = f'{tag[:3]} class="number"{tag[3:]}'
    return ["".join(each) for each in tags]


def _read_tables(pieces: Sequence[Sequence[Run]]) -> list[_Table]:
    tables: list[_Table] = []
    depth = 0
    for piece, runs in enumerate(pieces):
        for place, run in enumerate(runs):
            is_end = run.html.startswith("</")
            if run.tag == "table":
                depth += -1 if is_end else 1
                if depth == 1 and not is_end:
                    tables.append(_Table())
                elif depth > 1:
                    tables[-1].is_plain = False
            elif depth:
                _read_run(tables[-1], run, _Cell(piece, place, run.tag == "th"), is_end=is_end)
    return tables


def _read_run(table: _Table, run: Run, cell: _Cell, *, is_end: bool) -> None:
    if run.tag == "tr" and not is_end:
        table.rows.append([])
    elif run.tag in {"td", "th"} and not is_end:
        table.rows[-1].append(cell)
        table.is_plain &= "span=" not in run.html
    elif table.rows and table.rows[-1]:
        table.rows[-1][-1].texts.append(run.text if not run.tag else " " if run.text else "")
