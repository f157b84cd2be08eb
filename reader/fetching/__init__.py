"""Getting a page from the network: the only room with a socket."""

from reader.fetching.fetch import fetch
from reader.fetching.policy import FetchPolicy, ResolveMap, parse_resolve

__all__ = ["FetchPolicy", "ResolveMap", "fetch", "parse_resolve"]
