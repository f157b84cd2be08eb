"""TLS against a real server with a certificate of its own: the name must fit and the authority be known."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import TLSFailed
from reader.fetching import FetchPolicy, transport
from reader.fetching.deadline import Deadline
from reader.fetching.guard import GuardedBackend
from reader.links import parse_link
from tests.fetching.test_guard import PUBLIC, Opener
from tests.page_server import PageServer

CERTIFICATE = Path(__file__).parent / "berita.test.pem"


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


def read(url: str, server: PageServer) -> bytes:
    policy = FetchPolicy(user_agent="Teduh/test", resolver=lambda host, port: [PUBLIC])
    backend = GuardedBackend(policy, Deadline(5), Opener(server.port))
    with transport.translated_errors(backend):
        session = transport.Session(policy, backend)
        try:
            with session.get(parse_link(url), {}) as response:
                return response.read()
        finally:
            session.close()


@pytest.mark.usefixtures("_trusted")
def test_a_known_certificate_for_the_name_is_accepted(server: PageServer) -> None:
    assert read("https://berita.test/", server) == b"<p>rahasia</p>"


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_for_another_name_is_refused(server: PageServer) -> None:
    with pytest.raises(TLSFailed):
        read("https://lain.test/", server)
    assert server.requests == []


def test_a_certificate_of_nobody_is_refused(server: PageServer) -> None:
    with pytest.raises(TLSFailed):
        read("https://berita.test/", server)
    assert server.requests == []
