"""The doorbell: an article whose host is being talked to waits its turn, and holds no thread meanwhile."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from django.db import connection, connections
from huey.contrib.djhuey import HUEY
from pytest_django import Settings

from reader import tasks
from reader.doorbell import QueueConnection
from reader.fetching.politeness import HostLines
from reader.management.commands.work import keep_small
from reader.models import Article
from tests.builders import make_article


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The articles that were worked on; while the first one is, the doorbell rings for all the others."""
    seen: list[int] = []

    def ingest(article_id: int) -> None:
        seen.append(article_id)
        if len(seen) == 1:
            for other in Article.objects.exclude(pk=article_id).order_by("pk"):
                tasks.fetch_article.call_local(other.pk)

    monkeypatch.setattr(tasks, "ingest", ingest)
    monkeypatch.setattr(tasks, "_lines", HostLines())
    HUEY.flush()
    yield seen
    HUEY.flush()


def run_next() -> None:
    task = HUEY.dequeue()
    tasks.fetch_article.call_local(*task.args, task=task)


def rung_for() -> list[int]:
    return [task.args[0] for task in HUEY.pending()]


def test_an_article_of_a_host_at_work_waits_and_others_do_not(db: None, begun: list[int]) -> None:
    first, second, third = (make_article(state=Article.State.QUEUED) for _ in range(3))
    elsewhere = make_article(state=Article.State.QUEUED, host="lain.example")

    tasks.fetch_article.call_local(first.pk)

    assert begun == [first.pk, elsewhere.pk]
    assert rung_for() == [second.pk]

    HUEY.flush()
    tasks.fetch_article.call_local(second.pk)
    assert begun[-1] == second.pk
    assert rung_for() == [third.pk]


def test_a_fault_does_not_close_the_host(db: None, begun: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (make_article(state=Article.State.QUEUED) for _ in range(2))

    def fail(article_id: int) -> None:
        tasks.fetch_article.call_local(second.pk)
        raise RuntimeError

    monkeypatch.setattr(tasks, "ingest", fail)
    with pytest.raises(RuntimeError):
        tasks.fetch_article.call_local(first.pk)
    assert rung_for() == [second.pk]


def test_an_article_that_is_gone_is_nobodys_turn(db: None, begun: list[int]) -> None:
    tasks.fetch_article.call_local(999_999)
    assert begun == []


def test_a_single_link_goes_before_the_many_of_another_paste(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
    db: None,
    begun: list[int],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        tasks.enqueue_fetch(range(1, 101))
        tasks.enqueue_fetch([500])
    order = [HUEY.dequeue().args[0] for _ in range(101)]
    assert order == [1, 2, 3, 4, 5, 500, *range(6, 101)]


def test_a_single_link_goes_before_another_pastes_links_of_the_same_host(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
    db: None,
    begun: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = [make_article(state=Article.State.QUEUED).pk for _ in range(30)]
    single = make_article(state=Article.State.QUEUED).pk
    order: list[int] = []

    def ingest(article_id: int) -> None:
        order.append(article_id)
        if len(order) == 1:  # meanwhile everything else is rung for
            for _ in range(len(HUEY)):
                run_next()

    monkeypatch.setattr(tasks, "ingest", ingest)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.enqueue_fetch(many)
        tasks.enqueue_fetch([single])
    while len(HUEY):
        run_next()

    assert order == [*many[:5], single, *many[5:]]


def test_the_queue_does_not_flush_the_disk_at_each_ring(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "queue.sqlite3", factory=QueueConnection)
    assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
    connection.close()


def test_no_task_keeps_the_queries_of_those_before(db: None, settings: Settings) -> None:
    settings.DEBUG = True
    make_article(title="Panen Kopi")
    assert any("Panen Kopi" in query["sql"] for query in connection.queries)

    HUEY.execute(tasks.carry_index_on.s())

    assert not any("Panen Kopi" in query["sql"] for query in connection.queries)


def test_the_workers_threads_hold_little_of_the_database(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    options = {**connections.settings["default"]["OPTIONS"]}
    monkeypatch.setitem(connections.settings["default"], "OPTIONS", options)

    keep_small()

    if connection.vendor == "sqlite":
        with closing(connections.create_connection("default")) as fresh, fresh.cursor() as cursor:
            assert cursor.execute("PRAGMA cache_size").fetchone() == (-256,)
