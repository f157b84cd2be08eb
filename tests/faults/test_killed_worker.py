"""kill -9 of the worker in the middle of each stage: another takes the article up when the lease is over."""

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.faults.scene import Scene, make_page, running_scene
from tests.page_server import PageServer, Parts
from tests.serving import find_tree, read_cpu_seconds, wait_until

SLOW_PARAGRAPHS = 2_000


@pytest.fixture(scope="module")
def scene(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("kill"), server) as running:
        yield running


def count_attempts(scene: Scene, link: str) -> int:
    return int(scene.query("SELECT attempts FROM reader_article WHERE url = ?", link)[0][0])


def hold_first(body: str, release: threading.Event) -> Callable[[], Parts]:
    """Answer the first request only when released, every later one at once."""
    asked: list[None] = []

    def answer() -> Parts:
        asked.append(None)
        if len(asked) == 1:
            release.wait(60)
        yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body.encode()

    return answer


def test_in_the_middle_of_the_fetch(scene: Scene) -> None:
    link, release = "https://ambil.example/berita", threading.Event()
    scene.server.add_raw(link, hold_first(make_page(), release))
    scene.save(link)
    wait_until(lambda: scene.count_requests(link) == 1)

    scene.kill_worker()
    release.set()

    scene.assert_heals({link: "ready"})
    assert scene.count_requests(link) == count_attempts(scene, link) == 2


def test_in_the_middle_of_the_extraction(scene: Scene) -> None:
    link = scene.add_page("urai", paragraphs=SLOW_PARAGRAPHS)
    scene.save(link)
    # The page is kept before it is read, which takes it seconds.
    wait_until(lambda: scene.has_snapshot(link), pause=0.02)

    scene.kill_worker()

    assert scene.find_states([link]) != {link: "ready"}
    scene.assert_heals({link: "ready"})
    assert count_attempts(scene, link) == 2


def test_in_the_middle_of_storing(scene: Scene) -> None:
    link = scene.add_page("simpan", paragraphs=SLOW_PARAGRAPHS)
    scene.save(link)
    wait_until(lambda: scene.has_snapshot(link), pause=0.02)
    with scene.locked():
        # The processes that extract have come to rest: what they made waits for the lock.
        wait_until(lambda: is_at_rest(scene))
        scene.kill_worker()
        assert scene.find_states([link]) == {link: "fetching: "}

    scene.assert_heals({link: "ready"})
    assert count_attempts(scene, link) == 2


def is_at_rest(scene: Scene) -> bool:
    extracting = find_tree(scene.site.find_pid("worker"))[1:]
    before = read_cpu_seconds(extracting)
    threading.Event().wait(0.7)
    return read_cpu_seconds(extracting) == before


def test_in_every_attempt_ends_in_a_truthful_failure(scene: Scene) -> None:
    link = scene.add_page("maut")
    scene.save(link)
    scene.assert_heals({link: "ready"})
    # As five killed workers would have left it.
    scene.query(
        "UPDATE reader_article SET state = 'fetching', attempts = 5, word_count = 0, leased_until = ?"
        " WHERE url = ?",
        "2020-01-01 00:00:00",
        link,
    )

    scene.assert_heals({link: "failed: gave_up"})
