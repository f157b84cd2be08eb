"""What machines ask: alive, ready, numbers."""

import json
import re
import shutil
from collections import namedtuple
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from reader import measuring, tasks
from reader.errors import NotAPicture, PageGone
from reader.measuring import flush, measured
from reader.models import Article, Measure, User
from tests.builders import make_article, make_asset, make_picture, make_saved, make_user

pytestmark = pytest.mark.django_db

READY = "/health/ready"
METRICS = "/metrics"
TOKEN = "sebuah-token-yang-cukup-panjang"


@pytest.fixture(autouse=True)
def _swept() -> None:
    note_sweep(5)


def note_sweep(seconds_ago: float) -> None:
    Measure.objects.note("swept_at", timezone.now().timestamp() - seconds_ago)


def ask(client: Client) -> tuple[int, dict[str, bool]]:
    response = client.get(READY)
    checks = response.json()["checks"]
    assert response.json()["ready"] == (response.status_code == 200)
    return response.status_code, {name: check["ok"] for name, check in checks.items()}


ALL_WELL = {"database": True, "queue": True, "sweeper": True, "disk": True}


# --- ready ---


def test_ready_when_all_is_well_before_anybody_exists(client: Client) -> None:
    response = client.get(READY)

    assert response.status_code == 200
    assert re.fullmatch(r"ran \d+ s ago", response.json()["checks"]["sweeper"]["told"])
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Type"] == "application/json"
    assert "sessionid" not in response.cookies
    assert ask(client) == (200, ALL_WELL)


@pytest.mark.parametrize("seconds_ago", [600, -600], ids=["long ago", "before the clock was set back"])
def test_not_ready_when_nobody_sweeps(client: Client, seconds_ago: float) -> None:
    note_sweep(seconds_ago)

    assert ask(client) == (503, {**ALL_WELL, "sweeper": False})


def test_not_ready_before_the_first_worker(client: Client) -> None:
    Measure.objects.all().delete()

    assert ask(client) == (503, {**ALL_WELL, "sweeper": False})


def test_not_ready_without_a_queue(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise connection.Database.OperationalError("no such table: task")  # type: ignore[attr-defined]

    monkeypatch.setattr("reader.services.monitoring.HUEY.pending_count", fail)

    assert ask(client) == (503, {**ALL_WELL, "queue": False})


def test_not_ready_without_a_database_and_without_its_words(client: Client) -> None:
    with patch("django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError("password=x")):
        response = client.get(READY)

    assert response.status_code == 503
    assert response.json()["checks"]["database"]["ok"] is False
    assert response.json()["checks"]["sweeper"]["ok"] is False
    assert "password" not in response.content.decode()


def test_not_ready_with_a_full_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**12, 10**12, 10**8))

    assert ask(client) == (503, {**ALL_WELL, "disk": False})


def test_the_sweep_notes_that_it_ran(client: Client) -> None:
    note_sweep(600)

    tasks.sweep.call_local()

    assert ask(client) == (200, ALL_WELL)


# --- metrics ---


def read_metrics(client: Client, token: str = TOKEN) -> dict[str, float]:
    """Read the text format as strictly as Prometheus does."""
    response = client.get(METRICS, headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    text = response.content.decode()
    assert text.endswith("\n")
    numbers: dict[str, float] = {}
    typed = set()
    for line in text.splitlines():
        if line.startswith("# TYPE "):
            name, kind = line.split()[2:]
            assert kind in {"gauge", "counter", "histogram"}
            typed.add(name)
        elif not line.startswith("# HELP "):
            name, _, value = line.rpartition(" ")
            assert name not in numbers
            family = name.partition("{")[0]
            assert any(family == each or family.startswith(f"{each}_") for each in typed)
            numbers[name] = float(value)
    return numbers


def test_without_a_token_set_there_are_no_numbers(client: Client, ann: User) -> None:
    assert client.get(METRICS).status_code == 404
    assert client.get(METRICS, headers={"Authorization": "Bearer "}).status_code == 404


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer é", TOKEN],
)
def test_who_has_no_token_is_refused(client: Client, settings: Settings, mia: User, header: str) -> None:
    settings.READER_METRICS_TOKEN = TOKEN
    client.force_login(mia)

    response = client.get(METRICS, headers={"Authorization": header} if header else {})

    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.content == b""


def test_numbers_tell_states_queue_and_space(
    client: Client, settings: Settings, ann: User, ben: User
) -> None:
    settings.READER_METRICS_TOKEN = TOKEN
    shared = make_article()
    make_saved(ann, article=shared)
    make_saved(ben, article=shared)
    make_saved(ann, state=Article.State.QUEUED, queued_at=timezone.now() - timedelta(minutes=5))
    make_saved(ann, deleted_at=timezone.now())

    numbers = read_metrics(client)

    assert numbers['teduh_entries{state="ready"}'] == 2
    assert numbers['teduh_entries{state="queued"}'] == 1
    assert numbers['teduh_entries{state="failed"}'] == 0
    assert numbers['teduh_articles{state="ready"}'] == 2
    assert numbers["teduh_queue_waiting"] == 1
    assert 299 < numbers["teduh_queue_age_seconds"] < 330
    assert 4 < numbers["teduh_sweep_age_seconds"] < 60
    assert numbers["teduh_database_bytes"] > 10_000
    assert numbers["teduh_disk_free_bytes"] > 0
    assert numbers["teduh_snapshot_bytes"] == 0


def test_numbers_tell_how_the_work_ended_and_how_long_it_took(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.READER_METRICS_TOKEN = TOKEN
    measuring._waiting.clear()
    clock = iter([0.0, 0.2, 10.0, 12.0, 20.0, 99.0])
    monkeypatch.setattr("reader.measuring.time.monotonic", lambda: next(clock))
    with measured("fetch"):
        pass
    with pytest.raises(PageGone), measured("fetch"):
        raise PageGone
    with pytest.raises(ZeroDivisionError), measured("fetch"):
        raise ZeroDivisionError
    monkeypatch.undo()
    settings.READER_METRICS_TOKEN = TOKEN
    flush()
    flush()

    numbers = read_metrics(client)

    assert numbers['teduh_fetch_total{code="ok"}'] == 1
    assert numbers['teduh_fetch_total{code="page_gone"}'] == 1
    assert numbers['teduh_fetch_total{code="internal_fault"}'] == 1
    assert numbers['teduh_fetch_seconds_bucket{le="0.1"}'] == 0
    assert numbers['teduh_fetch_seconds_bucket{le="0.3"}'] == 1
    assert numbers['teduh_fetch_seconds_bucket{le="3.0"}'] == 2
    assert numbers['teduh_fetch_seconds_bucket{le="+Inf"}'] == 3
    assert numbers["teduh_fetch_seconds_count"] == 3
    assert numbers["teduh_fetch_seconds_sum"] == pytest.approx(81.2)
    assert numbers["teduh_extract_seconds_count"] == 0


def test_counts_that_cannot_be_written_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    measuring._waiting.clear()
    with measured("fetch"):
        pass
    with patch("reader.models.measure.MeasureQuerySet.add", side_effect=OperationalError("locked")):
        flush()
    assert not Measure.objects.named("fetch_total", "ok").exists()

    flush()

    assert Measure.objects.get(name="fetch_total", label="ok").value == 1


def test_the_numbers_tell_of_pictures(client: Client, settings: Settings) -> None:
    settings.READER_METRICS_TOKEN = TOKEN
    cache.clear()
    make_picture(make_article(), "https://gambar.example/1.jpg", asset=make_asset(b"gambar"))
    with pytest.raises(NotAPicture), measured("picture"):
        raise NotAPicture
    flush()
    numbers = read_metrics(client)

    assert numbers['teduh_pictures{state="kept"}'] == 1
    assert numbers['teduh_pictures{state="failed"}'] == 0
    assert numbers["teduh_picture_files"] == 1
    assert numbers["teduh_picture_bytes"] == 6
    assert numbers['teduh_picture_total{code="not_a_picture"}'] == 1


# --- both ---


@pytest.mark.parametrize("page", [READY, METRICS])
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "trace"])
def test_odd_methods_are_refused(client: Client, page: str, method: str) -> None:
    assert client.generic(method.upper(), page).status_code == 405


@pytest.mark.parametrize(("page", "queries"), [(READY, 2), (METRICS, 16)])
def test_the_questions_to_the_database_are_few_and_do_not_grow(
    client: Client,
    settings: Settings,
    page: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    settings.READER_METRICS_TOKEN = TOKEN
    person = make_user()
    for _ in range(2):
        for _ in range(10):
            make_saved(person)
        cache.clear()
        with django_assert_num_queries(queries):
            client.get(page, headers={"Authorization": f"Bearer {TOKEN}"})


def test_the_readiness_is_json_a_machine_can_read(client: Client) -> None:
    assert set(json.loads(client.get(READY).content)) == {"ready", "checks"}
