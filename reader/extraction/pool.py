"""Extraction in killable processes: a hostile page costs one article, never the worker."""

import dataclasses
import multiprocessing
import resource
import threading
from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from reader.errors import ExtractionTimedOut, TooComplex
from reader.extraction.extract import extract
from reader.sites import SiteRule
from reader.values import ExtractedArticle, Page

P = ParamSpec("P")
T = TypeVar("T")

TIMEOUT_SECONDS = 15
_MAX_ADDRESS_SPACE_BYTES = 1024**3
_PROCESSES = 2
# A fresh process now and then keeps memory flat, whatever the C libraries hold on to.
_TASKS_PER_PROCESS = 200

_lock = threading.Lock()
_pool: ProcessPool | None = None


def run_in_pool(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a pure, picklable function in a process of its own and return its result.

    Errors of the function come through as they are. Raises ExtractionTimedOut after
    ``TIMEOUT_SECONDS``, and TooComplex when the process ran out of memory or died.
    """
    future = _running_pool().schedule(_call, args=(function, args, kwargs), timeout=TIMEOUT_SECONDS)
    try:
        result: T = future.result()
    except FutureTimeoutError as error:
        raise ExtractionTimedOut(f"more than {TIMEOUT_SECONDS} s") from error
    except (ProcessExpired, MemoryError) as error:
        raise TooComplex(f"the extraction process ended: {error}") from error
    return result


def extract_in_pool(page: Page, rule: SiteRule | None) -> ExtractedArticle:
    """Extract a page as ``run_in_pool`` does; a site rule that takes too long costs itself, not the article.

    The article is then made once more without the rule, and its trace says so.
    """
    try:
        return run_in_pool(extract, page, rule)
    except (ExtractionTimedOut, TooComplex) as error:
        if rule is None:
            raise
        article = run_in_pool(extract, page, None)
        told = f"site rule: {rule.name} was left out, with it the extraction ended: {error.code}"
        return dataclasses.replace(article, trace=(told, *article.trace))


def stop_pool() -> None:
    """End the processes; the next call starts new ones."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is not None:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one untyped
        pool.join()


def _running_pool() -> ProcessPool:
    global _pool  # noqa: PLW0603
    with _lock:
        if _pool is None or not _pool.active:
            # Forked from a small server process, never from the many threads of the worker.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["reader.extraction"])
            _pool = ProcessPool(
                max_workers=_PROCESSES,
                max_tasks=_TASKS_PER_PROCESS,
                initializer=_limit_process,
                context=context,
            )
        return _pool


def _limit_process() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_ADDRESS_SPACE_BYTES, _MAX_ADDRESS_SPACE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _call(function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    return function(*args, **kwargs)
