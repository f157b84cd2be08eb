"""Installations that several tests read."""

import pytest

from tests.backup.installations import KINDS, Installation, make_installation


@pytest.fixture(scope="module", params=KINDS)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A site with people, articles and snapshots, on each kind of database there is here."""
    installation = make_installation(tmp_path_factory.mktemp("source"), request.param)
    installation.run("prepare")
    installation.call("fill()")
    return installation
