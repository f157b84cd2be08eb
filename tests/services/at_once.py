"""Acts of many threads at the same moment, each on a database connection of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def run_at_once(times: int, act: Callable[[], T]) -> list[T]:
    """Run the act in so many threads that begin together, and return what those that succeeded returned."""
    start = threading.Barrier(times)
    results: list[T] = []

    def run() -> None:
        start.wait()
        try:
            results.append(act())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
