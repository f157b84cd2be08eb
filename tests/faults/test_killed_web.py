"""kill -9 of the web server, and of web and worker at once, under load: who got an answer has a link."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.faults.scene import Scene, make_page, running_scene, send_links
from tests.page_server import PageServer
from tests.serving import find_tree, wait_until

SAVERS = 4


@pytest.fixture(scope="module")
def scene(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("web"), server) as running:
        yield running


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def kill_service(scene: Scene, service: str) -> None:
    kill(scene.site.find_pid(service))


def kill_whole_web(scene: Scene) -> None:
    for pid in find_tree(scene.site.find_pid("web")):
        kill(pid)


def kill_both(scene: Scene) -> None:
    kill_service(scene, "worker")
    kill_service(scene, "web")


def save_until(scene: Scene, name: str, is_over: threading.Event) -> tuple[list[str], list[str]]:
    """Save link after link; return those that were acknowledged, and those that got no answer."""
    known: list[str] = []
    unknown: list[str] = []
    while not is_over.is_set():
        link = f"https://{name}-{len(known) + len(unknown)}.example/berita"
        scene.server.add(link, make_page(), delay_seconds=0.3)
        try:
            with scene.client() as client:
                answer = send_links(client, link)
        except httpx.HTTPError:
            unknown.append(link)
            is_over.wait(0.3)
        else:
            assert answer.status_code == 303
            known.append(link)
    return known, unknown


@pytest.mark.parametrize(
    ("name", "injure"),
    [("web", kill_whole_web), ("both", kill_both)],
    ids=["the web server", "web server and worker"],
)
def test_killed_under_load(scene: Scene, name: str, injure: Callable[[Scene], None]) -> None:
    is_over = threading.Event()
    victims = find_tree(scene.site.find_pid("web"))
    with ThreadPoolExecutor(SAVERS) as pool:
        saving = [pool.submit(save_until, scene, f"{name}{each}", is_over) for each in range(SAVERS)]
        try:
            wait_until(lambda: count(scene, name) >= 10)
            injure(scene)
            wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in victims))
            wait_until(scene.site.is_alive, 40)
            before = count(scene, name)
            wait_until(lambda: count(scene, name) >= before + 10)
        finally:
            is_over.set()
    known = [link for each in saving for link in each.result()[0]]
    unknown = [link for each in saving for link in each.result()[1]]

    assert len(known) >= 20
    scene.assert_heals(dict.fromkeys(known, "ready"))
    # Of the others some were saved and some were not, but none half.
    stored = [link for link, state in scene.find_states(unknown).items() if state != "lost"]
    scene.assert_heals(dict.fromkeys(stored, "ready"))


def count(scene: Scene, name: str) -> int:
    ((found,),) = scene.query("SELECT count(*) FROM reader_article WHERE host LIKE ?", f"{name}%")
    return int(found)
