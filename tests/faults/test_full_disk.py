"""A full disk: no save is acknowledged that is not kept, reading goes on, and it passes by itself.

Files that may not grow stand for the disk: the system refuses the write in the same way, for these processes
only, and wherever the tests run. Where a small file system can be mounted, that one is filled as well.
"""

import base64
import contextlib
import os
import resource
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.scene import CSRF, Scene, running_scene
from tests.page_server import PageServer
from tests.serving import find_tree, wait_until

DISK_MB = 40
GROWN_BYTES = 2_000_000


@contextmanager
def mounted(folder: str | Path) -> Iterator[bool]:
    """Mount a small file system there; tell whether that is allowed here."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    mounting = subprocess.run(command, check=False, capture_output=True) if os.geteuid() == 0 else None
    is_mounted = mounting is not None and mounting.returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def find_ways() -> list[str]:
    with tempfile.TemporaryDirectory() as folder, mounted(folder) as is_mounted:
        return ["files that may not grow", *(["a full file system"] if is_mounted else [])]


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
def filled(folder: Path) -> Iterator[None]:
    """Fill what is left of the file system while the block runs."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"x" * 4_096)
    yield
    filler.unlink()


@contextmanager
def growing_log(scene: Scene) -> Iterator[None]:
    """Have every write of the database lengthen its log, as a reader that takes its time makes it."""
    with contextlib.closing(sqlite3.connect(scene.site.data_dir / "teduh.sqlite3")) as reading:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM reader_article").fetchone()
        scene.query("CREATE TABLE IF NOT EXISTS filler (content BLOB)")
        scene.query("DELETE FROM filler")
        scene.query("INSERT INTO filler VALUES (randomblob(?))", GROWN_BYTES)
        yield


@contextmanager
def full_disk(scene: Scene, way: str) -> Iterator[None]:
    """Let the site write nothing more into its database while the block runs."""
    with growing_log(scene):
        is_file_system = way == "a full file system"
        pids = find_tree(scene.site.process.pid)
        with filled(scene.site.data_dir) if is_file_system else limited_files(pids, GROWN_BYTES // 2):
            yield


@pytest.fixture(scope="module")
def scene(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("disk")
    with mounted(folder), running_scene(folder, server) as running:
        yield running


def assert_the_act_is_refused(scene: Scene, path: str) -> None:
    with scene.client() as client:
        answer = client.post(path, data={"csrfmiddlewaretoken": CSRF})
    assert answer.status_code == 503
    assert "tidak ada yang dapat disimpan" in answer.text


@pytest.mark.parametrize("way", find_ways())
def test_saves_are_refused_in_words_reading_goes_on_and_it_passes(scene: Scene, way: str) -> None:
    number = find_ways().index(way)
    read, refused = scene.add_page(f"terbaca{number}"), scene.add_page(f"tertolak{number}")
    scene.save(read)
    scene.assert_heals({read: "ready"})
    page = scene.find_page(read)

    with full_disk(scene, way):
        answer = scene.save(refused)
        assert answer.status_code == 503
        assert "tidak ada yang dapat disimpan" in answer.text
        assert refused in answer.text, "what was pasted is still in the box"
        assert_the_act_is_refused(scene, f"{page}archive/")
        with scene.client() as client:
            assert refused not in client.get("/").text
            assert "Alinea 0." in client.get(page).text
        assert scene.site.is_alive()

    assert scene.save(refused).status_code == 303
    scene.assert_heals({read: "ready", refused: "ready"})


def test_a_page_that_cannot_be_kept_is_a_truthful_failure_and_is_tried_again(steady: Scene) -> None:
    link = "https://besar.example/berita"
    noise = base64.b64encode(os.urandom(5_500_000)).decode()
    steady.server.add(link, f"<article><p>{'Warga menanam pohon. ' * 90}</p></article><!--{noise}-->")
    # Long enough for the database, too short for the page.
    with limited_files(find_tree(steady.site.find_pid("worker")), 5_000_000):
        steady.save(link)
        wait_until(lambda: steady.find_states([link]) == {link: "failed: storage_failed"})
    snapshots = steady.site.data_dir / "snapshots"
    assert [file for file in snapshots.rglob("*.zst") if file.stat().st_size > 1_000_000] == []
    soon = "next_attempt_at < datetime('now', '+2 minutes')"
    assert steady.query(f"SELECT {soon} FROM reader_article WHERE url = ?", link) == [(1,)]

    # A minute later.
    steady.query("UPDATE reader_article SET next_attempt_at = '2020-01-01' WHERE url = ?", link)
    steady.assert_heals({link: "ready"})
