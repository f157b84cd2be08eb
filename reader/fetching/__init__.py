"""Getting a page from the network: the only room with a socket."""

from reader.fetching.archive import fetch_archive
from reader.fetching.fetch import fetch
from reader.fetching.picture import fetch_picture
from reader.fetching.policy import FetchPolicy, ResolveMap, parse_resolve
from reader.fetching.proxy import Proxy, parse_proxy

__all__ = [
    "FetchPolicy",
    "Proxy",
    "ResolveMap",
    "fetch",
    "fetch_archive",
    "fetch_picture",
    "parse_proxy",
    "parse_resolve",
]
