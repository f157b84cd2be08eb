"""Installations that several tests read."""

import pytest

from tests.backup.installations import KINDS, Installation, make_installation


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A site with people, articles and snapshots, on PostgreSQL where that is here."""
    installation = make_installation(tmp_path_factory.mktemp("source"), KINDS[-1])
    installation.run("prepare")
    installation.call("fill()")
    return installation
