"""Tables as CSV files: streamed, and harmless in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from django.http import StreamingHttpResponse

# A cell that begins like this is a formula to a spreadsheet, also after some kinds of space.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SPACES = " \n\u00a0"


class _Echo:
    """A file for the writer of csv that gives each line back."""

    def write(self, line: str) -> str:
        return line


def send_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingHttpResponse:
    """Answer with a file of these rows, one in memory at a time."""
    response = StreamingHttpResponse(write_csv(head, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def guard_cell(value: object) -> str:
    """Return the value as a cell that no spreadsheet takes for a formula.

    >>> guard_cell("=1+1")
    "'=1+1"
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(_SPACES).startswith(_FORMULA_STARTS) else text


def write_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Give the table line by line, no cell of which a spreadsheet takes for a formula."""
    writer = csv.writer(_Echo())
    # With its mark, spreadsheets read UTF-8 for what it is.
    yield "\ufeff"
    yield writer.writerow([guard_cell(cell) for cell in head])
    for row in rows:
        yield writer.writerow([guard_cell(cell) for cell in row])
