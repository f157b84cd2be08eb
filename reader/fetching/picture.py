"""Fetching one picture: through the same guard, with the same manners and limits as a page.

No cookie goes along, not even to the next redirect, and no word of where the picture stands.
"""

import re
from contextlib import closing

from reader.errors import NotAPicture
from reader.fetching.answer import check_declared_length, check_status
from reader.fetching.body import read_body
from reader.fetching.deadline import Deadline
from reader.fetching.guard import GuardedBackend
from reader.fetching.policy import FetchPolicy
from reader.fetching.politeness import MAX_WAIT_SECONDS, polite
from reader.fetching.redirects import find_location, follow
from reader.fetching.transport import Session, translated_errors
from reader.links import ParsedLink, check_url

_HEADERS = {"accept": "image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.8,*/*;q=0.1"}
# What the header says of the type is not asked: publishers send JPEG as PNG, and anything as octet-stream.
_PICTURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|GIF8[79]a|RIFF....WEBP|....ftyp(?:avif|avis|mif1|miaf)", re.DOTALL
)


def fetch_picture(url: str, policy: FetchPolicy) -> bytes:
    """Get the picture at ``url``, or raise a FetchError, a LinkRefused or NotAPicture.

    What comes back begins like a JPEG, PNG, GIF, WebP or AVIF; that it is one only decoding can tell.
    """
    first = check_url(url)
    deadline = Deadline(policy.total_seconds)
    patience_seconds = MAX_WAIT_SECONDS

    def visit(here: ParsedLink) -> tuple[bytes, str | None]:
        nonlocal patience_seconds
        policy.domains.check(here.host)
        with polite(here.host, patience_seconds, policy.domains.pause_seconds(here.host)) as waited:
            patience_seconds -= waited
            deadline.extend(waited)
            return _visit(here, policy, deadline)

    return follow(first, policy.max_redirects, visit)[1]


def _visit(here: ParsedLink, policy: FetchPolicy, deadline: Deadline) -> tuple[bytes, str | None]:
    """Return the picture, or where it is instead; in a session of its own, so that no cookie outlives it."""
    network = GuardedBackend(policy, deadline)
    with (
        translated_errors(network),
        closing(Session(policy, network)) as session,
        session.get(here, _HEADERS) as response,
    ):
        if location := find_location(response):
            return b"", location
        check_status(response.status_code, response.headers)
        check_declared_length(response.headers, policy.max_body_bytes)
        encoding = response.headers.get("content-encoding", "")
        body = read_body(response.iter_raw(), encoding, policy.max_body_bytes)
    if not _PICTURE.match(body):
        raise NotAPicture(f"{response.headers.get('content-type', '')[:100]}, beginning with {body[:16]!r}")
    return body, None
