"""Requests over the guard, and every failure below them as one of ours.

httpx gives the values and the cookies. Its client is not used: it reads addresses in its own way.
"""

import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

import httpcore
import httpx

from reader.errors import BadResponse, ConnectFailed, FetchError, TimedOut
from reader.fetching.guard import GuardedBackend
from reader.fetching.policy import FetchPolicy
from reader.links import ParsedLink

# Chunk sizes come on top of the body; this much is far more than an honest server needs.
_FRAMING_BYTES = 1_000_000
# Servers set cookies that no request may carry.
_SENDABLE = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
_HEADERS = {
    "accept": "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1",
    "accept-language": "id,en;q=0.8",
    "accept-encoding": "gzip, deflate",
}


@contextmanager
def translated_errors(network: GuardedBackend) -> Iterator[None]:
    """Turn what httpx, httpcore and socket raise into FetchError, the cause kept."""
    try:
        yield
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise TimedOut(_describe(error)) from error
    except (httpcore.NetworkError, OSError) as error:
        raise ConnectFailed(_describe(error)) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise _blame(error, network) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise BadResponse(_describe(error)) from error


def _blame(error: Exception, network: GuardedBackend) -> FetchError:
    """A line that broke off may hold at the next try; an answer that is no HTTP stays so."""
    return (ConnectFailed if network.is_closed_by_peer else BadResponse)(_describe(error))


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


@lru_cache(maxsize=1)
def make_ssl_context() -> ssl.SSLContext:
    """Certifi's authorities, or those of the operator's SSL_CERT_FILE; read once a process (20 ms)."""
    return httpx.create_ssl_context()


class Session:
    """The requests of one fetch: no redirect is followed, no proxy asked, and cookies end with it."""

    def __init__(self, policy: FetchPolicy, network: GuardedBackend) -> None:
        self._network = network
        self._resolve = policy.resolve
        self._max_wire_bytes = policy.max_body_bytes + _FRAMING_BYTES
        self._timeout = httpx.Timeout(policy.first_byte_seconds, connect=policy.connect_seconds).as_dict()
        agent = policy.user_agent.encode("ascii", "replace").decode("ascii")
        self._headers = {"user-agent": agent, **_HEADERS}
        self._cookies = httpx.Cookies()
        self._pool = httpcore.ConnectionPool(ssl_context=make_ssl_context(), network_backend=network)

    def close(self) -> None:
        self._pool.close()

    @contextmanager
    def get(self, url: ParsedLink, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Ask for the page; the body is read from the answer while the context is open."""
        request = httpx.Request("GET", url.url, headers=httpx.Headers(self._headers | _lower(headers)))
        self._cookies.set_cookie_header(request)
        self._network.allow_bytes()
        answer = self._pool.handle_request(self._build_request(url, request))
        try:
            response = httpx.Response(
                answer.status, headers=answer.headers, stream=_BodyStream(answer), request=request
            )
            self._take_cookies(response)
            self._network.allow_bytes(self._max_wire_bytes)
            yield response
        finally:
            answer.close()

    def _take_cookies(self, response: httpx.Response) -> None:
        self._cookies.extract_cookies(response)
        for cookie in list(self._cookies.jar):
            if not _SENDABLE.fullmatch(f"{cookie.name}={cookie.value}"):
                self._cookies.jar.clear(cookie.domain, cookie.path, cookie.name)

    def _build_request(self, url: ParsedLink, request: httpx.Request) -> httpcore.Request:
        is_local = self._resolve.find(url.host) is not None
        target = url.path + (f"?{url.query}" if url.query else "")
        address = httpcore.URL(
            scheme=b"http" if is_local else url.scheme.encode(),
            host=url.host.encode(),
            port=url.port,
            target=target.encode(),
        )
        return httpcore.Request(
            request.method, address, headers=request.headers.raw, extensions={"timeout": self._timeout}
        )


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class _BodyStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()
