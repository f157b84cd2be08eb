"""The publishers of all scenes."""

from collections.abc import Iterator

import pytest

from tests.page_server import PageServer


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with PageServer() as running:
        yield running
