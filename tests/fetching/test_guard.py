"""The guard: whatever a name resolves to, and however it changes, nothing private is reached."""

import ssl
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore
import pytest

from reader.errors import (
    AddressRefused,
    ConnectFailed,
    NameNotFound,
    PortRefused,
    ReaderError,
    TimedOut,
    TLSFailed,
)
from reader.fetching import FetchPolicy, fetch, parse_resolve
from reader.fetching.deadline import Deadline
from reader.fetching.guard import GuardedBackend
from reader.fetching.names import resolve
from reader.fetching.policy import Resolver
from reader.fetching.transport import Session, translated_errors
from reader.links import parse_link
from tests.page_server import PageServer

PUBLIC, PUBLIC_V6 = "93.184.215.14", "2606:4700::1111"


class Opener(httpcore.NetworkBackend):
    """Opens every connection to the page server instead, and remembers what it was asked for."""

    def __init__(self, port: int = 0, dead: tuple[str, ...] = ()) -> None:
        self.opened: list[tuple[str, int]] = []
        self._port = port
        self._dead = dead

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.opened.append((host, port))
        if host in self._dead:
            raise httpcore.ConnectError("dead")
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._port, timeout=timeout)


def make_policy(resolver: Resolver | None = None, **limits: Any) -> FetchPolicy:
    return FetchPolicy(user_agent="Teduh/test", resolver=resolver, **limits)


def answering(*addresses: str) -> Resolver:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.7",),
        ("169.254.169.254",),
        ("192.0.0.192",),
        ("0.0.0.0",),
        ("::1",),
        ("::ffff:10.0.0.7",),
        ("::ffff:93.184.215.14",),
        ("64:ff9b::a00:7",),
        ("2002:a00:7::",),
        ("fe80::1%eth0",),
        ("fd00:ec2::254",),
        (PUBLIC, "127.0.0.1"),
        ("127.0.0.1", PUBLIC),
        (PUBLIC, PUBLIC_V6, "::1"),
        (*(f"93.184.215.{last}" for last in range(20)), "10.0.0.1"),
        ("bukan alamat",),
    ],
    ids=lambda addresses: "+".join(addresses)[:40],
)
def test_a_name_with_any_address_that_is_not_public_is_refused(addresses: tuple[str, ...]) -> None:
    for url in ("https://jahat.test/", "http://jahat.test/", "http://jahat.test:443/"):
        with pytest.raises(AddressRefused):
            fetch(url, make_policy(answering(*addresses)))


def test_the_connection_goes_to_the_checked_address_and_the_name_is_asked_once() -> None:
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    with PageServer() as server:
        server.add("http://jahat.test/", "<p>a</p>")
        opener = Opener(server.port)
        backend = GuardedBackend(make_policy(rebinding), Deadline(5), opener)
        session = Session(make_policy(rebinding), backend)
        with session.get(parse_link("http://jahat.test/"), {}) as response:
            assert response.read() == b"<p>a</p>"
        session.close()

    assert asked == [("jahat.test", 80)]
    assert opener.opened == [(PUBLIC, 80)]


def test_a_name_that_turns_private_is_refused_at_the_redirect() -> None:
    """The first host is local by the map; the redirect leads to a name that resolves into the network."""
    with PageServer() as server:
        server.add_redirect("https://berita.example/", "http://dalam.test/")
        resolve_map = parse_resolve(f"berita.example=127.0.0.1:{server.port}")
        with pytest.raises(AddressRefused):
            fetch("https://berita.example/", make_policy(answering("10.0.0.7"), resolve=resolve_map))
        assert len(server.requests) == 1


@pytest.mark.parametrize("port", [22, 8000, 6379])
def test_the_guard_itself_refuses_other_ports(port: int) -> None:
    with pytest.raises(PortRefused):
        GuardedBackend(make_policy(answering(PUBLIC)), Deadline(5), Opener()).connect_tcp("a.test", port)


def test_a_dead_address_is_followed_by_the_next() -> None:
    with PageServer() as server:
        opener = Opener(server.port, dead=(PUBLIC_V6,))
        backend = GuardedBackend(make_policy(answering(PUBLIC_V6, PUBLIC)), Deadline(5), opener)
        backend.connect_tcp("a.test", 443, timeout=1).close()
    assert opener.opened == [(PUBLIC_V6, 443), (PUBLIC, 443)]


def test_a_name_with_a_hundred_dead_addresses_costs_four_tries() -> None:
    addresses = [f"93.184.215.{last}" for last in range(100)]
    opener = Opener(dead=tuple(addresses))
    with pytest.raises(httpcore.ConnectError):
        GuardedBackend(make_policy(answering(*addresses)), Deadline(5), opener).connect_tcp("a.test", 80)
    assert len(opener.opened) == 4


def failing(error: Exception) -> Resolver:
    def fail(host: str, port: int) -> list[str]:
        raise error

    return fail


@pytest.mark.parametrize(
    "resolver",
    [failing(OSError("no such name")), failing(UnicodeError("label too long")), answering()],
    ids=["unknown", "cannot be asked", "no address"],
)
def test_a_name_without_an_address_is_not_found(resolver: Resolver) -> None:
    with pytest.raises(NameNotFound):
        fetch("https://tidak-ada.test/", make_policy(resolver))


def test_a_lookup_that_hangs_ends_with_the_time_for_connecting() -> None:
    released = threading.Event()

    def hanging(host: str, port: int) -> list[str]:
        released.wait(10)
        return [PUBLIC]

    began = time.monotonic()
    with pytest.raises(TimedOut):
        fetch("https://lambat.test/", make_policy(hanging, connect_seconds=0.2))
    assert time.monotonic() - began < 2
    released.set()


def get(url: str, opener: Opener, resolver: Resolver) -> None:
    backend = GuardedBackend(make_policy(resolver), Deadline(5), opener)
    with translated_errors(backend):
        session = Session(make_policy(resolver), backend)
        try:
            with session.get(parse_link(url), {}):
                pass
        finally:
            session.close()


def test_a_server_without_tls_is_a_tls_failure_and_never_a_page() -> None:
    with PageServer() as server:
        server.add("https://polos.test/", "<p>a</p>")
        with pytest.raises(TLSFailed) as caught:
            get("https://polos.test/", Opener(server.port), answering(PUBLIC))
        assert caught.value.detail
        assert server.requests == []


class Recorder(Opener):
    """Opens a connection that writes down how TLS was asked for, and goes no further."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str | None, bool, ssl.VerifyMode]] = []

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        self.opened.append((host, port))
        return RecordingStream(self)


class RecordingStream(httpcore.NetworkStream):
    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._recorder.asked.append((server_hostname, ssl_context.check_hostname, ssl_context.verify_mode))
        raise httpcore.ConnectError("far enough")

    def close(self) -> None:
        """Nothing is open."""


def test_tls_verifies_the_name_and_not_the_address() -> None:
    recorder = Recorder()
    with pytest.raises(ConnectFailed):
        get("https://www.berita.test/", recorder, answering(PUBLIC))
    assert recorder.opened == [(PUBLIC, 443)]
    assert recorder.asked == [("www.berita.test", True, ssl.CERT_REQUIRED)]


def test_the_systems_resolver_gives_plain_addresses() -> None:
    assert set(resolve("localhost", 80)) <= {"127.0.0.1", "::1"}
    with pytest.raises(AddressRefused):
        GuardedBackend(make_policy(), Deadline(5)).connect_tcp("localhost", 80)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0x7f.1", "2130706433", "::1", "localhost"])
def test_the_guard_does_not_rely_on_the_link_policy(host: str) -> None:
    with pytest.raises(AddressRefused):
        GuardedBackend(make_policy(), Deadline(5)).connect_tcp(host, 80)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://0177.1/",
        "http://[::1]/",
        "http://127.0.0.1./",
        "http://１２７.0.0.1/",
        "http://localhost/",
        "http://a@127.0.0.1/",
        "ftp://example.org/",
        "http://example.org:22/",
        "http:\\\\127.0.0.1",
        "",
        "http://a b/",
    ],
)
def test_fetch_refuses_what_the_policy_refuses_without_asking_for_the_name(url: str) -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with pytest.raises(ReaderError) as caught:
        fetch(url, make_policy(never))
    assert caught.value.permanent


def test_threads_of_lookups_do_not_stay(make_thread_count: Callable[[], int]) -> None:
    before = make_thread_count()
    for _ in range(20):
        with pytest.raises(AddressRefused):
            fetch("https://jahat.test/", make_policy(answering("10.0.0.1")))
    time.sleep(0.1)
    assert make_thread_count() <= before


@pytest.fixture
def make_thread_count() -> Callable[[], int]:
    return lambda: sum(thread.name == "name lookup" for thread in threading.enumerate())
