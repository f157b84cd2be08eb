"""One connection at a time to a host, a pause between two, silence on request, and many hosts at once."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.errors import FetchError, PublisherBusy, SiteCrowded
from reader.fetching import FetchPolicy, fetch, politeness
from reader.fetching.politeness import HostLines, HostTurns
from tests.page_server import PageServer

MakePolicy = Callable[..., FetchPolicy]
PAGE = "<!doctype html><html><p>Warga menanam pohon.</p></html>"


class Visits:
    """Counts who is at which host at the same time."""

    def __init__(self, turns: HostTurns, seconds: float = 0.05) -> None:
        self.most: dict[str, int] = {}
        self.ends: list[float] = []
        self.starts: list[float] = []
        self._turns, self._seconds = turns, seconds
        self._here: dict[str, int] = {}
        self._lock = threading.Lock()

    def visit(self, host: str) -> None:
        with self._turns.take(host):
            with self._lock:
                self.starts.append(time.monotonic())
                self._here[host] = self._here.get(host, 0) + 1
                self.most[host] = max(self.most.get(host, 0), self._here[host])
            time.sleep(self._seconds)
            with self._lock:
                self._here[host] -= 1
                self.ends.append(time.monotonic())


def test_a_host_is_visited_by_one_at_a_time_with_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "PAUSE_SECONDS", 0.1)
    visits = Visits(HostTurns(), 0.02)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(visits.visit, ["berita.example"] * 5))

    assert visits.most == {"berita.example": 1}
    pauses = [start - end for end, start in zip(visits.ends, visits.starts[1:], strict=False)]
    assert len(pauses) == 4
    assert min(pauses) >= 0.099


def test_many_hosts_are_visited_at_once() -> None:
    visits = Visits(HostTurns(), 0.3)
    began = time.monotonic()
    with ThreadPoolExecutor(20) as threads:
        list(threads.map(visits.visit, [f"{number}.example" for number in range(20)]))
    assert time.monotonic() - began < 2


def test_who_waits_too_long_is_told_so() -> None:
    turns = HostTurns()
    with turns.take("berita.example"):
        with pytest.raises(SiteCrowded) as caught, turns.take("berita.example", 0.1):
            pytest.fail("two at once")
        with turns.take("lain.example"):
            pass
    assert not caught.value.permanent
    with turns.take("berita.example") as waited:
        assert waited < 0.1


def test_a_failure_gives_the_turn_back() -> None:
    turns = HostTurns()
    with pytest.raises(FetchError), turns.take("berita.example"):
        raise FetchError
    with turns.take("berita.example"):
        pass


def test_hosts_are_forgotten_but_not_their_wish_for_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(politeness, "_REMEMBERED_HOSTS", 10)
    turns = HostTurns()
    with pytest.raises(PublisherBusy), turns.take("sibuk.example"):
        raise PublisherBusy("429", 60)
    for number in range(50):
        with turns.take(f"{number}.example"):
            pass
        time.sleep(0.001)
    assert len(turns._hosts) <= 12
    with pytest.raises(PublisherBusy), turns.take("sibuk.example"):
        pytest.fail("not silent")


# --- in a fetch ---


def test_a_host_that_asked_to_wait_is_left_alone_and_others_are_not(
    server: PageServer, make_policy: MakePolicy
) -> None:
    server.add("https://berita.example/sibuk", "", status=429, headers={"Retry-After": "86400"})
    for host in ("berita", "lain"):
        server.add(f"https://{host}.example/satu", PAGE)

    with pytest.raises(PublisherBusy):
        fetch("https://berita.example/sibuk", make_policy())
    with pytest.raises(PublisherBusy) as caught:
        fetch("https://berita.example/satu", make_policy())

    assert len(server.requests) == 1
    assert 0 < (caught.value.retry_after_seconds or 0) <= 601
    assert fetch("https://lain.example/satu", make_policy()).status == 200


def test_a_busy_host_that_names_no_time_is_not_silenced(server: PageServer, make_policy: MakePolicy) -> None:
    server.add("https://berita.example/sibuk", "", status=503)
    server.add("https://berita.example/satu", PAGE)

    with pytest.raises(PublisherBusy):
        fetch("https://berita.example/sibuk", make_policy())
    assert fetch("https://berita.example/satu", make_policy()).status == 200


def test_a_host_is_left_alone_for_redirects_to_it_too(server: PageServer, make_policy: MakePolicy) -> None:
    server.add("https://berita.example/sibuk", "", status=429, headers={"Retry-After": "60"})
    server.add_redirect("https://pendek.example/a", "https://berita.example/satu")
    with pytest.raises(PublisherBusy):
        fetch("https://berita.example/sibuk", make_policy())

    with pytest.raises(PublisherBusy):
        fetch("https://pendek.example/a", make_policy())
    assert [request.host for request in server.requests] == ["berita.example", "pendek.example"]


def test_waiting_for_a_turn_is_not_the_publishers_fault(server: PageServer, make_policy: MakePolicy) -> None:
    server.add("https://berita.example/satu", PAGE, delay_seconds=0.5)
    policy = make_policy(total_seconds=1.0)

    with ThreadPoolExecutor(4) as threads:
        pages = list(threads.map(lambda _: fetch("https://berita.example/satu", policy), range(4)))

    assert [page.status for page in pages] == [200] * 4


# --- lines ---


def test_one_works_for_a_host_and_the_others_stand_in_line_in_their_order() -> None:
    lines = HostLines()
    assert lines.join("a.example", 1)
    assert not lines.join("a.example", 2)
    assert not lines.join("a.example", 3)
    assert not lines.join("a.example", 2)
    assert lines.join("b.example", 9)

    assert lines.leave("a.example") == 2
    assert lines.join("a.example", 2)
    assert lines.leave("a.example") == 3
    assert lines.leave("b.example") is None


def test_a_line_whose_next_one_is_lost_is_taken_up_by_whoever_comes() -> None:
    lines = HostLines()
    lines.join("a.example", 1)
    lines.join("a.example", 2)
    lines.join("a.example", 3)
    assert lines.leave("a.example") == 2

    assert lines.join("a.example", 3)
    assert lines.leave("a.example") == 3


def test_an_urgent_one_stands_before_the_others_and_behind_the_urgent() -> None:
    lines = HostLines()
    for item in range(4):
        lines.join("a.example", item)
    lines.join("a.example", 8, is_urgent=True)
    lines.join("a.example", 3, is_urgent=True)
    lines.join("a.example", 3)

    assert [lines.leave("a.example") for _ in range(5)] == [8, 3, 1, 2, None]


def test_an_empty_line_is_forgotten() -> None:
    lines = HostLines()
    for number in range(100):
        lines.join(f"{number}.example", number)
        lines.join(f"{number}.example", -number)
        lines.leave(f"{number}.example")
    assert (lines._lines, lines._at_work) == ({}, set())
