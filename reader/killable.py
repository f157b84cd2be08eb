"""Processes that may be killed: hostile bytes cost one call, never the worker that made it."""

import multiprocessing
import resource
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

T = TypeVar("T")

_MAX_ADDRESS_SPACE_BYTES = 1024**3
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

        Raises CallTimedOut after so many seconds, and CallDied when the process did not survive the call.
        """
        future = self._running().schedule(_call, args=(function, args, kwargs or {}), timeout=seconds)
        try:
            result: T = future.result()
        except FutureTimeoutError as error:
            raise CallTimedOut(f"more than {seconds:g} s") from error
        except (ProcessExpired, MemoryError) as error:
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
    return function(*args, **kwargs)
