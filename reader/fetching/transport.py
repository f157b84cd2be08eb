"""httpx over the guard: one client for one fetch, and every failure below it as one of ours."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import httpcore
import httpx

from reader.errors import BadResponse, ConnectFailed, FetchError, TimedOut, TLSFailed
from reader.fetching.guard import GuardedBackend
from reader.fetching.policy import FetchPolicy

_ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.1"


@contextmanager
def open_client(policy: FetchPolicy, network: GuardedBackend) -> Iterator[httpx.Client]:
    """Give a client that follows no redirect, asks no proxy and keeps its cookies to itself."""
    timeout = httpx.Timeout(policy.first_byte_seconds, connect=policy.connect_seconds)
    headers = {
        "User-Agent": policy.user_agent,
        "Accept": _ACCEPT,
        "Accept-Language": "id,en;q=0.8",
        "Accept-Encoding": "gzip, deflate",
    }
    transport = _GuardedTransport(policy, network)
    with httpx.Client(transport=transport, headers=headers, timeout=timeout, trust_env=False) as client:
        yield client


@contextmanager
def translated_errors(network: GuardedBackend) -> Iterator[None]:
    """Turn what httpx, httpcore, ssl and socket raise into FetchError, the cause kept."""
    try:
        yield
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise TimedOut(_describe(error)) from error
    except (httpcore.NetworkError, OSError) as error:
        is_tls = isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError)
        raise (TLSFailed if is_tls else ConnectFailed)(_describe(error)) from error
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
def _make_ssl_context() -> ssl.SSLContext:
    """Certifi's authorities, or those of the operator's SSL_CERT_FILE; read once a process (20 ms)."""
    return httpx.create_ssl_context()


class _GuardedTransport(httpx.BaseTransport):
    def __init__(self, policy: FetchPolicy, network: GuardedBackend) -> None:
        self._resolve = policy.resolve
        self._pool = httpcore.ConnectionPool(ssl_context=_make_ssl_context(), network_backend=network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        is_local = self._resolve.find(url.raw_host.decode("ascii")) is not None
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=b"http" if is_local else url.raw_scheme,
                    host=url.raw_host,
                    port=url.port,
                    target=url.raw_path,
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_BodyStream(answer))

    def close(self) -> None:
        self._pool.close()


class _BodyStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
