"""The public collection of site rules in the data folder: fetched, checked, swapped in whole."""

import dataclasses
import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from reader.fetching import fetch_archive
from reader.ingest import make_fetch_policy
from reader.sites.archive import MAX_ARCHIVE_BYTES, read_archive

_SETS_KEPT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesUpdate:
    """What an update changed; names are those of the rule files."""

    rules: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def update_site_rules(url: str) -> RulesUpdate:
    """Fetch the archive at ``url`` and let its rules take the place of those fetched before.

    Raises a FetchError, a LinkRefused, ArchiveRefused or OSError; the old rules then stay as they were.
    """
    policy = dataclasses.replace(make_fetch_policy(), max_body_bytes=MAX_ARCHIVE_BYTES, total_seconds=120)
    files = read_archive(fetch_archive(url, policy))
    folder: Path = settings.SITE_RULES_FOLDER
    old = _read_folder(folder)
    if files != old:
        _swap(folder, files)
    return RulesUpdate(
        rules=len(files),
        added=tuple(sorted(files.keys() - old.keys())),
        changed=tuple(sorted(name for name in files.keys() & old.keys() if files[name] != old[name])),
        removed=tuple(sorted(old.keys() - files.keys())),
    )


def _read_folder(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.txt")}


def _swap(folder: Path, files: dict[str, bytes]) -> None:
    """Write the set beside the others, and turn the link that readers go through in one step."""
    fresh = folder.parent / _name_of(files)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, content in files.items():
        (fresh / name).write_bytes(content)
    turned = folder.parent / "next"
    turned.unlink(missing_ok=True)
    turned.symlink_to(fresh.name, target_is_directory=True)
    turned.replace(folder)
    # A reader may still be in the set before; older ones have none.
    sets = [each for each in folder.parent.iterdir() if each.is_dir() and not each.is_symlink()]
    for old in sorted(sets, key=lambda each: each.stat().st_mtime_ns)[:-_SETS_KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _name_of(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(hashlib.sha256(name.encode() + b"\0" + files[name]).digest())
    return digest.hexdigest()[:16]
