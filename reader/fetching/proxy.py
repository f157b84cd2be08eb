"""READER_FETCH_PROXY: the operator's own http proxy, through which every page is fetched.

The guard judges the address of each site before the proxy is asked. The proxy then resolves the name again
and makes the connection by itself, so it is trusted: it should refuse private addresses too.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|[0-9a-f:.]*:[0-9a-f:.]*")


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the proxy listens, and what it asks for, if it does; made by ``parse_proxy``."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


def parse_proxy(text: str) -> Proxy | None:
    """Read ``http://host:port`` or ``http://user:password@host:port``; nothing is no proxy.

    Raises ValueError with a sentence for a person, in which no password stands.

    >>> parse_proxy("http://10.0.0.5:3128")
    Proxy(host='10.0.0.5', port=3128, user='')
    """
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
    except ValueError:
        host, port, user, password = "", None, "", ""
    is_whole = host and port and text.startswith("http://") and not parts.path.strip("/") + parts.query
    if not is_whole or not _HOST.fullmatch(host) or not (user + password).isascii():
        raise ValueError("it must be like http://10.0.0.5:3128 or http://user:password@10.0.0.5:3128.")
    return Proxy(host, port or 0, user, password)
