"""Backup and restore as an operator meets them: real commands, real databases, the site at work meanwhile."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.backup.installations import (
    KINDS,
    Installation,
    find_columns,
    keep_columns,
    make_installation,
    repack,
)
from tests.serving import ROOT, clean_environment, wait_until


def count_files(installation: Installation) -> int:
    return sum(1 for _ in (installation.data_dir / "snapshots").rglob("*.zst"))


@pytest.fixture(scope="module")
def described(source: Installation) -> dict[str, Any]:
    return source.describe()


@pytest.fixture(scope="module")
def archive(
    source: Installation, described: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    target = tmp_path_factory.mktemp("archives") / "teduh.tar"
    told = source.run("backup", str(target))
    assert "12 files" in told
    assert "secret key is not in it" in told
    return target


def test_the_archive_is_for_its_owner_only_and_stands_alone(archive: Path, source: Installation) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    assert list(archive.parent.iterdir()) == [archive]
    content = archive.read_bytes()
    assert (source.data_dir / "secret-key").read_bytes() not in content
    assert b"sessions" not in content.replace(b'"sessions": "0001_initial"', b"")


@pytest.mark.parametrize("kind", KINDS)
def test_everything_comes_back_in_either_kind_of_database(
    archive: Path, described: dict[str, Any], tmp_path: Path, kind: str
) -> None:
    target = make_installation(tmp_path, kind)

    told = target.run("restore", str(archive))

    assert "and 12 files" in told
    assert target.describe() == described
    target.run("backup", str(tmp_path / "again.tar"))
    back = make_installation(tmp_path, KINDS[-1])
    back.run("restore", str(tmp_path / "again.tar"))
    assert back.describe() == described
    assert "damaged" not in target.run("verify").replace("none damaged", "")
    # New rows are numbered after the old ones, and nobody's restore is repeated over them.
    target.call("fill(1)")
    again = target.manage("restore", str(archive))
    assert again.returncode == 1
    assert "people or articles here already" in again.stderr


def test_an_older_version_comes_along(archive: Path, source: Installation, tmp_path: Path) -> None:
    known: dict[str, set[str]] = {}

    def age(name: str, content: bytes) -> tuple[str, bytes] | None:
        label = name.removeprefix("rows/").partition("/")[0]
        if name == "manifest.json":
            manifest = json.loads(content)
            manifest["migrations"] |= {"reader": "0001_initial", "account": "0001_initial"}
            known.update(find_columns(manifest["migrations"]))
            manifest["rows"] = {each: count for each, count in manifest["rows"].items() if each in known}
            return name, json.dumps(manifest).encode()
        if not name.startswith("rows/"):
            return name, content
        return (name, keep_columns(content, known[label])) if label in known else None

    older = repack(archive, tmp_path / "older.tar", age)
    target = make_installation(tmp_path, KINDS[0])
    # Served already, so its tables are newer than the archive's, and have rows that migrations made.
    target.run("prepare")

    target.run("restore", str(older))

    restored = target.describe(known)
    assert restored == source.describe(known)
    assert restored["rows"].keys() == known.keys()
    assert "[ ]" not in target.run("showmigrations")


def test_a_damaged_archive_changes_nothing(archive: Path, tmp_path: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / "damaged.tar"
    damaged.write_bytes(content)
    target = make_installation(tmp_path, KINDS[-1])

    result = target.manage("restore", str(damaged))

    assert result.returncode == 1
    assert "The archive is damaged" in result.stderr
    assert "Traceback" not in result.stderr
    assert count_files(target) == 0
    assert target.manage("restore", str(tmp_path / "nothing.tar")).stderr.count("No such file") == 1


def test_it_is_consistent_while_the_site_writes(busy: Installation, tmp_path: Path) -> None:
    """Whatever moment it catches, every row that is in it has its file in it, and every reference holds."""
    command = "from tests.backup.installations import *; fill_forever()"
    with subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", command],
        cwd=ROOT,
        env=clean_environment(**busy.variables()),
    ) as writing:
        try:
            before = count_files(busy)
            wait_until(lambda: count_files(busy) > before, 60)
            busy.run("backup", str(tmp_path / "busy.tar"))
            assert count_files(busy) > before + 3
            assert writing.poll() is None
        finally:
            writing.kill()
    target = make_installation(tmp_path, KINDS[0])

    target.run("restore", str(tmp_path / "busy.tar"))

    assert "files of snapshots" in target.run("verify")


def test_a_full_disk_leaves_nothing(busy: Installation, tmp_path: Path) -> None:
    busy.call("fill(1, 3_000_000)")
    folder = tmp_path / "backups"
    folder.mkdir()
    command = [sys.executable, "manage.py", "backup", str(folder / "a.tar")]
    # The first is too little for the database's copy, the second for the archive.
    for limit_kb in (100, 2000):
        full = subprocess.run(
            ["bash", "-c", f'ulimit -f {limit_kb}; exec "$@"', "-", *command],
            cwd=ROOT,
            env=clean_environment(**busy.variables()),
            capture_output=True,
            text=True,
            check=False,
        )
        assert full.returncode == 1
        assert "could not be" in full.stderr
        assert "Traceback" not in full.stderr
        assert list(folder.iterdir()) == []


def test_a_backup_that_is_stopped_leaves_nothing(busy: Installation, tmp_path: Path) -> None:
    busy.call("[fill(1, 9_000_000) for _ in range(8)]")
    with subprocess.Popen(
        [sys.executable, "manage.py", "backup", str(tmp_path / "a.tar")],
        cwd=ROOT,
        env=clean_environment(**busy.variables()),
    ) as process:
        wait_until(lambda: any(tmp_path.iterdir()) or process.poll() is not None)
        time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        process.wait(20)

    assert list(tmp_path.iterdir()) in ([], [tmp_path / "a.tar"])


def test_a_taken_name_is_left_alone(source: Installation, tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_text("older backup")

    result = source.manage("backup", str(tmp_path / "a.tar"))

    assert result.returncode == 1
    assert "exists already" in result.stderr
    assert (tmp_path / "a.tar").read_text() == "older backup"


def test_damage_is_found_and_told(source: Installation, tmp_path: Path) -> None:
    archive = tmp_path / "a.tar"
    source.run("backup", str(archive))
    target = make_installation(tmp_path, KINDS[-1])
    target.run("restore", str(archive))
    stored = sorted((target.data_dir / "snapshots").rglob("*.zst"))
    stored[0].unlink()
    stored[1].write_bytes(stored[2].read_bytes())
    (target.data_dir / "snapshots" / "stray.zst").write_bytes(b"")

    result = target.manage("verify")

    assert result.returncode == 1
    assert "2 damaged" in result.stdout
    assert "files that no row names: 1" in result.stdout
    assert "stray.zst" in result.stderr
    assert "Traceback" not in result.stderr
