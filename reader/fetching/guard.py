"""The connection guard: what a name resolves to is judged, and the socket goes to the judged address.

Every connection of a fetch passes here, the first one and those after redirects. The limits of the fetch
stand here too, because only here each single read can be cut off.
"""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore

from reader.errors import (
    AddressRefused,
    ConnectFailed,
    HeaderTooLarge,
    NoAnswer,
    PortRefused,
    ProxyFailed,
    TimedOut,
    TLSFailed,
    TooLarge,
)
from reader.fetching.deadline import Deadline
from reader.fetching.names import look_up, resolve
from reader.fetching.policy import FetchPolicy
from reader.links import is_public_address
from reader.links.policy import ALLOWED_PORTS

_MAX_ADDRESSES_TRIED = 4
# What is read at once while a header is awaited: as little as this of the body comes with it.
_HEADER_READ_BYTES = 8_192

# The type of httpcore's own signature; options are passed on and not looked at.
SocketOptions = Iterable[Any] | None


class GuardedBackend(httpcore.NetworkBackend):
    """The network of one fetch. ``opener`` makes the connection to an address that has passed."""

    def __init__(
        self, policy: FetchPolicy, deadline: Deadline, opener: httpcore.NetworkBackend | None = None
    ) -> None:
        self._policy = policy
        self._deadline = deadline
        self._opener = opener or httpcore.SyncBackend()
        self.is_closed_by_peer = False
        self.await_header()

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
            return self.open(*target, timeout, socket_options)
        addresses = self.find_addresses(host, port, timeout)
        return self._connect_any(addresses[:_MAX_ADDRESSES_TRIED], port, timeout, socket_options)

    def find_addresses(self, host: str, port: int, timeout: float | None) -> list[str]:
        """Return what the name resolves to now; raise where the port or any of the addresses is refused."""
        if port not in ALLOWED_PORTS:
            raise PortRefused(str(port))
        addresses = look_up(host, port, self._policy.resolver or resolve, self._deadline.limit(timeout))
        for address in addresses:
            if not is_public_address(address):
                raise AddressRefused(f"{host} is at {address}")
        return addresses

    def open(
        self, address: str, port: int, timeout: float | None, socket_options: SocketOptions
    ) -> httpcore.NetworkStream:
        """Connect to an address that was judged already, or needs no judgement."""
        seconds = self._deadline.limit(timeout)
        stream = self._opener.connect_tcp(address, port, timeout=seconds, socket_options=socket_options)
        return _GuardedStream(stream, self, self._deadline)

    def await_header(self) -> None:
        """A request is to be sent: from then on, count its time and the bytes until the page begins."""
        self._is_header = True
        self._bytes_left = self._policy.max_header_bytes
        self._answer_deadline: Deadline | None = None

    def await_body(self, max_bytes: int) -> None:
        """The header is there: let this many bytes come, in the time that the whole fetch has left."""
        self._is_header = False
        self._bytes_left = max_bytes
        self._answer_deadline = None

    def note_sent(self) -> None:
        """The request is on its way, and the wait for the answer begins."""
        if self._is_header and self._answer_deadline is None:
            self._answer_deadline = Deadline(self._policy.first_byte_seconds, NoAnswer)

    def receive(self, stream: httpcore.NetworkStream, max_bytes: int, timeout: float | None) -> bytes:
        """Read from the stream within every limit; raise NoAnswer, TimedOut, HeaderTooLarge or TooLarge."""
        seconds = self._deadline.limit(timeout)
        if self._answer_deadline:
            seconds = self._answer_deadline.limit(seconds)
        try:
            data = stream.read(min(max_bytes, _HEADER_READ_BYTES) if self._is_header else max_bytes, seconds)
        except httpcore.ReadTimeout as error:
            self._deadline.limit()
            raise (NoAnswer if self._is_header else TimedOut)(f"silent for {seconds:.1f} s") from error
        self._count(data)
        return data

    def _count(self, data: bytes) -> None:
        self.is_closed_by_peer = not data
        self._bytes_left -= len(data)
        if self._bytes_left < 0:
            raise (HeaderTooLarge if self._is_header else TooLarge)("more bytes than may come")

    def _connect_any(
        self, addresses: list[str], port: int, timeout: float | None, socket_options: SocketOptions
    ) -> httpcore.NetworkStream:
        connect_deadline = Deadline(self._deadline.limit(timeout))
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for place, address in enumerate(addresses, 1):
            left = connect_deadline.limit()
            try:
                # One dead address must leave time for the next.
                return self.open(address, port, left if place == len(addresses) else left / 2, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or ConnectFailed("no address")


class ProxyBackend(httpcore.NetworkBackend):
    """The way to the operator's own proxy, whose address nobody judges; the limits of the fetch hold."""

    def __init__(self, network: GuardedBackend) -> None:
        self._network = network

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions = None,
    ) -> httpcore.NetworkStream:
        """Connect to the proxy, or raise ProxyFailed."""
        try:
            return self._network.open(host, port, timeout, socket_options)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise ProxyFailed(f"{type(error).__name__}: {error}") from error


class _GuardedStream(httpcore.NetworkStream):
    """A connection whose every read, write and handshake ends by the deadline of the fetch."""

    def __init__(self, inner: httpcore.NetworkStream, backend: GuardedBackend, deadline: Deadline) -> None:
        self._inner = inner
        self._backend = backend
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._backend.receive(self._inner, max_bytes, timeout)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.limit(timeout))
        self._backend.note_sent()

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
        self._backend.await_header()  # what a proxy said on the way to here is not the answer
        return _GuardedStream(inner, self._backend, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
