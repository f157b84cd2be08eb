"""Fetching one file that is no page: through the same guard, with the same limits, as bytes."""

from contextlib import closing

from reader.fetching.answer import check_status
from reader.fetching.body import read_body
from reader.fetching.deadline import Deadline
from reader.fetching.guard import GuardedBackend
from reader.fetching.policy import FetchPolicy
from reader.fetching.redirects import find_location, follow
from reader.fetching.transport import Session, translated_errors
from reader.links import ParsedLink, check_url


def fetch_archive(url: str, policy: FetchPolicy) -> bytes:
    """Get the file at ``url`` whatever its type, or raise a FetchError or a LinkRefused."""
    first = check_url(url)
    network = GuardedBackend(policy, Deadline(policy.total_seconds))
    with translated_errors(network), closing(Session(policy, network)) as session:

        def visit(here: ParsedLink) -> tuple[bytes, str | None]:
            with session.get(here, {}) as response:
                if location := find_location(response):
                    return b"", location
                check_status(response.status_code, response.headers)
                encoding = response.headers.get("content-encoding", "")
                return read_body(response.iter_raw(), encoding, policy.max_body_bytes), None

        return follow(first, policy.max_redirects, visit)[1]
