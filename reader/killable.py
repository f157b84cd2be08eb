"""Processes that may be killed: hostile bytes cost one call, never the worker that made it."""

import contextlib
import multiprocessing
import os
import re
import resource
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")

_MAX_ADDRESS_SPACE_BYTES = 1024**3
# A process that came as near to its limit as this is not believed: libxml2 calls a lack of memory "unknown
# error", or leaves something out. Pages keep below 150 MB, pictures of 40 million pixels below 720 MB.
_RESERVE_BYTES = 128 * 1024**2
_OUT_OF_MEMORY = 12
# A killed process takes a call with it that it had not begun. Longer than all of the worker's threads can
# stand in line.
_LOST_SECONDS = 600
_PROCESS = Path("/proc/self/status")
# A fresh process now and then keeps memory flat, whatever the C libraries hold on to.
_CALLS_PER_PROCESS = 200
# What every process of every pool begins with: all are forked from the one server.
_PRELOADED = ["reader.extraction", "reader.imaging.encode"]


class CallTimedOut(Exception):
    """The call took longer than it may, and its process was killed."""


class CallDied(Exception):
    """The process ran out of memory or died in the middle of the call."""


class KillablePool:
    """A few processes with limits on seconds and memory; they start at the first call. Safe for threads."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None

    def call(
        self,
        seconds: float,
        function: Callable[..., T],
        args: tuple[object, ...],
        kwargs: dict[str, object] | None = None,
    ) -> T:
        """Call a pure, picklable function and return its result; its errors come through as they are.

        Raises CallTimedOut after so many seconds, and CallDied when the process did not survive the call: one
        that was killed for another's sake gets a second chance at once.
        """
        with contextlib.suppress(CallDied):
            return self._call_once(seconds, function, args, kwargs or {})
        return self._call_once(seconds, function, args, kwargs or {})

    def _call_once(
        self,
        seconds: float,
        function: Callable[..., T],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> T:
        future = self._running().schedule(_call, args=(function, args, kwargs), timeout=seconds)
        try:
            result: T = future.result(_LOST_SECONDS)
        except FutureTimeoutError as error:
            if future.done():
                raise CallTimedOut(f"more than {seconds:g} s") from error
            self.stop()
            raise CallDied("it was lost") from error
        except (ProcessExpired, MemoryError, CancelledError) as error:
            raise CallDied(f"its process ended: {error}") from error
        return result

    def stop(self) -> None:
        """End the processes; the next call starts new ones."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one untyped
            pool.join()

    def _running(self) -> ProcessPool:
        with self._lock:
            if self._pool is None or not self._pool.active:
                # Forked from a small server process, never from the many threads of the worker.
                context = multiprocessing.get_context("forkserver")
                context.set_forkserver_preload(_PRELOADED)
                self._pool = ProcessPool(
                    max_workers=self._processes,
                    max_tasks=_CALLS_PER_PROCESS,
                    initializer=_limit_process,
                    context=context,
                )
            return self._pool


def _limit_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_ADDRESS_SPACE_BYTES, _MAX_ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _call(function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    try:
        return function(*args, **kwargs)
    finally:
        if _is_out_of_memory():
            # Whatever came of it. The next call gets a process that has room.
            os._exit(_OUT_OF_MEMORY)


def _is_out_of_memory() -> bool:
    """Whether the process ever was near its limit; where the system does not tell, it never was."""
    try:
        limit, _ = resource.getrlimit(resource.RLIMIT_AS)
        found = re.search(r"^VmPeak:\s+(\d+) kB$", _PROCESS.read_text(), re.MULTILINE)
    except OSError:
        return False
    except MemoryError:
        return True
    if found is None or limit == resource.RLIM_INFINITY:
        return False
    return int(found[1]) * 1024 > limit - _RESERVE_BYTES
