"""Verifying: whether everything that is stored is whole. Changes nothing, and may run beside the site."""

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import Storage
from django.db import DatabaseError, connection, models

from reader.backup.files import find_storages, walk
from reader.models import Article, Asset, Snapshot
from reader.models.asset import AssetDamaged
from reader.models.snapshot import SnapshotDamaged

_TOLD = 20
_AT_ONCE = 200
_ReadWhole = Callable[[Any], object]
# Rows that know the hash of their file; the files of other tables are only read to their end.
_READ_WHOLE: dict[type[models.Model], _ReadWhole] = {
    Snapshot: Snapshot.read_page,
    Asset: Asset.read_whole,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What stood out of one kind of thing; ``checked`` is how many were looked at, where they are counted."""

    kind: str
    checked: int | None = None
    found: int = 0
    told: tuple[str, ...] = ()
    is_damage: bool = True


def verify() -> Iterator[Finding]:
    """Check the database's own structure, its references, every named file, and what no row names."""
    yield _sum_up(Finding(kind="database"), _find_broken_structure())
    yield _sum_up(Finding(kind="references"), _find_broken_references())
    yield _sum_up(Finding(kind="snapshots of shown texts"), _find_lost_snapshots())
    for field in _find_file_fields():
        yield from _check_files(field)
    yield _sum_up(Finding(kind="files that no row names", is_damage=False), _find_unnamed_files())


def _check_files(field: models.FileField) -> Iterator[Finding]:
    rows = field.model._base_manager.all()
    if field.blank:
        rows = rows.exclude(**{field.name: ""})
    kind = f"files of {field.model._meta.verbose_name_plural}"
    try:
        checked = rows.count()
    except DatabaseError as error:
        yield Finding(kind=kind, found=1, told=(str(error),))
        return
    replaced: list[str] = []
    yield _sum_up(Finding(kind=kind, checked=checked), _find_damaged_files(field, rows, replaced))
    if replaced:
        kind = f"{kind}, damaged and replaced by a newer fetch"
        yield _sum_up(Finding(kind=kind, is_damage=False), replaced)


def _sum_up(finding: Finding, complaints: Iterable[str]) -> Finding:
    """Count the complaints and keep the first; a table that cannot be read is one more."""
    told: list[str] = []
    found = 0
    try:
        for found, each in enumerate(complaints, 1):
            if found <= _TOLD:
                told.append(each)
    except DatabaseError as error:
        return dataclasses.replace(finding, found=found + 1, told=(*told, str(error)), is_damage=True)
    return dataclasses.replace(finding, found=found, told=tuple(told))


def _find_broken_structure() -> Iterator[str]:
    """Ask SQLite; PostgreSQL watches over its own pages and refuses to read a bad one."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check" if connection.vendor == "sqlite" else "SELECT 'ok'")
        for (complaint,) in cursor.fetchall():
            if complaint != "ok":
                yield complaint


def _find_broken_references() -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA foreign_key_check")
            while row := cursor.fetchone():
                yield f"{row[0]} row {row[1]} refers to a row of {row[2]} that is not there"
            return
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated")
        for (name,) in cursor.fetchall():
            yield f"the constraint {name} was never checked"


def _find_lost_snapshots() -> Iterator[str]:
    """Find articles whose text was read from snapshots that are not there; they are named by number only."""
    rows = Article._base_manager.exclude(content_snapshots=[]).order_by("pk")
    named = rows.values_list("pk", "content_snapshots").iterator(chunk_size=_AT_ONCE)
    while some := list(itertools.islice(named, _AT_ONCE)):
        own = Snapshot._base_manager.filter(article__in=[pk for pk, _numbers in some])
        there = set(own.values_list("article_id", "pk"))
        for pk, numbers in some:
            for lost in (number for number in numbers if (pk, number) not in there):
                yield f"article {pk}: its snapshot {lost} is not there"


def _find_file_fields() -> list[models.FileField]:
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField) and not model._meta.proxy
    ]


def _find_damaged_files(
    field: models.FileField, rows: "models.QuerySet[models.Model]", replaced: list[str]
) -> Iterator[str]:
    """Give what is damaged; what is, and is needed no more, is added to ``replaced``."""
    read_whole = _READ_WHOLE.get(field.model, partial(_read_to_the_end, field.name))
    for row in rows.order_by("pk").iterator(chunk_size=_AT_ONCE):
        try:
            read_whole(row)
        except (SnapshotDamaged, AssetDamaged, OSError, ValueError, SuspiciousOperation) as error:
            complaint = f"{field.model._meta.verbose_name} {row.pk}: {error}"
            if isinstance(row, Snapshot) and _is_replaced(row):
                replaced.append(complaint)
            else:
                yield complaint


def _is_replaced(snapshot: Snapshot) -> bool:
    """Whether the text that is shown was read from newer pages alone."""
    shown = Article._base_manager.filter(pk=snapshot.article_id).values_list("content_snapshots", flat=True)
    numbers: list[int] = shown.first() or [0]
    return int(snapshot.pk) < min(numbers)


def _read_to_the_end(name: str, row: models.Model) -> None:
    with getattr(row, name).open("rb") as stored:
        while stored.read(1024 * 1024):
            pass


def _find_unnamed_files() -> Iterator[str]:
    for alias, storage in find_storages().items():
        names = walk(storage)
        while some := list(itertools.islice(names, _AT_ONCE)):
            named = _find_named(storage, some)
            yield from (f"{alias}: {name}" for name in some if name not in named)


def _find_named(storage: Storage, names: list[str]) -> set[str]:
    """Return those of the names that a row gives to a file in this storage."""
    named: set[str] = set()
    for field in _find_file_fields():
        if field.storage == storage:
            rows = field.model._base_manager.filter(**{f"{field.name}__in": names})
            named.update(rows.values_list(field.name, flat=True))
    return named
