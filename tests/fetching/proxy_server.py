"""An http proxy on loopback for tests: every CONNECT and every whole address ends at one page server."""

import base64
import contextlib
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.page_server import LoopbackServer


class ProxyServer(LoopbackServer):
    """Sends everything to the port of a page server; ``seen`` has the request lines as they came in."""

    def __init__(self, target_port: int, *, user: str = "", refuse: int = 0) -> None:
        self.seen: list[str] = []
        self.credentials: list[str] = []
        server = _Server(("127.0.0.1", 0), _Handler)
        server.proxy = self
        self._server = server
        self.target_port, self.refuse = target_port, refuse
        self.authorization = f"Basic {base64.b64encode(user.encode()).decode()}" if user else ""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    proxy: ProxyServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients hang up when they have what they want."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_CONNECT(self) -> None:
        if self._is_let_in():
            with self._open() as site:
                self.send_response(200)
                self.end_headers()
                self._carry(site)

    def do_GET(self) -> None:
        if self._is_let_in():
            parts = urlsplit(self.path)
            lines = [f"GET {parts.path} HTTP/1.1", f"Host: {parts.netloc}", "Connection: close", "", ""]
            with self._open() as site:
                site.sendall("\r\n".join(lines).encode())
                while data := site.recv(65_536):
                    self.wfile.write(data)

    def _is_let_in(self) -> bool:
        proxy, self.close_connection = self.server.proxy, True
        proxy.seen.append(self.requestline)
        proxy.credentials.append(self.headers.get("Proxy-Authorization", ""))
        is_known = proxy.credentials[-1] == proxy.authorization
        status = proxy.refuse or (0 if is_known else 407)
        if status:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
        return not status

    def _open(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.server.proxy.target_port), 5)

    def _carry(self, site: socket.socket) -> None:
        def back() -> None:
            with contextlib.suppress(OSError):  # one side hung up
                while data := site.recv(65_536):
                    self.connection.sendall(data)

        threading.Thread(target=back, daemon=True).start()
        while data := self.connection.recv(65_536):
            site.sendall(data)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the output of the tests clean."""
