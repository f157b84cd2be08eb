"""The connection guard: what a name resolves to is judged, and the socket goes to the judged address.

Every connection of a fetch passes here, the first one and those after redirects. The deadline of the
fetch stands here too, because only here each single read can be cut off.
"""

import queue
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from reader.errors import (
    AddressRefused,
    ConnectFailed,
    NameNotFound,
    PortRefused,
    TimedOut,
    TLSFailed,
    TooLarge,
)
from reader.fetching.policy import FetchPolicy, Resolver
from reader.links import is_public_address
from reader.links.policy import ALLOWED_PORTS

_MAX_ADDRESSES_TRIED = 4
# h11 takes 100 kB for one header; more bytes before a page begins are interim answers without an end.
_MAX_HEADER_BYTES = 256_000

# The type of httpcore's own signature; options are passed on and not looked at.
SocketOptions = Iterable[Any] | None


class Deadline:
    """The moment at which a fetch ends, whatever it is doing."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds

    def limit(self, seconds: float | None) -> float:
        """Return the wait that is allowed, at most ``seconds``; raise TimedOut where none is left."""
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimedOut("the whole fetch took too long")
        return left if seconds is None else min(seconds, left)


class GuardedBackend(httpcore.NetworkBackend):
    """The network of one fetch. ``opener`` makes the connection to an address that has passed."""

    def __init__(
        self, policy: FetchPolicy, deadline: Deadline, opener: httpcore.NetworkBackend | None = None
    ) -> None:
        self._policy = policy
        self._deadline = deadline
        self._opener = opener or httpcore.SyncBackend()
        self._bytes_left = _MAX_HEADER_BYTES
        self.is_closed_by_peer = False

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        """Connect to an address of the host that is public, as all of its addresses must be.

        Raises AddressRefused, PortRefused, NameNotFound, ConnectFailed, TimedOut.
        """
        if target := self._policy.resolve.find(host):
            return self._open(*target, self._deadline.limit(timeout), socket_options)
        if port not in ALLOWED_PORTS:
            raise PortRefused(str(port))
        addresses = look_up(host, port, self._policy.resolver or resolve, self._deadline.limit(timeout))
        for address in addresses:
            if not is_public_address(address):
                raise AddressRefused(f"{host} is at {address}")
        return self._connect_any(addresses[:_MAX_ADDRESSES_TRIED], port, timeout, socket_options)

    def allow_bytes(self, count: int = _MAX_HEADER_BYTES) -> None:
        """Let this many bytes come in from now on: those of a header, or what a body may take."""
        self._bytes_left = count

    def count(self, data: bytes) -> bytes:
        """Take note of received bytes; TooLarge when they are more than was allowed."""
        self._bytes_left -= len(data)
        self.is_closed_by_peer = not data
        if self._bytes_left < 0:
            raise TooLarge("more bytes than a header or a body may have")
        return data

    def _connect_any(
        self, addresses: list[str], port: int, timeout: float | None, socket_options: SocketOptions
    ) -> httpcore.NetworkStream:
        connect_deadline = Deadline(self._deadline.limit(timeout))
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for place, address in enumerate(addresses, 1):
            left = connect_deadline.limit(None)
            try:
                # One dead address must leave time for the next.
                return self._open(
                    address, port, left if place == len(addresses) else left / 2, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or ConnectFailed("no address")

    def _open(
        self, address: str, port: int, timeout: float, socket_options: SocketOptions
    ) -> httpcore.NetworkStream:
        stream = self._opener.connect_tcp(address, port, timeout=timeout, socket_options=socket_options)
        return _GuardedStream(stream, self, self._deadline)


class _GuardedStream(httpcore.NetworkStream):
    """A connection whose every read, write and handshake ends by the deadline of the fetch."""

    def __init__(self, inner: httpcore.NetworkStream, backend: GuardedBackend, deadline: Deadline) -> None:
        self._inner = inner
        self._backend = backend
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._backend.count(self._inner.read(max_bytes, self._deadline.limit(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.limit(timeout))
        except (httpcore.ConnectError, ValueError) as error:
            if isinstance(error, ValueError) or isinstance(error.__cause__, ssl.SSLError):
                raise TLSFailed(str(error)) from error
            raise
        except TimedOut:
            self.close()
            raise
        return _GuardedStream(inner, self._backend, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system finds for the name, each once, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def look_up(host: str, port: int, resolver: Resolver, seconds: float) -> list[str]:
    """Return the addresses of the name (at least one), or raise NameNotFound or TimedOut.

    The system's resolver cannot be interrupted, so a thread waits for it and is left behind when late.
    """
    answers: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except (OSError, ValueError) as error:  # no such name; a name that cannot be asked for
            answers.put(error)

    threading.Thread(target=ask, name="name lookup", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty as error:
        raise TimedOut(f"no address for {host} in time") from error
    if isinstance(answer, Exception):
        raise NameNotFound(f"{host}: {answer}") from answer
    if not answer:
        raise NameNotFound(host)
    return answer
