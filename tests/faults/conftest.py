"""The publishers of all scenes, and one site for the faults that leave its processes alone."""

from collections.abc import Iterator

import pytest

from tests.faults.scene import Scene, running_scene
from tests.on_postgresql import RunningServer, find_server_programs, running_server
from tests.page_server import PageServer


@pytest.fixture(scope="session")
def server() -> Iterator[PageServer]:
    with PageServer() as running:
        yield running


@pytest.fixture(scope="session")
def steady(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("steady"), server) as running:
        yield running


@pytest.fixture(scope="module")
def postgresql() -> Iterator[RunningServer]:
    programs = find_server_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL server program (initdb) here")
    with running_server(programs) as running:
        yield running
