"""Politeness towards publishers: one connection at a time to a host, a pause between two, silence on request.

All of it holds within one process, across its threads. Nothing here is kept: after a restart a host is asked
once too early at worst.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from reader.errors import PublisherBusy, SiteCrowded

PAUSE_SECONDS = 0.5
# With the thirty seconds of a fetch and those of an extraction this is within an article's lease.
MAX_WAIT_SECONDS = 45.0
# One page's Retry-After speaks for the whole host, but not for a day of all its readers.
MAX_SILENCE_SECONDS = 600.0
_REMEMBERED_HOSTS = 2_000


@dataclass(slots=True)
class _Host:
    is_taken: bool = False
    waiting: int = 0
    free_at: float = 0.0
    silent_until: float = 0.0

    def is_forgettable(self, now: float) -> bool:
        return not self.is_taken and not self.waiting and max(self.free_at, self.silent_until) < now


class HostTurns:
    """Who may talk to which host now. Safe for threads."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host] = {}
        self._changed = threading.Condition()

    @contextmanager
    def take(
        self, host: str, wait_seconds: float = MAX_WAIT_SECONDS, pause_seconds: float | None = None
    ) -> Iterator[float]:
        """Hold the only turn at the host for the length of the block; the value is the seconds waited for it.

        ``pause_seconds`` is how long the host then rests, where somebody said so.

        Raises SiteCrowded where the turn does not come within ``wait_seconds``, and PublisherBusy where the
        host asked for silence that lasts still. A PublisherBusy out of the block begins such a silence.
        """
        began = time.monotonic()
        entry = self._enter(host, began + wait_seconds)
        silence = 0.0
        try:
            yield time.monotonic() - began
        except PublisherBusy as error:
            silence = min(error.retry_after_seconds or 0, MAX_SILENCE_SECONDS)
            raise
        finally:
            self._leave(entry, silence, PAUSE_SECONDS if pause_seconds is None else pause_seconds)

    def forget(self) -> None:
        """Begin as if no host had been talked to; whoever holds a turn keeps it."""
        with self._changed:
            self._hosts = {}

    def _enter(self, host: str, give_up_at: float) -> _Host:
        with self._changed:
            entry = self._hosts.setdefault(host, _Host())
            entry.waiting += 1
            try:
                self._wait(entry, give_up_at)
            finally:
                entry.waiting -= 1
            entry.is_taken = True
        return entry

    def _wait(self, entry: _Host, give_up_at: float) -> None:
        while True:
            now = time.monotonic()
            if entry.silent_until > now:
                raise PublisherBusy("asked for silence", int(entry.silent_until - now) + 1)
            if not entry.is_taken and entry.free_at <= now:
                return
            if now >= give_up_at:
                raise SiteCrowded(f"{entry.waiting} fetches wait")
            wakes_at = give_up_at if entry.is_taken else min(entry.free_at, give_up_at)
            self._changed.wait(wakes_at - now)

    def _leave(self, entry: _Host, silence: float, pause: float) -> None:
        now = time.monotonic()
        with self._changed:
            entry.is_taken = False
            entry.free_at = now + pause
            entry.silent_until = max(entry.silent_until, now + silence)
            if len(self._hosts) > _REMEMBERED_HOSTS:
                self._hosts = {
                    host: each for host, each in self._hosts.items() if not each.is_forgettable(now)
                }
            self._changed.notify_all()


_turns = HostTurns()
# Every fetch of this process passes here.
polite, forget_hosts = _turns.take, _turns.forget


@dataclass(slots=True)
class _Line:
    urgent: dict[int, None] = field(default_factory=dict)
    others: dict[int, None] = field(default_factory=dict)

    def add(self, item: int, *, is_urgent: bool) -> None:
        if is_urgent:
            self.others.pop(item, None)
            self.urgent[item] = None
        elif item not in self.urgent:
            self.others[item] = None

    def take_first(self) -> int | None:
        waiting = self.urgent or self.others
        first = next(iter(waiting), None)
        if first is not None:
            del waiting[first]
        return first


class HostLines:
    """Who works for a host now, and who stands in line, so that nobody blocks a thread only to wait.

    An item is the id of an article. A line is a courtesy and not a promise: the rows say what is to be done.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at_work: set[str] = set()
        self._lines: dict[str, _Line] = {}

    def join(self, host: str, item: int, *, is_urgent: bool = False) -> bool:
        """Whether the item may be worked on now; else it stands in line, once, until ``leave`` names it.

        Urgent items stand before the others.
        """
        with self._lock:
            if host in self._at_work:
                self._lines.setdefault(host, _Line()).add(item, is_urgent=is_urgent)
                return False
            self._at_work.add(host)
            return True

    def leave(self, host: str) -> int | None:
        """End the work for the host, and return the first in line, which has to join again."""
        with self._lock:
            self._at_work.discard(host)
            line = self._lines.get(host)
            first = line.take_first() if line else None
            if line and not (line.urgent or line.others):
                del self._lines[host]
            return first
