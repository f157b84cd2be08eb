"""Counting the work as it is done: how each stage ended and how long it took, gathered in this process first.

Counted in memory and written every few seconds, so that an article costs no writing of its own; a killed
worker loses the counts of those seconds and nothing else.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, transaction

from reader.errors import ReaderError
from reader.models.measure import Measure

logger = logging.getLogger(__name__)

# A stage's seconds are counted in the first of these that they do not exceed.
BUCKETS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, float("inf"))
_FLUSH_SECONDS = 10

_lock = threading.Lock()
_waiting: defaultdict[tuple[str, str], float] = defaultdict(float)


@contextmanager
def measured(stage: str) -> Iterator[None]:
    """Count how the block ends, by the code of its ReaderError or ``ok``, and how long it takes."""
    began = time.monotonic()
    code = "internal_fault"
    try:
        yield
        code = "ok"
    except ReaderError as error:
        code = error.code
        raise
    finally:
        _count(stage, code, time.monotonic() - began)


def flush() -> None:
    """Write what was counted; what cannot be written is kept for the next time."""
    with _lock:
        taken = dict(_waiting)
        _waiting.clear()
    try:
        with transaction.atomic():
            for (name, label), amount in taken.items():
                Measure.objects.add(name, label, amount)
    except DatabaseError as error:
        logger.warning("the counts could not be written, they wait: %s", error)
        with _lock:
            for key, amount in taken.items():
                _waiting[key] += amount


def keep_flushing() -> None:
    """Flush every few seconds in a thread that ends with the process."""
    threading.Thread(target=_flush_forever, name="measuring", daemon=True).start()


def _count(stage: str, code: str, seconds: float) -> None:
    bucket = next(most for most in BUCKETS if seconds <= most)
    with _lock:
        _waiting[f"{stage}_total", code] += 1
        _waiting[f"{stage}_seconds", str(bucket)] += 1
        _waiting[f"{stage}_seconds_sum", ""] += seconds


def _flush_forever() -> None:
    while True:
        time.sleep(_FLUSH_SECONDS)
        close_old_connections()
        flush()
