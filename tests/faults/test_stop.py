"""SIGTERM under load: it ends cleanly, and the next start takes up what was left."""

import signal
from pathlib import Path
from typing import Any

from tests.faults.scene import Scene, find_variables, make_page, running_scene
from tests.page_server import PageServer
from tests.serving import running_site, wait_until


def test_it_ends_cleanly_and_the_next_start_finishes_the_rest(server: PageServer, tmp_path: Path) -> None:
    links = [f"https://henti{number}.example/berita" for number in range(60)]
    for link in links:
        server.add(link, make_page(), delay_seconds=1)
    with running_scene(tmp_path, server) as scene:
        scene.save(*links)
        wait_until(lambda: any(scene.count_requests(link) for link in links))
        scene.site.process.send_signal(signal.SIGTERM)
        assert scene.site.process.wait(30) == 0
        assert "everything is kept" in scene.site.output()
        assert "Traceback" not in scene.site.output()
        states = list(scene.find_states(links).values())
        assert 0 < states.count("queued: ") < len(links)

    variables: dict[str, Any] = find_variables(server)
    with running_site(tmp_path, **variables) as site:
        Scene(site, server, {}).assert_heals(dict.fromkeys(links, "ready"))
    # What had begun was finished before the end, and nothing was fetched twice.
    assert max(scene.count_requests(link) for link in links) == 1
