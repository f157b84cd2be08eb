"""Fetching one page: redirects followed one by one, each judged like a link that a person gave.

A page that is nothing but a meta refresh is a redirect as well.
"""

import re
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from types import MappingProxyType

import httpx

from reader.fetching.answer import check_body, check_declared_length, check_media_type, check_status
from reader.fetching.body import read_body
from reader.fetching.deadline import Deadline
from reader.fetching.guard import GuardedBackend
from reader.fetching.policy import FetchPolicy
from reader.fetching.politeness import MAX_WAIT_SECONDS, polite
from reader.fetching.redirects import find_location, follow
from reader.fetching.refresh import find_refresh
from reader.fetching.transport import Session, translated_errors
from reader.links import ParsedLink, check_url
from reader.sites import same_site
from reader.values import Page

_KEPT_HEADERS = ("content-language", "content-type", "date", "etag", "last-modified", "link", "x-robots-tag")
_MAX_HEADER_CHARACTERS = 2_000
_NO_HEADERS: Mapping[str, str] = MappingProxyType({})

_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE = re.compile(r"[\x20-\x7e]*")
# What makes up the connection and the framing is ours.
_OWN_HEADERS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-authorization",
        "range",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


def fetch(url: str, policy: FetchPolicy, headers: Mapping[str, str] = _NO_HEADERS) -> Page:
    """Get the page at ``url``, or raise a FetchError or a LinkRefused.

    ``headers`` are a site rule's: they go to that site only, also after redirects, and those that HTTP
    could not carry or that frame the message are left out.
    """
    first = check_url(url)
    deadline = Deadline(policy.total_seconds)
    network = GuardedBackend(policy, deadline)
    with translated_errors(network), closing(Session(policy, network)) as session:
        final, (response, body) = _Way(session, policy, deadline, headers).follow(first)
    return Page(
        url=url,
        final_url=final.url,
        body=body,
        content_type=_read_header(response, "content-type"),
        status=response.status_code,
        headers={name: _read_header(response, name) for name in _KEPT_HEADERS if name in response.headers},
        fetched_at=datetime.now(UTC),
    )


class _Way:
    """What one fetch asks of each address on its way."""

    def __init__(
        self, session: Session, policy: FetchPolicy, deadline: Deadline, headers: Mapping[str, str]
    ) -> None:
        self._session = session
        self._policy = policy
        self._deadline = deadline
        self._headers = _choose_usable(headers)
        self._patience_seconds = MAX_WAIT_SECONDS

    def follow(self, first: ParsedLink) -> tuple[ParsedLink, tuple[httpx.Response, bytes]]:
        return follow(
            first,
            self._policy.max_redirects,
            lambda here: self._visit(here, is_own=same_site(first.host, here.host)),
        )

    def _visit(self, here: ParsedLink, *, is_own: bool) -> tuple[tuple[httpx.Response, bytes], str | None]:
        """Return the answer with its page, and where it leads to instead."""
        domains = self._policy.domains
        domains.check(here.host)
        own = {**(self._headers if is_own else {}), **_choose_usable(domains.headers(here.host))}
        with polite(here.host, self._patience_seconds, domains.pause_seconds(here.host)) as waited:
            self._patience_seconds -= waited
            self._deadline.extend(waited)
            with self._session.get(here, own) as response:
                location = find_location(response)
                body = b"" if location else _read_page(response, self._policy)
        return (response, body), location or find_refresh(body, response.headers.get("refresh", ""))


def _read_page(response: httpx.Response, policy: FetchPolicy) -> bytes:
    content_type = _read_header(response, "content-type")
    check_status(response.status_code, response.headers)
    check_media_type(content_type)
    check_declared_length(response.headers, policy.max_body_bytes)
    encoding = response.headers.get("content-encoding", "")
    body = read_body(response.iter_raw(), encoding, policy.max_body_bytes)
    check_body(body, content_type)
    return body


def _read_header(response: httpx.Response, name: str) -> str:
    value: str = response.headers.get(name, "")
    return value.strip()[:_MAX_HEADER_CHARACTERS]


def _choose_usable(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in headers.items()
        if _HEADER_NAME.fullmatch(name)
        and _HEADER_VALUE.fullmatch(value)
        and name.lower() not in _OWN_HEADERS
    }
