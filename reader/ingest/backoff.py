"""When a passing failure is tried again: after a minute, ten, two hours, twenty; together about a day."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from reader.errors import PublisherBusy, ReaderError
from reader.models.article import MAX_ATTEMPTS

_WAITS_SECONDS = (60, 10 * 60, 2 * 3600, 20 * 3600)
_MAX_RETRY_AFTER_SECONDS = 24 * 3600


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
