"""The line between a browser and a site, for tests: it passes what is asked, or does what bad lines do."""

import http.client
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.page_server import LoopbackServer

_OWN_HEADERS = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What happens to a request instead of passing: a stranger's answer, silence, or a lost answer."""

    status: int = 0
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    loses_answer: bool = False


SILENCE = Fault()
LOST_ANSWER = Fault(loses_answer=True)
# As at the gate of a hotel's network.
STRANGER = Fault(
    status=200,
    body=b"<!doctype html><title>Gate</title><h1>Pay here</h1>",
    headers={"Content-Type": "text/html"},
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    body: bytes


Choose = Callable[[Asked], Fault | None]


def _pass_all(_asked: Asked) -> None:
    """Name no fault."""


class Line(LoopbackServer):
    """Passes everything on to ``url``, but for the faults that ``break_down`` is told to choose."""

    def __init__(self, url: str) -> None:
        self.host = url.removeprefix("http://")
        self.requests: list[Asked] = []
        self.is_healed = threading.Event()
        self._choose: Choose = _pass_all
        server = _Server(("127.0.0.1", 0), _Handler)
        server.line = self
        self._server = server

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def break_down(self, choose: Choose) -> None:
        self._choose, self.is_healed = choose, threading.Event()

    def heal(self) -> None:
        """Pass everything again; whoever waits in silence is cut off."""
        self._choose = _pass_all
        self.is_healed.set()

    def find_fault(self, asked: Asked) -> Fault | None:
        self.requests.append(asked)
        return self._choose(asked)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    line: Line

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a line that is cut is what the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _pass(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.server.line.find_fault(Asked(self.command, self.path, body))
        if fault is None:
            self._answer(*self._ask(body))
        elif fault.status:
            self._answer(fault.status, list(fault.headers.items()), fault.body)
        else:
            self.close_connection = True
            if fault.loses_answer:
                self._ask(body)
            else:
                self.server.line.is_healed.wait(60)

    do_GET = do_POST = do_HEAD = _pass  # noqa: N815 - the names are the library's

    def _ask(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(self.server.line.host, timeout=60)
        try:
            connection.request(self.command, self.path, body or None, dict(self.headers.items()))
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _OWN_HEADERS:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""
