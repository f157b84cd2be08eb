from datetime import timedelta

import pytest
from django.utils import timezone

from reader.models import User
from reader.services.progress import keep_progress
from tests.builders import make_saved


def test_the_device_that_read_last_is_believed_whichever_tells_first(ann: User) -> None:
    saved = make_saved(ann)

    assert keep_progress(saved=saved, progress=600, position=12.25, seconds_ago=60)
    assert not keep_progress(saved=saved, progress=100, position=2, seconds_ago=3600)

    saved.refresh_from_db()
    assert (saved.progress, saved.position) == (600, 12.25)
    assert saved.read_at is not None
    assert timedelta(seconds=59) < timezone.now() - saved.read_at < timedelta(seconds=70)


@pytest.mark.parametrize(
    ("progress", "position", "seconds_ago", "kept"),
    [
        (-5, -1.0, -60.0, (0, 0.0)),
        (99_999, 1e300, 1e300, (1000, 100_000.0)),
        (500, float("nan"), float("nan"), (500, 0.0)),
        (500, float("inf"), float("-inf"), (500, 0.0)),
    ],
)
def test_nonsense_is_brought_into_range(
    ann: User, progress: int, position: float, seconds_ago: float, kept: tuple[int, float]
) -> None:
    saved = make_saved(ann)

    assert keep_progress(saved=saved, progress=progress, position=position, seconds_ago=seconds_ago)

    saved.refresh_from_db()
    assert (saved.progress, saved.position) == kept
    assert saved.read_at is not None
    assert saved.read_at <= timezone.now()
