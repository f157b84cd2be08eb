"""From address to address until one answers with what was asked for, each judged like a given link."""

from collections.abc import Callable
from typing import TypeVar

import httpx

from reader.errors import TooManyRedirects
from reader.links import ParsedLink, check_url, resolve_link

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_Answer = TypeVar("_Answer")


def follow(
    first: ParsedLink, most: int, visit: Callable[[ParsedLink], tuple[_Answer, str | None]]
) -> tuple[ParsedLink, _Answer]:
    """Visit the link, and where an answer leads, until one leads nowhere: return its address and it.

    Raises TooManyRedirects after ``most``, a LinkRefused for an address that nobody may fetch, and what
    ``visit`` raises.
    """
    here = first
    for _ in range(most + 1):
        answer, location = visit(here)
        if location is None:
            return here, answer
        here = check_url(resolve_link(here, location).url)
    raise TooManyRedirects(here.url)


def find_location(response: httpx.Response) -> str | None:
    """Where a redirect leads to; None for any other answer."""
    location: str | None = response.headers.get("location")
    return location if response.status_code in _REDIRECTS else None
