"""Extraction in killable processes: a hostile page costs one article, never the worker."""

import dataclasses
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from reader.errors import ExtractionInterrupted, ExtractionTimedOut
from reader.extraction.extract import extract
from reader.killable import CallDied, CallTimedOut, KillablePool
from reader.sites import SiteRule
from reader.values import ExtractedArticle, Page

P = ParamSpec("P")
T = TypeVar("T")

TIMEOUT_SECONDS = 15
_pool = KillablePool(processes=2)
stop_pool = _pool.stop


def run_in_pool(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call a pure, picklable function in a process of its own and return its result.

    Errors of the function come through as they are. Raises ExtractionTimedOut after
    ``TIMEOUT_SECONDS``, and ExtractionInterrupted when the process ran out of memory or died.
    """
    return run_within(TIMEOUT_SECONDS, function, *args, **kwargs)


def run_within(seconds: float, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The same with another limit: where a person waits for the answer, the usual one is too long."""
    try:
        return _pool.call(seconds, function, args, kwargs)
    except CallTimedOut as error:
        raise ExtractionTimedOut(str(error)) from error
    except CallDied as error:
        raise ExtractionInterrupted(str(error)) from error


def extract_in_pool(page: Page, rule: SiteRule | None) -> ExtractedArticle:
    """Extract a page as ``run_in_pool`` does; a site rule that takes too long costs itself, not the article.

    The article is then made once more without the rule, and its trace says so.
    """
    try:
        return run_in_pool(extract, page, rule)
    except (ExtractionTimedOut, ExtractionInterrupted) as error:
        if rule is None:
            raise
        article = run_in_pool(extract, page, None)
        told = f"site rule: {rule.name} was left out, with it the extraction ended: {error.code}"
        return dataclasses.replace(article, trace=(told, *article.trace))
