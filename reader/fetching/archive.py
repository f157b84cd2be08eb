"""Fetching one file that is no page: through the same guard, with the same limits, as bytes."""

from contextlib import closing

from reader.errors import TooManyRedirects
from reader.fetching.answer import check_status
from reader.fetching.body import read_body
from reader.fetching.deadline import Deadline
from reader.fetching.guard import GuardedBackend
from reader.fetching.policy import FetchPolicy
from reader.fetching.transport import Session, translated_errors
from reader.links import check_url, resolve_link


def fetch_archive(url: str, policy: FetchPolicy) -> bytes:
    """Get the file at ``url`` whatever its type, or raise a FetchError or a LinkRefused."""
    here = check_url(url)
    network = GuardedBackend(policy, Deadline(policy.total_seconds))
    with translated_errors(network), closing(Session(policy, network)) as session:
        for _ in range(policy.max_redirects + 1):
            with session.get(here, {}) as response:
                if not response.has_redirect_location:
                    check_status(response.status_code, response.headers)
                    encoding = response.headers.get("content-encoding", "")
                    return read_body(response.iter_raw(), encoding, policy.max_body_bytes)
            here = check_url(resolve_link(here, response.headers["location"]).url)
    raise TooManyRedirects(here.url)
