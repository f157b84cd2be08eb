"""Installations that several tests read."""

from pathlib import Path

import pytest

from tests.backup.installations import KINDS, Installation, make_installation


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A site with people, articles and snapshots, on PostgreSQL where that is here; nobody changes it."""
    return _make_filled(tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Another, which tests may change."""
    return _make_filled(tmp_path_factory.mktemp("busy"))


def _make_filled(folder: Path) -> Installation:
    installation = make_installation(folder, KINDS[-1])
    installation.run("prepare")
    installation.call("fill()")
    return installation
