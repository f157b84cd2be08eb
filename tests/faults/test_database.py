"""A database that another holds, rows as a wrong clock left them, and a queue that is deleted."""

import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.scene import Scene

LOCKED_SECONDS = 10


def test_a_writer_that_holds_the_lock_for_ten_seconds_delays_and_loses_nothing(steady: Scene) -> None:
    fetched, saved = steady.add_page("dikunci-ambil"), steady.add_page("dikunci-simpan")
    answers = []
    steady.save(fetched)
    with ExitStack() as holding:
        holding.enter_context(steady.locked())
        began = time.monotonic()
        saving = threading.Thread(target=lambda: answers.append(steady.save(saved)))
        saving.start()
        with steady.client() as client:
            assert client.get("/").status_code == 200
            assert time.monotonic() - began < LOCKED_SECONDS
        time.sleep(max(0, LOCKED_SECONDS - (time.monotonic() - began)))
        assert answers == []
    saving.join()

    assert answers[0].status_code == 303
    steady.assert_heals({fetched: "ready", saved: "ready"})


@pytest.mark.parametrize("days", [3, -3])
def test_what_a_clock_three_days_off_left_is_taken_up_at_once(steady: Scene, days: int) -> None:
    names = ("antre", "ambil", "ulang")
    queued, leased, failed = links = [steady.add_page(f"jam-{name}-{days + 3}") for name in names]
    steady.save(*links)
    steady.assert_heals(dict.fromkeys(links, "ready"))
    then = (datetime.now(UTC) + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")
    bare = "UPDATE reader_article SET word_count = 0, attempts = 1, "

    steady.query(f"{bare} state = 'queued', queued_at = ? WHERE url = ?", then, queued)
    steady.query(f"{bare} state = 'fetching', leased_until = ? WHERE url = ?", then, leased)
    steady.query(
        f"{bare} state = 'failed', error_code = 'timed_out', next_attempt_at = ? WHERE url = ?", then, failed
    )

    assert set(steady.find_states(links).values()) & {"ready"} == set()
    steady.assert_heals(dict.fromkeys(links, "ready"))
    assert [steady.count_requests(link) for link in links] == [2, 2, 2]


def test_a_deleted_queue_is_made_anew(steady: Scene) -> None:
    links = [steady.add_page(f"lonceng{number}") for number in range(5)]
    steady.save(links[0])
    for file in steady.site.data_dir.glob("queue.sqlite3*"):
        file.unlink()

    steady.save(*links[1:])

    steady.assert_heals(dict.fromkeys(links, "ready"))
    assert (steady.site.data_dir / "queue.sqlite3").exists()
