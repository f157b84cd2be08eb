"""Requests over the guard, and every failure below them as one of ours.

httpx gives the values only. Its client is not used, nor its request: they read addresses in their own way.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache

import httpcore
import httpx

from reader.errors import BadResponse, ConnectFailed, FetchError, ProxyFailed, TimedOut
from reader.fetching.cookies import FetchCookies
from reader.fetching.guard import GuardedBackend, ProxyBackend
from reader.fetching.policy import FetchPolicy
from reader.fetching.proxy import Proxy
from reader.links import ParsedLink

# Chunk sizes come on top of the body; this much is far more than an honest server needs.
_FRAMING_BYTES = 1_000_000
_PROXY_WANTS_PASSWORD = 407
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
    except httpcore.ProxyError as error:
        raise ProxyFailed(_describe(error)) from error
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
    """The requests of one fetch: no redirect is followed, and cookies end with it.

    A proxy is asked only where the policy names one; the variables of the environment mean nothing here.
    """

    def __init__(self, policy: FetchPolicy, network: GuardedBackend) -> None:
        self._network = network
        self._policy = policy
        timeout = httpx.Timeout(policy.first_byte_seconds, connect=policy.connect_seconds)
        self._timeout = timeout.as_dict()
        agent = policy.user_agent.encode("ascii", "replace").decode("ascii")
        self._headers = {"user-agent": agent, **_HEADERS}
        self._cookies = FetchCookies()
        self._direct = httpcore.ConnectionPool(ssl_context=make_ssl_context(), network_backend=network)
        self._proxied = make_proxied(policy.proxy, ProxyBackend(network)) if policy.proxy else None

    def close(self) -> None:
        self._direct.close()
        if self._proxied:
            self._proxied.close()

    @contextmanager
    def get(self, url: ParsedLink, headers: Mapping[str, str]) -> Iterator[httpx.Response]:
        """Ask for the page; the body is read from the answer while the context is open."""
        answer = self._send(url, self._build_request(url, headers))
        try:
            response = httpx.Response(answer.status, headers=answer.headers, stream=_BodyStream(answer))
            self._cookies.take(url.url, response.headers.get_list("set-cookie"))
            self._network.await_body(self._policy.max_body_bytes + _FRAMING_BYTES)
            yield response
        finally:
            answer.close()

    def _send(self, url: ParsedLink, request: httpcore.Request) -> httpcore.Response:
        self._network.await_header()
        if self._proxied is None or self._is_local(url):
            return self._direct.handle_request(request)
        # The proxy makes the connection, but where to is judged here first, as without one.
        self._network.find_addresses(url.host, url.effective_port, self._policy.connect_seconds)
        answer = self._proxied.handle_request(request)
        if answer.status == _PROXY_WANTS_PASSWORD:
            answer.close()
            raise ProxyFailed(str(answer.status))
        return answer

    def _build_request(self, url: ParsedLink, headers: Mapping[str, str]) -> httpcore.Request:
        is_local = self._is_local(url)
        host = f"[{url.host}]" if self._proxied and ":" in url.host else url.host
        address = httpcore.URL(
            scheme=b"http" if is_local else url.scheme.encode(),
            host=host.encode(),
            port=url.port,
            target=url.target.encode(),
        )
        all_headers = {"host": url.authority} | self._headers | _lower(headers)
        if cookie := self._cookies.find_header(url.url):
            all_headers["cookie"] = (
                f"{all_headers['cookie']}; {cookie}" if "cookie" in all_headers else cookie
            )
        return httpcore.Request(
            "GET", address, headers=list(all_headers.items()), extensions={"timeout": self._timeout}
        )

    def _is_local(self, url: ParsedLink) -> bool:
        return self._policy.resolve.find(url.host) is not None


def make_proxied(proxy: Proxy, network: httpcore.NetworkBackend) -> httpcore.HTTPProxy:
    """Return the connections through a proxy: by CONNECT for https, the whole address asked for http."""
    return httpcore.HTTPProxy(
        httpcore.URL(scheme=b"http", host=proxy.host.encode(), port=proxy.port, target=b"/"),
        proxy_auth=(proxy.user, proxy.password) if proxy.user else None,
        ssl_context=make_ssl_context(),
        network_backend=network,
    )


def _lower(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class _BodyStream(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()
