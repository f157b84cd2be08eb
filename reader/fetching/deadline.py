"""Time that runs out: for a whole fetch, for a connection, for the wait until an answer begins."""

import time

from reader.errors import TimedOut


class Deadline:
    """A moment at which something ends, whatever it is doing; ``error`` is what is raised from then on."""

    def __init__(self, seconds: float, error: type[TimedOut] = TimedOut) -> None:
        self._seconds = seconds
        self._error = error
        self._ends_at = time.monotonic() + seconds

    def limit(self, seconds: float | None = None) -> float:
        """Return the wait that is allowed, at most ``seconds``; raise the error where none is left."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise self._error(f"more than {self._seconds:g} s")
        return left if seconds is None else min(seconds, left)

    def extend(self, seconds: float) -> None:
        """Move the end: this much was spent on waiting for something that is not the publisher's."""
        self._ends_at += seconds
