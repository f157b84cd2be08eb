"""The faults that a database server could answer otherwise than a file, and one more: it crashes itself."""

import threading
import time
from collections.abc import Iterator

import httpx
import psycopg
import pytest

from tests.faults.scene import Scene, make_page, running_scene
from tests.faults.test_killed_worker import (
    SLOW_PARAGRAPHS,
    count_attempts,
    hold_first,
    is_at_rest,
)
from tests.on_postgresql import RunningServer
from tests.page_server import PageServer
from tests.serving import wait_until

LOCKED_SECONDS = 5


@pytest.fixture(scope="module")
def scene(
    server: PageServer, postgresql: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("postgresql")
    people = ("ann", "ben", "cut", "dewi")
    with running_scene(folder, server, people=people, DATABASE_URL=postgresql.url) as running:
        yield running


def test_a_worker_is_killed_in_the_middle_of_the_fetch(scene: Scene) -> None:
    link, release = "https://pg-ambil.example/berita", threading.Event()
    scene.server.add_raw(link, hold_first(make_page(), release))
    scene.save(link)
    wait_until(lambda: scene.count_requests(link) == 1)

    scene.kill_worker()
    release.set()

    scene.assert_heals({link: "ready"})
    assert scene.count_requests(link) == count_attempts(scene, link) == 2


def test_a_worker_is_killed_in_the_middle_of_storing(scene: Scene) -> None:
    link = scene.add_page("pg-simpan", paragraphs=SLOW_PARAGRAPHS)
    scene.save(link)
    wait_until(lambda: scene.has_snapshot(link), pause=0.02)
    with psycopg.connect(scene.database_url) as holding:
        holding.execute("SELECT id FROM reader_article WHERE url = %s FOR UPDATE", [link])
        wait_until(lambda: is_at_rest(scene))
        scene.kill_worker()
        assert scene.find_states([link]) == {link: "fetching: "}

    scene.assert_heals({link: "ready"})
    assert count_attempts(scene, link) == 2


def test_a_link_saved_a_hundred_times_at_once_is_one_article_and_one_fetch(scene: Scene) -> None:
    link = "https://pg-ramai.example/berita"
    scene.server.add(link, make_page(), delay_seconds=0.5)

    scene.save_at_once(link, [scene.site.url])


def test_a_table_that_another_holds_delays_and_loses_nothing(scene: Scene) -> None:
    fetched, saved = scene.add_page("pg-kunci-ambil"), scene.add_page("pg-kunci-simpan")
    answers: list[httpx.Response] = []
    scene.save(fetched)
    with psycopg.connect(scene.database_url) as holding:
        holding.execute("LOCK TABLE reader_article IN EXCLUSIVE MODE")
        saving = threading.Thread(target=lambda: answers.append(scene.save(saved)))
        saving.start()
        with scene.client() as client:
            assert client.get("/").status_code == 200
        time.sleep(LOCKED_SECONDS)
        assert answers == []
    saving.join()

    assert answers[0].status_code == 303
    scene.assert_heals({fetched: "ready", saved: "ready"})


def test_a_server_that_crashes_loses_no_answered_link(scene: Scene, postgresql: RunningServer) -> None:
    held, release = "https://pg-jatuh.example/berita", threading.Event()
    scene.server.add_raw(held, hold_first(make_page(), release))
    scene.save(held)
    wait_until(lambda: scene.count_requests(held) == 1)
    answered, is_over = [held], threading.Event()

    def save_all_the_time() -> None:
        while not is_over.is_set():
            link = scene.add_page(f"pg-jatuh-{len(answered)}")
            if scene.save(link).status_code == 303:
                answered.append(link)

    saving = threading.Thread(target=save_all_the_time)
    saving.start()
    wait_until(lambda: len(answered) > 3)
    postgresql.crash_and_start()
    before = len(answered)
    wait_until(lambda: len(answered) > before + 3)
    is_over.set()
    saving.join()
    release.set()

    scene.assert_heals(dict.fromkeys(answered, "ready"))
