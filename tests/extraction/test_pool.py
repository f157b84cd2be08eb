"""Extraction in processes of its own: what never ends, eats memory or dies costs one article."""

import os
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.errors import ExtractionInterrupted, ExtractionTimedOut, NoArticle
from reader.extraction import extract_html
from reader.extraction.pool import run_in_pool, stop_pool


@pytest.fixture(autouse=True)
def _pool() -> Iterator[None]:
    yield
    stop_pool()


def fill(page: bytes) -> None:
    """Leave the process no room, as much as it may have by itself; then say something of the page."""
    resource.setrlimit(resource.RLIMIT_AS, (1, resource.getrlimit(resource.RLIMIT_AS)[1]))
    raise NoArticle(f"not HTML: {page!r}")


def die_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return "lives"


def test_results_and_errors_come_through_as_they_are() -> None:
    assert run_in_pool(len, "abc") == 3
    with pytest.raises(NoArticle):
        run_in_pool(extract_html, b"<html><nav>Beranda</nav></html>", "https://berita.example/")


def test_what_never_ends_is_killed_and_the_next_call_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.extraction.pool.TIMEOUT_SECONDS", 1)
    begun = time.monotonic()

    with pytest.raises(ExtractionTimedOut):
        run_in_pool(time.sleep, 60)

    assert time.monotonic() - begun < 30
    assert run_in_pool(len, "abc") == 3


@pytest.mark.parametrize(
    ("function", "argument"),
    [(os._exit, 9), (bytearray, 3 * 1024**3), (fill, b"teks")],
    ids=["dies", "eats all memory", "has no memory left"],
)
def test_what_dies_or_eats_all_memory_is_interrupted_and_the_next_call_works(
    function: Callable[..., object], argument: object
) -> None:
    with pytest.raises(ExtractionInterrupted):
        run_in_pool(function, argument)

    assert run_in_pool(len, "abc") == 3


def test_one_that_is_killed_once_gets_a_second_chance(tmp_path: Path) -> None:
    assert run_in_pool(die_once, tmp_path / "died") == "lives"


def test_a_call_that_got_lost_holds_nobody_up_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.killable._LOST_SECONDS", 0.5)

    with pytest.raises(ExtractionInterrupted, match="lost"):
        run_in_pool(time.sleep, 5)

    monkeypatch.undo()
    assert run_in_pool(len, "abc") == 3
