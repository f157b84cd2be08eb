"""Extraction in processes of its own: what never ends, eats memory or dies costs one article."""

import os
import time
from collections.abc import Iterator

import pytest

from reader.errors import ExtractionTimedOut, NoArticle, ReaderError, TooComplex
from reader.extraction import extract_html
from reader.extraction.pool import run_in_pool, stop_pool


@pytest.fixture(autouse=True)
def _pool() -> Iterator[None]:
    yield
    stop_pool()


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


def test_what_dies_or_eats_all_memory_is_too_complex_and_the_next_call_works() -> None:
    errors: list[type[ReaderError]] = []
    for function, argument in ((os._exit, 9), (bytearray, 3 * 1024**3)):
        with pytest.raises(TooComplex) as caught:
            run_in_pool(function, argument)
        errors.append(caught.type)

    assert errors == [TooComplex, TooComplex]
    assert run_in_pool(len, "abc") == 3
