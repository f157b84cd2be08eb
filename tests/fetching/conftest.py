"""A page server, and a fetch that reaches it."""

from collections.abc import Callable, Iterator

import pytest

from reader.fetching import FetchPolicy, parse_resolve
from tests.page_server import PageServer


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as running:
        yield running


@pytest.fixture
def make_policy(server: PageServer) -> Callable[..., FetchPolicy]:
    """Make a policy that sends ``*.example`` to the page server; other hosts meet the guard."""
    resolve = parse_resolve(f"*.example=127.0.0.1:{server.port}")

    def make(**limits: object) -> FetchPolicy:
        return FetchPolicy(**{"user_agent": "Teduh/test", "resolve": resolve} | limits)  # type: ignore[arg-type]

    return make
