"""A full disk: no save is acknowledged that is not kept, reading goes on, and it passes by itself.

Files that may not grow stand for the disk: the system refuses the write in the same way, for these processes
only, and everywhere where the tests run. Where a small file system can be mounted, that is filled as well.
"""

import os
import resource
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.scene import Scene, running_scene
from tests.page_server import PageServer
from tests.serving import find_tree, wait_until

DISK_MB = 40
_GROWN_MB = 6


@contextmanager
def limited_files(pids: Iterable[int], most_bytes: int) -> Iterator[None]:
    """Let these processes write no file beyond so many bytes while the block runs."""
    former = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, hard) in former.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        for pid, limits in former.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


@contextmanager
def unwritable_database(scene: Scene) -> Iterator[None]:
    """Let the site write nothing into its database: a reader keeps the log long, and it may not grow."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(scene.site.data_dir / "teduh.sqlite3")) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM reader_article").fetchone()
        scene.query("CREATE TABLE IF NOT EXISTS filler (content BLOB)")
        scene.query("INSERT INTO filler VALUES (randomblob(?))", _GROWN_MB * 1_000_000)
        with limited_files(find_tree(scene.site.process.pid), (_GROWN_MB - 1) * 1_000_000):
            yield


@contextmanager
def filled_disk(scene: Scene) -> Iterator[None]:
    """Fill what is left of the file system until nothing can be written."""
    filler = scene.site.data_dir / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4_096)
        except OSError:
            pass
        yield
    filler.unlink()


@contextmanager
def mounted(folder: Path) -> Iterator[bool]:
    """Mount a small file system there; tell whether that is allowed here."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    is_mounted = (
        os.geteuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0
    )
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, bool]]:
    folder = tmp_path_factory.mktemp("disk")
    with mounted(folder) as is_mounted:
        yield folder, is_mounted


@pytest.fixture(scope="module")
def scene(server: PageServer, folder: tuple[Path, bool]) -> Iterator[Scene]:
    with running_scene(folder[0], server) as running:
        yield running


def assert_saves_are_refused_and_reading_goes_on(scene: Scene, read: str, refused: str) -> None:
    answer = scene.save(refused)
    assert answer.status_code == 503
    assert "tidak ada yang dapat disimpan" in answer.text
    assert refused in answer.text, "what was pasted is still in the box"
    with scene.client() as client:
        assert client.get("/").status_code == 200
        page = client.get(scene.find_page(read))
        assert page.status_code == 200
        assert "Alinea 0." in page.text
        act = client.post(f"{scene.find_page(read)}archive/", data={"csrfmiddlewaretoken": "t" * 32})
        assert act.status_code == 503
        assert "tidak ada yang dapat disimpan" in act.text
    assert scene.site.is_alive()


def test_a_database_that_cannot_be_written_refuses_saves_in_words_and_recovers(scene: Scene) -> None:
    read, refused = scene.add_page("terbaca"), scene.add_page("tertolak")
    scene.save(read)
    scene.assert_heals({read: "ready"})

    with unwritable_database(scene):
        assert_saves_are_refused_and_reading_goes_on(scene, read, refused)
    assert scene.find_states([refused]) == {refused: "lost"}

    assert scene.save(refused).status_code == 303
    scene.assert_heals({read: "ready", refused: "ready"})


def test_a_filled_file_system_refuses_saves_in_words_and_recovers(
    scene: Scene, folder: tuple[Path, bool]
) -> None:
    read, refused = scene.add_page("terbaca-penuh"), scene.add_page("tertolak-penuh")
    scene.save(read)
    scene.assert_heals({read: "ready"})

    with filled_disk(scene) if folder[1] else unwritable_database(scene):
        assert_saves_are_refused_and_reading_goes_on(scene, read, refused)

    assert scene.save(refused).status_code == 303
    scene.assert_heals({read: "ready", refused: "ready"})


def test_a_snapshot_that_cannot_be_written_is_a_truthful_failure_and_is_tried_again(scene: Scene) -> None:
    link = "https://foto-besar.example/berita"
    noise = os.urandom(3_000_000).hex()
    scene.server.add(link, f"<!--{noise}--><article><p>{'Warga menanam pohon. ' * 90}</p></article>")
    with limited_files(find_tree(scene.site.find_pid("worker")), 2_500_000):
        scene.save(link)
        wait_until(lambda: scene.find_states([link]) == {link: "failed: storage_failed"})
    snapshots = scene.site.data_dir / "snapshots"
    assert [file for file in snapshots.rglob("*.zst") if file.stat().st_size > 2_000_000] == []
    soon = "next_attempt_at < datetime('now', '+2 minutes')"
    assert scene.query(f"SELECT {soon} FROM reader_article WHERE url = ?", link) == [(1,)]

    # A minute later.
    scene.query("UPDATE reader_article SET next_attempt_at = '2020-01-01' WHERE url = ?", link)
    scene.assert_heals({link: "ready"})
