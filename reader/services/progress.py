"""How far a person has read an article, the same on all devices."""

import math
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from reader.models import SavedArticle

# What a device that was without a network may tell late.
_LONGEST_AGO = timedelta(days=60)
_MOST_BLOCKS = 100_000


def keep_progress(*, saved: SavedArticle, progress: int, position: float, seconds_ago: float = 0) -> bool:
    """Keep how far the person was, so many seconds ago; tell whether it is the newest that is known.

    ``progress`` is in thousandths, ``position`` as in the table. Devices agree on what was read last: what is
    told late changes nothing. One statement decides, so two devices may tell at once. What is out of range
    is brought into it.
    """
    read_at = _find_moment(seconds_ago)
    own = SavedArticle.objects.filter(Q(read_at=None) | Q(read_at__lt=read_at), pk=saved.pk)
    return bool(
        own.update(
            progress=min(max(progress, 0), 1000),
            position=min(max(position, 0.0), float(_MOST_BLOCKS)) if math.isfinite(position) else 0.0,
            read_at=read_at,
        )
    )


def _find_moment(seconds_ago: float) -> datetime:
    now = timezone.now()
    if not math.isfinite(seconds_ago) or seconds_ago <= 0:
        return now
    return now - min(timedelta(seconds=min(seconds_ago, 1e9)), _LONGEST_AGO)
