"""kill -9 of the worker in a re-extraction: it goes on from there and counts each article once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.scene import HEALED_SECONDS, LEASE_SECONDS, Scene, find_variables, running_scene
from tests.page_server import PageServer
from tests.serving import run_manage, wait_until

ARTICLES = 5


@pytest.fixture(scope="module")
def scene(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("anew"), server) as running:
        yield running


def find_run(scene: Scene) -> tuple[int, int, bool]:
    """How many articles there are, how many are done, and whether it is finished."""
    total, done, is_finished = scene.query(
        "SELECT total, done, finished_at IS NOT NULL FROM reader_reextraction"
    )[0]
    return total, done, bool(is_finished)


def test_it_goes_on_after_a_kill(scene: Scene, tmp_path: Path) -> None:
    links = [scene.add_page(f"ulang{number}", paragraphs=1_500) for number in range(ARTICLES)]
    scene.save(*links)
    scene.assert_heals(dict.fromkeys(links, "ready"))
    asked = len(scene.server.requests)
    # As if older rules had read less.
    older = "text = 'Lama.', content = '<p>Lama.</p>', word_count = 1, quality = 0.5"
    scene.query(f"UPDATE reader_article SET {older}")

    told = run_manage(
        "reextract",
        "--all",
        "--background",
        READER_DATA_DIR=str(scene.site.data_dir),
        **find_variables(scene.server),
    )
    assert f"0 of {ARTICLES} articles (not done yet)" in told.stdout, told.stderr
    wait_until(lambda: find_run(scene)[1] >= 1, LEASE_SECONDS + 60, pause=0.02)
    scene.kill_worker()
    assert find_run(scene)[2] is False

    wait_until(lambda: find_run(scene)[2], HEALED_SECONDS + 60)
    assert find_run(scene) == (ARTICLES, ARTICLES, True)
    assert scene.query("SELECT improved FROM reader_reextraction") == [(ARTICLES,)]
    assert scene.query("SELECT min(word_count) > 1000 FROM reader_article") == [(1,)]
    assert len(scene.server.requests) == asked, "nothing was fetched"
    assert scene.query("SELECT count(*) FROM reader_articleversion") == [(0,)]
