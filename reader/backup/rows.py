"""Rows as lines of JSON, the same for every kind of database: out of a table, into a table, and summed."""

import hashlib
import json
from collections.abc import Iterator

import zstandard
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import models

from reader.backup.archive import Member, is_safe_name
from reader.backup.errors import ArchiveRefused

# Who is logged in, and what the machine counts of itself, belong to the installation and not to its data. The
# index of full text search is made anew from the rest.
_LEFT_OUT = frozenset({"sessions.session", "reader.measure", "reader.searchentry"})
# An article's row at the most: its content and its text, from a page of at most 10 MB.
_MAX_LINE_BYTES = 64 * 1024 * 1024
# What a reader of hostile bytes may be made to remember; we write with 2 MB.
_MAX_WINDOW_BYTES = 8 * 1024 * 1024
_ROWS_AT_ONCE = 50


def find_models(apps: Apps) -> dict[str, type[models.Model]]:
    """Return the tables that are backed up, by name; those between two tables too."""
    found = {
        model._meta.label_lower: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return {label: found[label] for label in sorted(found) if label not in _LEFT_OUT}


def read_rows(model: type[models.Model], alias: str) -> Iterator[models.Model]:
    """Give the table's rows in the order of their keys, a few in memory at a time."""
    rows = model._base_manager.using(alias).order_by("pk")
    yield from rows.iterator(chunk_size=_ROWS_AT_ONCE)


def dump_row(row: models.Model) -> bytes:
    """Return the row as one line: every column, in an order of its own, exact to the microsecond."""
    values = {field.attname: _dump_value(field, row) for field in _columns(type(row))}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def load_row(model: type[models.Model], line: bytes) -> models.Model:
    """Return the row of a line, not yet stored. Raises ArchiveRefused when the line does not fit."""
    fields = {field.attname: field for field in _columns(model)}
    try:
        values = json.loads(line.decode("utf-8", "surrogatepass"))
        if not isinstance(values, dict) or values.keys() != fields.keys():
            raise ArchiveRefused(f"The archive has rows for {model._meta.label_lower} with other columns.")
        loaded = {name: field.to_python(values[name]) for name, field in fields.items()}
    except (ValueError, TypeError, RecursionError, ValidationError) as error:
        raise ArchiveRefused(f"The archive has a row for {model._meta.label_lower} that is none.") from error
    for name, field in fields.items():
        if isinstance(field, models.FileField) and loaded[name] and not is_safe_name(str(loaded[name])):
            raise ArchiveRefused(f"The archive has a row that names the file {str(loaded[name])[:300]!r}.")
    return model(**loaded)


def read_lines(member: Member) -> Iterator[bytes]:
    """Unpack the lines of a part, one in memory at a time."""
    unpacking = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES)
    try:
        with unpacking.stream_reader(member.content, closefd=False) as plain:
            yield from _split_lines(plain)
    except zstandard.ZstdError as error:
        raise ArchiveRefused(f"The archive is damaged: {member.name} cannot be unpacked.") from error


class TableSum:
    """A count and a sum of lines, the same in whatever order the lines come."""

    def __init__(self) -> None:
        self.count = 0
        self._total = 0

    def add(self, line: bytes) -> None:
        self.count += 1
        self._total = (self._total + int.from_bytes(hashlib.sha256(line).digest())) % (1 << 256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TableSum) and (self.count, self._total) == (other.count, other._total)

    __hash__ = None  # type: ignore[assignment]  # it changes


def sum_table(model: type[models.Model], alias: str) -> TableSum:
    """Sum the table as it stands in the database."""
    total = TableSum()
    for row in read_rows(model, alias):
        total.add(dump_row(row))
    return total


def _columns(model: type[models.Model]) -> "list[models.Field[object, object]]":
    return [field for field in model._meta.concrete_fields if not field.generated]


def _dump_value(field: "models.Field[object, object]", row: models.Model) -> object:
    value = field.value_from_object(row)
    if value is None or type(value) in {bool, int, float, str}:
        return value
    return field.value_to_string(row)


def _split_lines(plain: zstandard.ZstdDecompressionReader) -> Iterator[bytes]:
    rest = bytearray()
    while chunk := plain.read(128 * 1024):
        *lines, last = chunk.split(b"\n")
        if lines:
            lines[0] = bytes(rest) + lines[0]
            rest.clear()
            for line in lines:
                yield line + b"\n"
        rest += last
        if len(rest) > _MAX_LINE_BYTES:
            raise ArchiveRefused("The archive holds a row that is larger than any row of Teduh.")
    if rest:
        raise ArchiveRefused("The archive is damaged: a table ends within a row.")
