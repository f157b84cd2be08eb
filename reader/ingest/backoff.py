"""When a passing failure is tried again: after a minute, ten, two hours, twenty; together about a day."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from reader.errors import (
    ExtractionInterrupted,
    PictureInterrupted,
    PictureTooLarge,
    PublisherBusy,
    ReaderError,
    TooComplex,
)
from reader.models.article import MAX_ATTEMPTS

_WAITS_SECONDS = (60, 10 * 60, 2 * 3600, 20 * 3600)
_MAX_RETRY_AFTER_SECONDS = 24 * 3600
# What it is that ends its process again and again, over a day.
_AT_LAST: dict[type[ReaderError], type[ReaderError]] = {
    ExtractionInterrupted: TooComplex,
    PictureInterrupted: PictureTooLarge,
}


def next_attempt_at(attempts: int, error: ReaderError) -> datetime | None:
    """Return the moment of the next try after so many, or None where there is none.

    A publisher that asks to wait longer is heard, for a day at most.
    """
    if error.permanent or attempts >= MAX_ATTEMPTS:
        return None
    seconds: float = _WAITS_SECONDS[min(attempts, len(_WAITS_SECONDS)) - 1]
    seconds *= random.uniform(0.8, 1.2)  # noqa: S311 - jitter, not a secret
    if isinstance(error, PublisherBusy) and error.retry_after_seconds:
        seconds = min(max(seconds, error.retry_after_seconds), _MAX_RETRY_AFTER_SECONDS)
    return timezone.now() + timedelta(seconds=seconds)


def settle(error: ReaderError, attempts: int, code_before: str) -> ReaderError:
    """Return what the failure is to be called after so many tries, the last of which ended by this code.

    One process that died says nothing of what it read. When the last try ends as the one before it did, it
    is what it read that is at fault.
    """
    at_last = _AT_LAST.get(type(error))
    if at_last and attempts >= MAX_ATTEMPTS and code_before == error.code:
        return at_last(error.detail)
    return error
