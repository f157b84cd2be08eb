"""Faults between an article and its pictures: each ends kept or truthfully failed, in whole files."""

import hashlib
import shutil
import threading
from collections.abc import Iterator

import pytest

from tests.faults.scene import Scene, make_page, running_scene
from tests.page_server import PageServer, Parts
from tests.pictures import make_jpeg
from tests.serving import wait_until

# More pixels than a newspaper's, so that there is a moment in which it is being decoded.
LARGE = make_jpeg(7000, 5000)


@pytest.fixture(scope="module")
def scene(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("pictures"), server) as running:
        yield running


def add_illustrated(scene: Scene, name: str) -> tuple[str, str]:
    """Have a publisher answer with an article that has a picture; return both addresses."""
    link, picture = f"https://{name}.example/berita", f"https://gambar-{name}.example/foto.jpg"
    figure = f'<figure><img src="{picture}"><figcaption>Kebun.</figcaption></figure></article>'
    scene.server.add(link, make_page().replace("</article>", figure))
    return link, picture


def find_state(scene: Scene, picture: str) -> str:
    rows = scene.query("SELECT state, error_code FROM reader_articlepicture WHERE url = ?", picture)
    return " ".join(filter(None, rows[0])) if rows else "not listed"


def assert_kept(scene: Scene, link: str, picture: str) -> None:
    """Wait until the picture is kept, and insist that its files are the ones that the rows name."""
    scene.assert_heals({link: "ready"})
    wait_until(lambda: find_state(scene, picture) == "kept", 90)
    rows = scene.query("SELECT sha256, file FROM reader_asset")
    assert rows
    for sha256, name in rows:
        assert hashlib.sha256((scene.site.data_dir / "assets" / name).read_bytes()).hexdigest() == sha256


def test_a_worker_is_killed_while_the_publisher_sends(scene: Scene) -> None:
    link, picture = add_illustrated(scene, "kirim")
    asked: list[None] = []
    release = threading.Event()

    def answer() -> Parts:
        asked.append(None)
        yield b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + LARGE[:1000]
        if len(asked) == 1:
            release.wait(60)
        yield LARGE[1000:]

    scene.server.add_raw(picture, answer)
    scene.save(link)
    wait_until(lambda: len(asked) == 1)

    scene.kill_worker()
    release.set()

    assert_kept(scene, link, picture)
    assert len(asked) == 2


def test_a_worker_is_killed_while_it_decodes(scene: Scene) -> None:
    link, picture = add_illustrated(scene, "urai-gambar")
    scene.server.add(picture, LARGE)
    scene.save(link)
    wait_until(lambda: scene.count_requests(picture) == 1, pause=0.02)

    scene.kill_worker()

    assert_kept(scene, link, picture)


def test_a_worker_is_killed_before_the_pictures_are_listed(scene: Scene) -> None:
    link, picture = add_illustrated(scene, "daftar")
    scene.server.add(picture, make_jpeg(seed=3))
    scene.save(link)
    assert_kept(scene, link, picture)
    # As a worker would have left it that died right after it stored the text.
    scene.query("DELETE FROM reader_articlepicture WHERE url = ?", picture)
    scene.query("UPDATE reader_article SET are_pictures_listed = 0 WHERE url = ?", link)

    assert_kept(scene, link, picture)


def test_the_store_cannot_be_written(scene: Scene) -> None:
    link, picture = add_illustrated(scene, "penuh")
    scene.server.add(picture, make_jpeg(seed=4))
    folder = scene.site.data_dir / "assets"
    folder.mkdir(exist_ok=True)
    shutil.move(folder, scene.site.data_dir / "aside")
    folder.write_bytes(b"")  # what no folder can be made in, whoever runs this
    scene.save(link)
    wait_until(lambda: find_state(scene, picture) == "waiting storage_failed", 60)
    scene.assert_heals({link: "ready"})

    folder.unlink()
    shutil.move(scene.site.data_dir / "aside", folder)
    scene.query("UPDATE reader_articlepicture SET due_at = '2026-01-01 00:00:00' WHERE state = 'waiting'")

    assert_kept(scene, link, picture)
