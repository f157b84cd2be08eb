"""The cast of all tests, and the rule that an installation with everything allows no skip."""

import os
import socket
from collections.abc import Generator
from typing import Any

import pytest
from django.core.files.storage import storages

from reader.fetching import politeness
from reader.models import Asset, Snapshot, User
from reader.services.roles import ADMINISTRATOR, MODERATOR, give_role
from reader.web.middleware import SetupMiddleware
from tests.builders import make_user


@pytest.fixture(autouse=True)
def _forget_set_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin as a process that has not yet seen a user."""
    monkeypatch.setattr(SetupMiddleware, "is_set_up", False)


@pytest.fixture(autouse=True)
def _no_manners(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetch from the page server without pauses, and forget between tests what it asked for."""
    monkeypatch.setattr(politeness, "PAUSE_SECONDS", 0.0)
    politeness.forget_hosts()


@pytest.fixture(autouse=True)
def _same_storages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tables use the storages that are there: a test that changed the setting has made new ones."""
    for model, alias in ((Asset, "assets"), (Snapshot, "snapshots")):
        monkeypatch.setattr(model._meta.get_field("file"), "storage", storages[alias])


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The addresses that a socket was connected to."""
    seen: list[Any] = []
    connect = socket.socket.connect

    def watch(own: socket.socket, address: Any) -> None:
        seen.append(address)
        connect(own, address)

    monkeypatch.setattr(socket.socket, "connect", watch)
    return seen


@pytest.fixture
def ann(db: None) -> User:
    """The owner of the list that a test is about."""
    return make_user("ann")


@pytest.fixture
def ben(db: None) -> User:
    """Another reader."""
    return make_user("ben")


@pytest.fixture
def mia(db: None) -> User:
    """The moderator."""
    moderator = make_user("mia")
    give_role(user=moderator, role=MODERATOR)
    return moderator


@pytest.fixture
def adi(db: None) -> User:
    """The administrator."""
    administrator = make_user("adi")
    give_role(user=administrator, role=ADMINISTRATOR)
    return administrator


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only what touches the database where ``TESTS_OF_DATABASE_ONLY=1`` asks for it."""
    if os.environ.get("TESTS_OF_DATABASE_ONLY") != "1":
        return
    without = [item for item in items if not _uses_database(item)]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if _uses_database(item)]


def _uses_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where ``TESTS_ALLOW_NO_SKIP=1`` says that everything is installed."""
    report = yield
    if report.skipped and os.environ.get("TESTS_ALLOW_NO_SKIP") == "1" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although TESTS_ALLOW_NO_SKIP is set: {report.longrepr}"
    return report
