"""The other forms of an article's address, on any site: mobile and AMP hosts, AMP paths and parameters.

A guess where `canonicalise` knows: good for finding what may be the same article, not for naming it.
"""

import re

from reader.errors import LinkRefused
from reader.links.canonical import canonicalise
from reader.links.parse import parse_link

_FORM_OF_HOST = re.compile(r"(?:(?:www|m|mobile|amp|wap)\.)+(?=[^.]+\.)")
_AMP_PATH = re.compile(r"/amp(?=/|\Z)|\.amp(?=\.html?\Z|\Z)", re.IGNORECASE)
_AMP_PIECES = frozenset({"amp", "amp=1", "amp=true", "outputtype=amp", "output=amp", "view=amp"})
# <publisher>.cdn.ampproject.org/c/s/<address>; www.google.com/amp/s/<address>
_CACHE = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/(?:c|v|wp)|(?:www\.)?google\.[a-z.]{2,6}/amp)/(?:s/)?(.+)",
    re.IGNORECASE,
)


def find_plain_form(address: str) -> str:
    """Return what the mobile, AMP and full addresses of one article have in common.

    Empty for what is no address, and for a site's front page, which is no article.
    """
    cached = _CACHE.fullmatch(address.strip())
    try:
        parsed = parse_link(canonicalise(f"https://{cached[1]}" if cached else address).canonical_url)
    except LinkRefused:
        return ""
    host = _FORM_OF_HOST.sub("", parsed.host, count=1)
    path = _AMP_PATH.sub("", parsed.path).rstrip("/")
    query = "&".join(piece for piece in parsed.query.split("&") if piece.lower() not in _AMP_PIECES)
    if not path and not query:
        return ""
    port = "" if parsed.port is None else f":{parsed.port}"
    return f"{host}{port}{path}" + (f"?{query}" if query else "")
