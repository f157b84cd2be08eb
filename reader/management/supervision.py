"""A small supervisor: forks named services, restarts the one that dies, stops all of them together.

The services are forked from one prepared process and so share its memory. Each is a process group of its
own, so that Ctrl-C reaches the supervisor alone, which then ends them in order.
"""

import contextlib
import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import NoReturn

from django.db import connections

logger = logging.getLogger(__name__)

_STOP_SECONDS = 12
_MOST_WAIT_SECONDS = 30
_STEADY_SECONDS = 60
_PR_SET_PDEATHSIG = 1


@dataclass(slots=True)
class Service:
    """One child: what it runs, and the signal that asks it to finish what it has begun."""

    name: str
    run: Callable[[], None]
    stop_signal: signal.Signals
    pid: int = 0
    started: float = 0.0
    starts_at: float = 0.0
    deaths: int = field(default=0)


class Supervisor:
    """Runs services until SIGINT or SIGTERM. A service that keeps dying is restarted ever more slowly."""

    def __init__(self, services: Sequence[Service]) -> None:
        self._services = services
        self._is_stopping = False

    def run(self) -> None:
        """Return after every service has ended."""
        signal.signal(signal.SIGINT, self._ask_to_stop)
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        connections.close_all()
        gc.freeze()
        while not self._is_stopping:
            self._start_due()
            self._reap()
            time.sleep(0.2)
        self._stop_all()

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        if self._is_stopping:
            self._send_all(signal.SIGKILL)
        self._is_stopping = True

    def _start_due(self) -> None:
        for service in self._services:
            if not service.pid and time.monotonic() >= service.starts_at:
                service.started = time.monotonic()
                service.pid = os.fork() or _become(service)
                logger.info("%s started, process %s", service.name, service.pid)

    def _reap(self) -> None:
        for service in self._services:
            if not service.pid:
                continue
            pid, status = os.waitpid(service.pid, os.WNOHANG)
            if pid:
                self._note_death(service, os.waitstatus_to_exitcode(status))

    def _note_death(self, service: Service, exit_code: int) -> None:
        lived_seconds = time.monotonic() - service.started
        service.deaths = 1 if lived_seconds > _STEADY_SECONDS else service.deaths + 1
        wait_seconds = min(2 ** (service.deaths - 1) - 1, _MOST_WAIT_SECONDS)
        service.pid, service.starts_at = 0, time.monotonic() + wait_seconds
        if not self._is_stopping:
            logger.error("%s ended with %s; starting it again", service.name, exit_code)

    def _stop_all(self) -> None:
        for service in self._services:
            _send(service, service.stop_signal)
        deadline = time.monotonic() + _STOP_SECONDS
        while any(service.pid for service in self._services):
            self._reap()
            if time.monotonic() > deadline:
                # What was being fetched keeps its lease and is taken up again when that runs out.
                self._send_all(signal.SIGKILL)
            time.sleep(0.05)

    def _send_all(self, number: signal.Signals) -> None:
        for service in self._services:
            _send(service, number)


def run_in_child(function: Callable[[], object]) -> int:
    """Run a function in a forked child and return its exit code; what it took of memory goes with it."""
    pid = os.fork() or _leave(function)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _send(service: Service, number: signal.Signals) -> None:
    if service.pid:
        target = -service.pid if number == signal.SIGKILL else service.pid
        with contextlib.suppress(ProcessLookupError):
            os.kill(target, number)


def _become(service: Service) -> NoReturn:
    """Turn the freshly forked child into the service."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _die_with_parent(service.stop_signal)
    _leave(service.run)


def _leave(function: Callable[[], object]) -> NoReturn:
    """Run the function and end this process; never return to the code that forked it."""
    exit_code = 1
    try:
        function()
        exit_code = 0
    except SystemExit as leaving:
        exit_code = leaving.code if isinstance(leaving.code, int) else 1
    except KeyboardInterrupt:
        exit_code = 0
    except BaseException:
        logger.exception("a child process failed")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(exit_code)


def _die_with_parent(number: signal.Signals) -> None:
    """Ask Linux to signal us when the supervisor is killed outright; elsewhere there is no such call."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(number))
