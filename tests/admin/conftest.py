"""Somebody at the desk."""

import pytest
from django.test import Client

from reader.models import User


@pytest.fixture
def desk(client: Client, mia: User) -> Client:
    """A browser in which the moderator is logged in."""
    client.force_login(mia)
    # The first request of a process asks once whether anybody exists.
    client.get("/")
    return client
