"""A small object store on loopback: what our storage asks of S3, and no more."""

from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from tests.page_server import LoopbackServer

_ERROR = "<Error><Code>{0}</Code><Message>{0}</Message></Error>"


class ObjectStore(LoopbackServer):
    """Keeps objects in memory by ``bucket/key``; ``is_broken`` makes it answer 500 to everything."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.is_broken = False
        server = _Server(("127.0.0.1", 0), _Handler)
        server.store = self
        self._server = server

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    store: ObjectStore


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_PUT(self) -> None:
        self.server.store.objects[self._key()] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(500 if self.server.store.is_broken else 200)

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        body = self.server.store.objects.get(self._key())
        if self.server.store.is_broken:
            self._answer(500)
        elif "list-type" in query or "delimiter" in query:
            self._answer(200, self._list(query.get("prefix", [""])[0]))
        elif body is None:
            self._answer(404, _ERROR.format("NoSuchKey").encode())
        else:
            self._answer(200, body)

    do_HEAD = do_GET  # noqa: N815 - the name that http.server calls

    def do_DELETE(self) -> None:
        self.server.store.objects.pop(self._key(), None)
        self._answer(204)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).strip("/")

    def _list(self, prefix: str) -> bytes:
        start = f"{self._key()}/"
        rests = [
            key.removeprefix(start + prefix)
            for key in sorted(self.server.store.objects)
            if key.startswith(start + prefix)
        ]
        names = [
            f"<Contents><Key>{escape(prefix + rest)}</Key></Contents>" for rest in rests if "/" not in rest
        ]
        folders = dict.fromkeys(rest.partition("/")[0] for rest in rests if "/" in rest)
        prefixes = [
            f"<CommonPrefixes><Prefix>{escape(prefix + each)}/</Prefix></CommonPrefixes>" for each in folders
        ]
        inside = "".join((*names, *prefixes))
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{inside}</ListBucketResult>".encode()

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Last-Modified", format_datetime(datetime.now(UTC), usegmt=True))
        self.send_header("ETag", '"0"')
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
