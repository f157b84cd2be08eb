"""What an archive says of itself: its format, and the state of the tables that its rows fit."""

import dataclasses
import json
from dataclasses import dataclass

from reader.backup.errors import ArchiveRefused

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The archive's first member, with each app's newest migration and each table's count of rows."""

    teduh: str
    created_at: str
    database: str
    migrations: dict[str, str]
    rows: dict[str, int]
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(dataclasses.asdict(self), indent=1, sort_keys=True).encode()


def read_manifest(text: bytes) -> Manifest:
    """Return the manifest. Raises ArchiveRefused when it is none, or one of a format that came later."""
    try:
        values = json.loads(text)
        found = values["format"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ArchiveRefused("This is no backup of Teduh: its manifest cannot be read.") from error
    if isinstance(found, int) and found > FORMAT:
        raise ArchiveRefused(
            f"This backup has format {found}, made by a newer Teduh; this one reads up to {FORMAT}. "
            "Update Teduh first, then restore."
        )
    fields = {field.name for field in dataclasses.fields(Manifest)}
    if found != FORMAT or set(values) != fields or not _is_sound(values):
        raise ArchiveRefused("This is no backup of Teduh: its manifest is not as a backup's.")
    return Manifest(**values)


def _is_sound(values: dict[str, object]) -> bool:
    texts = [values["teduh"], values["created_at"], values["database"]]
    return (
        all(isinstance(text, str) for text in texts)
        and _is_map_of(values["migrations"], str)
        and _is_map_of(values["rows"], int)
    )


def _is_map_of(value: object, kind: type) -> bool:
    return isinstance(value, dict) and all(type(each) is kind for each in value.values())
