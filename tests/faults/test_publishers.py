"""Dead and dripping publishers: nobody waits for them, and each ends in a truthful failure."""

import time
from pathlib import Path

from tests.faults.scene import Scene, running_scene
from tests.page_server import PageServer, Parts

BAD_OF_EACH_KIND = 20
OTHERS_SECONDS = 40
# A fetch may take this long in all, and all of them are at once.
FETCH_SECONDS = 30


def drip() -> Parts:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
    while True:
        yield b"<p>"
        yield 0.5


def stay_silent() -> Parts:
    yield 60.0


def hang_up() -> Parts:
    return ()


BAD = {"tetes": (drip, "timed_out"), "diam": (stay_silent, "no_answer"), "mati": (hang_up, "connect_failed")}


def add_bad_publishers(scene: Scene) -> dict[str, str]:
    """Return the links of bad publishers, and how each must end."""
    expected = {}
    for kind, (answer, code) in BAD.items():
        for number in range(BAD_OF_EACH_KIND):
            link = f"https://{kind}{number}.example/berita"
            scene.server.add_raw(link, answer)
            expected[link] = f"failed: {code}"
    return expected


def test_others_are_ready_in_time_and_these_fail_truthfully(server: PageServer, tmp_path: Path) -> None:
    # With a lease as in earnest: a fetch here takes longer than the short one.
    with running_scene(tmp_path, server, READER_LEASE_SECONDS="120") as scene:
        bad = add_bad_publishers(scene)
        scene.save(*bad)
        began = time.monotonic()
        good = [scene.add_page(f"baik{number}") for number in range(20)]
        scene.save(*good)

        scene.assert_heals(dict.fromkeys(good, "ready"), seconds=OTHERS_SECONDS)
        scene.assert_heals(bad, seconds=3 * FETCH_SECONDS)
        print(f"all ended after {time.monotonic() - began:.0f} s")
