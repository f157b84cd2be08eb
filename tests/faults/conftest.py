"""The publishers of all scenes, and one site for the faults that leave its processes alone."""

from collections.abc import Iterator

import pytest

from tests.faults.scene import Scene, running_scene
from tests.page_server import PageServer


@pytest.fixture(scope="session")
def server() -> Iterator[PageServer]:
    with PageServer() as running:
        yield running


@pytest.fixture(scope="session")
def steady(server: PageServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with running_scene(tmp_path_factory.mktemp("steady"), server) as running:
        yield running
