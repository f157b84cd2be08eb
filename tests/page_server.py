"""A web server on loopback for tests: many hosts on one port, told apart by the Host header."""

import json
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

Key = tuple[str, str, str | None]
# What a raw answer is made of: bytes are sent, numbers are seconds to wait.
Parts = Iterable[bytes | float]


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it came in; header names in lower case."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class _Answer:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay_seconds: float = 0.0
    until: threading.Event | None = None
    make_parts: Callable[[], Parts] | None = None


class LoopbackServer:
    """A server that answers in a thread of its own while the context is open."""

    _server: ThreadingHTTPServer

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class PageServer(LoopbackServer):
    """Serves what was added, 404 for everything else; a context manager.

    ``resolve`` is the value of READER_FETCH_RESOLVE that sends every host here. ``requests`` is what came in.
    """

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[SeenRequest] = []
        self._answers: dict[Key, _Answer] = {}
        server = _Server(("127.0.0.1", port), _Handler)
        server.pages = self
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        self._server = server

    @property
    def resolve(self) -> str:
        return f"*=127.0.0.1:{self.port}"

    def add(
        self,
        url: str,
        body: bytes | str,
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        delay_seconds: float = 0.0,
        until: threading.Event | None = None,
    ) -> None:
        """Answer the address with this page, as HTML in UTF-8 unless ``headers`` say otherwise.

        With ``until``, only when that is set: as long as whoever asks has patience.

        An address with a query is answered with exactly that query; one without answers every query that
        has no page of its own. A header with an empty value is not sent.
        """
        raw = body.encode() if isinstance(body, str) else body
        self._answers[_key(url)] = _Answer(raw, status, dict(headers or {}), delay_seconds, until)

    def add_raw(self, url: str, make_parts: Callable[[], Parts]) -> None:
        """Answer with these bytes, status line and all, waiting at the numbers; then hang up."""
        self._answers[_key(url)] = _Answer(make_parts=make_parts)

    def add_redirect(self, url: str, location: str, *, status: int = 302) -> None:
        self.add(url, b"", status=status, headers={"Location": location})

    def add_corpus(self, folder: Path) -> tuple[str, ...]:
        """Serve each ``<host>/<slug>/source.html`` under the ``url`` of its ``expected.json``; return all."""
        urls = []
        for source in sorted(folder.glob("*/*/source.html")):
            url = json.loads((source.parent / "expected.json").read_text("utf-8"))["url"]
            self.add(url, source.read_bytes(), headers={"Content-Type": "text/html"})
            urls.append(url)
        return tuple(urls)

    def find(self, host: str, target: str) -> _Answer | None:
        path, _, query = target.partition("?")
        host = host.lower()
        return self._answers.get((host, path, query or None)) or self._answers.get((host, path, None))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    pages: PageServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that hang up are what many of the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.pages.requests.append(SeenRequest(self.command, host, self.path, headers))
        answer = self.server.pages.find(host, self.path) or _Answer(b"<h1>404</h1>", 404)
        if answer.make_parts:
            self._send_parts(answer.make_parts())
        else:
            self._send_page(answer)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def _send_page(self, answer: _Answer) -> None:
        time.sleep(answer.delay_seconds)
        if answer.until:
            answer.until.wait(self.timeout)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(answer.body))}
        given = {name.title(): value for name, value in answer.headers.items()}
        self.send_response(answer.status)
        for name, value in (headers | given).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _send_parts(self, parts: Parts) -> None:
        self.close_connection = True
        for part in parts:
            if isinstance(part, bytes):
                self.wfile.write(part)
            else:
                time.sleep(part)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output of the tests clean."""


def _key(url: str) -> Key:
    parts = urlsplit(url)
    return parts.netloc.lower(), parts.path or "/", parts.query or None
