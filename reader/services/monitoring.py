"""What an operator's machines ask: whether the site is ready for readers, and its numbers."""

import itertools
import shutil
from collections import defaultdict
from dataclasses import dataclass
from math import inf

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.models import Count, Min, Sum
from django.utils import timezone
from huey.contrib.djhuey import HUEY

from reader import __version__
from reader.measuring import BUCKETS
from reader.models import Article, ArticlePicture, Asset, Measure, SavedArticle, Snapshot

# It sweeps every minute; after three it is not at work.
_SWEEPER_SECONDS = 180
_COUNTED_AGAIN_SECONDS = 30
_STAGES = {
    "fetch": "fetches of a page",
    "extract": "extractions of a page",
    "picture": "fetches of a picture, its decoding and storing included",
}

# What is appended to the name, the labels, the value.
Sample = tuple[str, tuple[tuple[str, str], ...], float]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that readers depend on, and how it is in a few words without anything secret."""

    name: str
    is_ok: bool
    told: str


@dataclass(frozen=True, slots=True)
class Metric:
    """One number or family of numbers, for each combination of labels."""

    name: str
    kind: str
    help: str
    samples: tuple[Sample, ...]


def check_readiness() -> list[Check]:
    """Look at database, queue, sweeper and disk; each costs at most one small query."""
    return [_check_database(), _check_queue(), _check_sweeper(), _check_disk()]


def measure_site() -> list[Metric]:
    """Return all numbers; those that are counted over whole tables are up to half a minute old."""
    now = timezone.now().timestamp()
    return [
        _gauge("build_info", "The version that answers.", 1, version=__version__),
        *(cache.get_or_set("reader.monitoring.counts", _count_rows, _COUNTED_AGAIN_SECONDS) or ()),
        *_measure_queue(now),
        *_measure_stages(),
        _gauge("disk_free_bytes", "Space left for the data folder.", _free_bytes()),
    ]


def _check_database() -> Check:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return Check("database", False, "does not answer")
    return Check("database", True, "answers")


def _check_queue() -> Check:
    try:
        with connection.wrap_database_errors:
            HUEY.pending_count()
    except (Error, OSError):
        return Check("queue", False, "does not answer")
    return Check("queue", True, "answers")


def _check_sweeper() -> Check:
    try:
        age_seconds = _sweeper_age_seconds(timezone.now().timestamp())
    except Error:
        return Check("sweeper", False, "unknown")
    if age_seconds is None:
        return Check("sweeper", False, "has never run; is a worker running?")
    # A sweep in the future was noted before the clock was set back, and says nothing of now.
    return Check("sweeper", abs(age_seconds) <= _SWEEPER_SECONDS, f"ran {age_seconds:.0f} s ago")


def _check_disk() -> Check:
    is_ok = _free_bytes() >= settings.READER_MIN_FREE_MB * 1_000_000
    return Check("disk", is_ok, "has space" if is_ok else "is nearly full")


def _free_bytes() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free


def _sweeper_age_seconds(now: float) -> float | None:
    swept_at = Measure.objects.named("swept_at").values_list("value", flat=True).first()
    return None if swept_at is None else now - swept_at


def _count_rows() -> list[Metric]:
    entries = SavedArticle.objects.present().values_list("article__state").annotate(count=Count("pk"))
    articles = Article.objects.values_list("state").annotate(count=Count("pk"))
    kept = Snapshot.objects.aggregate(pages=Count("pk"), size=Sum("body_bytes", default=0))
    return [
        _by_state("entries", "Entries on reading lists, by the state of their article.", dict(entries)),
        _by_state("articles", "Articles by state.", dict(articles)),
        _gauge("snapshots", "Pages kept as they came.", kept["pages"]),
        _gauge("snapshot_bytes", "Their bytes, before compression.", kept["size"]),
        *_count_pictures(),
        _gauge("database_bytes", "Size of the database.", _measure_database()),
    ]


def _count_pictures() -> list[Metric]:
    pictures = dict(ArticlePicture.objects.values_list("state").annotate(count=Count("pk")))
    states = ArticlePicture.State.values
    samples = tuple(("", (("state", state),), pictures.get(state, 0)) for state in states)
    kept = Asset.objects.aggregate(files=Count("pk"), size=Sum("size_bytes", default=0))
    return [
        Metric("pictures", "gauge", "Pictures of articles, by state.", samples),
        _gauge("picture_files", "Files that they are kept in.", kept["files"]),
        _gauge("picture_bytes", "The bytes of these files.", kept["size"]),
    ]


def _measure_database() -> int:
    size = "pg_database_size(current_database())"
    if connection.vendor == "sqlite":
        size = "page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {size}")
        return int(cursor.fetchone()[0])


def _measure_queue(now: float) -> list[Metric]:
    queued = Article.objects.filter(state=Article.State.QUEUED)
    waiting = queued.aggregate(count=Count("pk"), since=Min("queued_at"))
    age_seconds = max(0.0, now - waiting["since"].timestamp()) if waiting["since"] else 0.0
    metrics = [
        _gauge("queue_waiting", "Articles that wait for a worker.", waiting["count"]),
        _gauge("queue_age_seconds", "How long the one that came first has waited.", age_seconds),
    ]
    sweeper_age = _sweeper_age_seconds(now)
    if sweeper_age is not None:
        metrics.append(_gauge("sweep_age_seconds", "Time since the last sweep.", sweeper_age))
    return metrics


def _measure_stages() -> list[Metric]:
    totals: dict[str, dict[str, float]] = defaultdict(dict)
    for name, label, value in Measure.objects.order_by("label").values_list("name", "label", "value"):
        totals[name][label] = value
    metrics = []
    for stage, words in _STAGES.items():
        ended = tuple(("", (("code", code),), value) for code, value in totals[f"{stage}_total"].items())
        metrics.append(Metric(f"{stage}_total", "counter", f"How {words} ended, by code.", ended))
        seconds, total_seconds = totals[f"{stage}_seconds"], totals[f"{stage}_seconds_sum"].get("", 0.0)
        metrics.append(_histogram(f"{stage}_seconds", f"Duration of {words}.", seconds, total_seconds))
    return metrics


def _histogram(name: str, words: str, counts: dict[str, float], total: float) -> Metric:
    """Add the counts up, as Prometheus wants each bucket to hold the smaller ones."""
    up_to = list(itertools.accumulate(counts.get(str(most), 0.0) for most in BUCKETS))
    samples: list[Sample] = [
        ("_bucket", (("le", "+Inf" if most == inf else str(most)),), count)
        for most, count in zip(BUCKETS, up_to, strict=True)
    ]
    samples += [("_sum", (), total), ("_count", (), up_to[-1])]
    return Metric(name, "histogram", words, tuple(samples))


def _by_state(name: str, words: str, counts: dict[str, int]) -> Metric:
    samples = tuple(("", (("state", state),), counts.get(state, 0)) for state in Article.State.values)
    return Metric(name, "gauge", words, samples)


def _gauge(name: str, words: str, value: float, **labels: str) -> Metric:
    return Metric(name, "gauge", words, (("", tuple(labels.items()), value),))
