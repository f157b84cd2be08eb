"""The picture that a page gives to those who share it; a site's logo or a filler is none of the article's."""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from reader.extraction.addresses import resolve
from reader.extraction.titles import Site

# Of 808 pages one in 25 shares such a file: "blank.jpg", "default-user-image.png", "ms-icon-310x310.png".
_FILLERS = frozenset(
    "logo icon favicon blank default placeholder fallback noimage no touch opengraph og".split()
)
_AROUND = frozenset(
    "apple ms image img user share sharing social media facebook fb twitter thumb thumbnail site header x"
    " cropped small big large square bw en de id".split()
)
_NEVER_PHOTOS = (".svg", ".ico")
_TOKEN = re.compile(r"[a-z]+")


def choose_image(addresses: Iterable[str], base: str, site: Site) -> str:
    """Return the first absolute address of a picture that is not a filler by its file's name."""
    found = (resolve(address, base) for address in addresses if address)
    return next((url for url in found if url and not _is_filler(url, site)), "")


def _is_filler(url: str, site: Site) -> bool:
    name = unquote(urlsplit(url).path).rpartition("/")[2].lower()
    stem, _, _ = name.rpartition(".")
    tokens = {token for token in _TOKEN.findall(stem) if not site.is_named(token)}
    return name.endswith(_NEVER_PHOTOS) or (not _FILLERS.isdisjoint(tokens) and tokens <= _FILLERS | _AROUND)
