"""A process that extracts is killed, or has no memory left: that says nothing of the page."""

import contextlib
import os
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.scene import PARAGRAPH, Scene
from tests.serving import find_tree, read_cpu_seconds, wait_until

SLOW_PARAGRAPHS = 2_000


def find_busy(scene: Scene, before: dict[int, float]) -> list[int]:
    """Return the processes below the worker that have worked for a moment since."""
    return [pid for pid in find_extracting(scene) if read_cpu_seconds([pid]) > before.get(pid, 0) + 0.1]


def find_extracting(scene: Scene) -> list[int]:
    """Return the processes that read pages, without the one that they are forked from."""
    below = find_tree(scene.site.find_pid("worker"))[1:]
    return [pid for pid in below if len(find_tree(pid)) == 1]


def warm_up(scene: Scene, name: str) -> None:
    """Have the processes that read pages begin."""
    warm = scene.add_page(f"{name}-awal")
    scene.save(warm)
    scene.assert_heals({warm: "ready"})


def begin_extraction(scene: Scene, name: str) -> tuple[str, list[int]]:
    """Save a page that takes a while to read; return its link and the processes that read it."""
    warm_up(scene, name)
    before = {pid: read_cpu_seconds([pid]) for pid in find_extracting(scene)}
    link = scene.add_page(name, paragraphs=SLOW_PARAGRAPHS)
    scene.save(link)
    wait_until(lambda: scene.has_snapshot(link), pause=0.02)
    wait_until(lambda: find_busy(scene, before), pause=0.02)
    return link, find_busy(scene, before)


@contextmanager
def killing(scene: Scene) -> Iterator[None]:
    """Kill every process that reads pages, as often as there is one at work."""
    is_over = threading.Event()
    parents = [pid for pid in find_tree(scene.site.find_pid("worker"))[1:] if len(find_tree(pid)) > 1]

    def kill() -> None:
        while not is_over.wait(0.01):
            for pid in [child for parent in parents for child in read_children(parent)]:
                if read_cpu_seconds([pid]) > 0.1:
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def read_children(pid: int) -> list[int]:
    """Return the children of a process at once; to look through all processes takes a busy machine long."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def assert_the_worker_goes_on(scene: Scene, worker: int, name: str) -> None:
    assert scene.site.find_pid("worker") == worker
    after = scene.add_page(name)
    scene.save(after)
    scene.assert_heals({after: "ready"})


def test_a_killed_process_costs_nothing_but_a_moment(steady: Scene) -> None:
    worker = steady.site.find_pid("worker")
    link, busy = begin_extraction(steady, "urai-mati")

    for pid in busy:
        os.kill(pid, signal.SIGKILL)

    steady.assert_heals({link: "ready"})
    assert steady.count_requests(link) == 1
    assert_the_worker_goes_on(steady, worker, "urai-mati-sesudah")


def test_what_is_killed_again_and_again_is_tried_later_and_too_complex_at_last(steady: Scene) -> None:
    worker = steady.site.find_pid("worker")
    warm_up(steady, "urai-maut")
    # From before it is saved: a busy machine may have read it when the killer is ready.
    with killing(steady):
        link = steady.add_page("urai-maut", paragraphs=SLOW_PARAGRAPHS)
        steady.save(link)
        steady.assert_heals({link: "failed: extraction_interrupted"})
        ((when,),) = steady.query("SELECT next_attempt_at FROM reader_article WHERE url = ?", link)
        assert when is not None
        due = "UPDATE reader_article SET attempts = 4, next_attempt_at = '2026-01-01 00:00:00' WHERE url = ?"
        steady.query(due, link)
        steady.assert_heals({link: "failed: too_complex"})

    assert_the_worker_goes_on(steady, worker, "urai-maut-sesudah")


def test_a_process_without_memory_says_nothing_of_the_page_and_costs_a_moment(steady: Scene) -> None:
    worker = steady.site.find_pid("worker")
    link, busy = begin_extraction(steady, "urai-penuh")

    # Not a byte more than it has. libxml2 then leaves out what it has no room for, or knows no error's name.
    for pid in busy:
        resource.prlimit(pid, resource.RLIMIT_AS, (1, resource.prlimit(pid, resource.RLIMIT_AS)[1]))

    steady.assert_heals({link: "ready"})
    ((words,),) = steady.query("SELECT word_count FROM reader_article WHERE url = ?", link)
    assert words == SLOW_PARAGRAPHS * len(f"Alinea 1. {PARAGRAPH} Bibit".split())
    assert not any(Path(f"/proc/{pid}").exists() for pid in busy)
    assert_the_worker_goes_on(steady, worker, "urai-penuh-sesudah")
