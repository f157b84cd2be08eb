"""A process that extracts is killed, or has no memory left: it costs one article, never the worker."""

import os
import resource
import signal

from tests.faults.scene import HEALED_SECONDS, Scene
from tests.serving import find_tree, read_cpu_seconds, wait_until

SLOW_PARAGRAPHS = 2_000


def find_busy(scene: Scene, before: dict[int, float]) -> list[int]:
    """Return the processes below the worker that have worked for a moment since."""
    return [pid for pid in find_extracting(scene) if read_cpu_seconds([pid]) > before.get(pid, 0) + 0.1]


def find_extracting(scene: Scene) -> list[int]:
    """Return the processes that read pages, without the one that they are forked from."""
    below = find_tree(scene.site.find_pid("worker"))[1:]
    return [pid for pid in below if len(find_tree(pid)) == 1]


def begin_extraction(scene: Scene, name: str) -> tuple[str, list[int]]:
    """Save a page that takes a while to read; return its link and the processes that read it."""
    warm = scene.add_page(f"{name}-awal")
    scene.save(warm)
    scene.assert_heals({warm: "ready"})
    before = {pid: read_cpu_seconds([pid]) for pid in find_extracting(scene)}
    link = scene.add_page(name, paragraphs=SLOW_PARAGRAPHS)
    scene.save(link)
    wait_until(lambda: scene.has_snapshot(link), pause=0.02)
    wait_until(lambda: find_busy(scene, before), pause=0.02)
    return link, find_busy(scene, before)


def assert_the_worker_goes_on(scene: Scene, worker: int, name: str) -> None:
    assert scene.site.find_pid("worker") == worker
    after = scene.add_page(name)
    scene.save(after)
    scene.assert_heals({after: "ready"})


def test_a_killed_process_is_a_truthful_failure_and_the_worker_goes_on(steady: Scene) -> None:
    worker = steady.site.find_pid("worker")
    link, busy = begin_extraction(steady, "urai-mati")

    for pid in busy:
        os.kill(pid, signal.SIGKILL)

    steady.assert_heals({link: "failed: too_complex"})
    assert_the_worker_goes_on(steady, worker, "urai-mati-sesudah")


def test_a_process_without_memory_costs_one_article_at_most(steady: Scene) -> None:
    worker = steady.site.find_pid("worker")
    link, busy = begin_extraction(steady, "urai-penuh")

    # Not a byte more than it has. What it has may be enough for this article and not for the next; how it
    # ends, if not, is the system's to say.
    for pid in busy:
        resource.prlimit(pid, resource.RLIMIT_AS, (1, resource.prlimit(pid, resource.RLIMIT_AS)[1]))

    ends = {"ready", "failed: too_complex", "failed: extraction_timed_out"}
    wait_until(lambda: steady.find_states([link])[link] in ends, HEALED_SECONDS)
    following = steady.add_page("urai-penuh-lagi")
    steady.save(following)
    wait_until(lambda: steady.find_states([following])[following] in ends, HEALED_SECONDS)
    assert "ready" in steady.find_states([link, following]).values()
    assert_the_worker_goes_on(steady, worker, "urai-penuh-sesudah")
