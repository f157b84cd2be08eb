"""Many at one thing: the same link saved at once by everybody, and two workers at one row."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.faults.scene import Scene, find_variables, make_page, running_scene
from tests.page_server import PageServer
from tests.serving import RunningSite, run_manage, running_site, wait_until

PEOPLE = ("ann", "ben", "cut", "dewi")


@pytest.fixture(scope="module")
def scene(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("first"), server, people=PEOPLE) as running:
        yield running


@pytest.fixture(scope="module")
def second(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The same installation served once more: with it four web processes and two workers."""
    variables: dict[str, Any] = find_variables(scene.server)
    folder = tmp_path_factory.mktemp("second")
    with running_site(folder, data_dir=scene.site.data_dir, **variables) as running:
        yield running


def test_a_link_saved_a_hundred_times_at_once_is_one_article_and_one_fetch(
    scene: Scene, second: RunningSite
) -> None:
    link = "https://ramai.example/berita"
    scene.server.add(link, make_page(), delay_seconds=0.5)

    scene.save_at_once(link, [scene.site.url, second.url])


def test_two_workers_at_one_row_fetch_it_once(scene: Scene, second: RunningSite) -> None:
    link = "https://berdua.example/berita"
    scene.server.add(link, make_page(), delay_seconds=0.5)
    scene.save(link)
    scene.assert_heals({link: "ready"})
    scene.query("UPDATE reader_article SET state = 'queued', attempts = 0 WHERE url = ?", link)
    ((article_id,),) = scene.query("SELECT id FROM reader_article WHERE url = ?", link)

    code = f"from reader.tasks import fetch_article; [fetch_article({article_id}) for _ in range(20)]"
    rung = run_manage("shell", "-v", "0", "-c", code, READER_DATA_DIR=str(scene.site.data_dir))

    assert rung.returncode == 0, rung.stderr
    wait_until(lambda: scene.find_states([link]) == {link: "ready"})
    assert scene.count_requests(link) == 2
