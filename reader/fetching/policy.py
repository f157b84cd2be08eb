"""How a fetch is made and where it ends: the limits, and the hosts that go to a local page server."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address

from reader.fetching.proxy import Proxy
from reader.sites.domains import DomainBook

# From host and port to the addresses that the name has now; raises OSError where it has none.
Resolver = Callable[[str, int], list[str]]

_HOST = re.compile(r"(?:\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)")


@dataclass(frozen=True, slots=True)
class ResolveMap:
    """Which hosts are sent to a fixed address by plain http, made by ``parse_resolve``; empty is false.

    The guard does not judge these addresses, so this is for development and tests only.
    """

    entries: tuple[tuple[str, tuple[str, int]], ...] = ()

    def find(self, host: str) -> tuple[str, int] | None:
        """Return address and port for the host, or None; the first entry that fits wins."""
        for pattern, target in self.entries:
            if pattern in {"*", host} or (pattern.startswith("*.") and host.endswith(pattern[1:])):
                return target
        return None

    def __bool__(self) -> bool:
        return bool(self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """The limits of one fetch, redirects included.

    ``total_seconds`` holds for everything, names and redirects too; ``connect_seconds`` for one
    connection with its TLS; ``first_byte_seconds`` from a request to the end of its answer's header, and
    for any silence after that. ``max_header_bytes`` counts interim answers too, ``max_body_bytes`` after
    decompression. ``resolver`` is the system's own where it is None.
    ``domains`` is asked at every redirect.
    """

    user_agent: str
    resolve: ResolveMap = field(default_factory=ResolveMap)
    max_redirects: int = 5
    max_header_bytes: int = 64_000
    max_body_bytes: int = 10_000_000
    total_seconds: float = 30.0
    connect_seconds: float = 10.0
    first_byte_seconds: float = 15.0
    resolver: Resolver | None = None
    proxy: Proxy | None = None
    domains: DomainBook = field(default_factory=DomainBook)


def parse_resolve(text: str) -> ResolveMap:
    """Read ``*.kompas.com=127.0.0.1:8099;example.org=127.0.0.1:8100``, the form of READER_FETCH_RESOLVE.

    ``*.kompas.com`` is every sub-domain at any depth and not ``kompas.com`` itself, which can be listed
    beside it; ``*`` is every host. Raises ValueError with a sentence for a person.

    >>> parse_resolve("*.kompas.com=127.0.0.1:8099").find("money.kompas.com")
    ('127.0.0.1', 8099)
    """
    parts = (part.strip() for part in text.split(";"))
    return ResolveMap(tuple(_parse_entry(part) for part in parts if part))


def _parse_entry(part: str) -> tuple[str, tuple[str, int]]:
    pattern, equals, target = (piece.strip() for piece in part.partition("="))
    address, colon, port = target.rpartition(":")
    if not equals or not colon:
        raise ValueError(f"{part!r} must be host=address:port, for example *.kompas.com=127.0.0.1:8099.")
    pattern = pattern.lower().removesuffix(".")
    if not _HOST.fullmatch(pattern):
        raise ValueError(f"{pattern!r} must be a host such as example.org, *.example.org or *.")
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise ValueError(f"the port of {part!r} must be a number from 1 to 65535.")
    try:
        ip = str(ip_address(address.removeprefix("[").removesuffix("]")))
    except ValueError as error:
        raise ValueError(f"{address!r} in {part!r} must be an IP address, for example 127.0.0.1.") from error
    return pattern, (ip, int(port))
