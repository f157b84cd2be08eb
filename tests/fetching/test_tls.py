"""TLS against a real server with a certificate of its own: the name must fit and the authority be known."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import FetchError, TimedOut, TLSFailed
from reader.fetching import FetchPolicy, transport
from reader.fetching.deadline import Deadline
from reader.fetching.guard import GuardedBackend
from reader.links import parse_link
from tests.fetching.test_guard import PUBLIC, Opener
from tests.page_server import PageServer

CERTIFICATE = Path(__file__).parent / "berita.test.pem"
EXPIRED = Path(__file__).parent / "expired.test.pem"


@pytest.fixture
def server() -> Iterator[PageServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with PageServer(tls=context) as running:
        running.add("https://berita.test/", "<p>rahasia</p>")
        running.add("https://lain.test/", "<p>rahasia</p>")
        yield running


@pytest.fixture
def _trusted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Make the certificate known the way an operator would, with SSL_CERT_FILE."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    transport.make_ssl_context.cache_clear()
    yield
    transport.make_ssl_context.cache_clear()


def read(url: str, port: int, seconds: float = 5) -> bytes:
    policy = FetchPolicy(user_agent="Teduh/test", resolver=lambda host, port: [PUBLIC])
    backend = GuardedBackend(policy, Deadline(seconds), Opener(port))
    with transport.translated_errors(backend):
        session = transport.Session(policy, backend)
        try:
            with session.get(parse_link(url), {}) as response:
                return response.read()
        finally:
            session.close()


@pytest.mark.usefixtures("_trusted")
def test_a_known_certificate_for_the_name_is_accepted(server: PageServer) -> None:
    assert read("https://berita.test/", server.port) == b"<p>rahasia</p>"


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_for_another_name_is_refused(server: PageServer) -> None:
    with pytest.raises(TLSFailed):
        read("https://lain.test/", server.port)
    assert server.requests == []


def test_a_certificate_of_nobody_is_refused(server: PageServer) -> None:
    with pytest.raises(TLSFailed):
        read("https://berita.test/", server.port)
    assert server.requests == []


def make_context(certificate: Path = CERTIFICATE) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_an_expired_certificate_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(EXPIRED))
    transport.make_ssl_context.cache_clear()
    try:
        with PageServer(tls=make_context(EXPIRED)) as server:
            with pytest.raises(TLSFailed, match="expired"):
                read("https://berita.test/", server.port)
            assert server.requests == []
    finally:
        transport.make_ssl_context.cache_clear()


@pytest.mark.usefixtures("_trusted")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_refused() -> None:
    context = make_context()
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with PageServer(tls=context) as server, pytest.raises(TLSFailed):
        read("https://berita.test/", server.port)


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and sends one byte of a TLS record a moment."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def drip() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"\x16\x03\x03\x40\x00")
            while not ended.wait(0.05):
                try:
                    connection.sendall(b"\x02")
                except OSError:
                    return

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    ended.set()
    thread.join()
    listener.close()


def test_a_dripping_handshake_ends_with_the_fetch(silent_port: int) -> None:
    began = time.monotonic()
    with pytest.raises(TimedOut):
        read("https://berita.test/", silent_port, seconds=0.5)
    assert time.monotonic() - began < 2


def test_a_connection_that_breaks_off_in_the_handshake_fails() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            listener.accept()[0].close()

        thread = threading.Thread(target=hang_up, daemon=True)
        thread.start()
        with pytest.raises(FetchError) as caught:
            read("https://berita.test/", listener.getsockname()[1])
        thread.join()
    assert not caught.value.permanent
