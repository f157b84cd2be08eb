"""Addresses in a page → absolute http(s) addresses, or nothing."""

from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

_MAX_CHARS = 2000
# Where pages keep the true picture while a placeholder stands in src.
_PICTURE_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")


def resolve(address: str, base: str) -> str:
    """Return the absolute address, or "" when it is not one of a page: ``javascript:``, ``data:``, nonsense.

    >>> resolve("/read/2", "https://example.com/read/1")
    'https://example.com/read/2'
    """
    address = "".join(address.split())
    if not address or address.startswith("#") or len(address) > _MAX_CHARS:
        return ""
    try:
        absolute = urljoin(base, address)
        parts = urlsplit(absolute)
        host = parts.hostname
    except ValueError:
        return ""
    return absolute if parts.scheme in {"http", "https"} and host else ""


def find_base(tree: HtmlElement, url: str) -> str:
    """The address that the page's relative addresses start from: its own ``base``, else its URL."""
    for element in tree.iter("base"):
        if base := resolve(element.get("href", ""), url):
            return base
    return url


def resolve_addresses(content: HtmlElement, base: str) -> str:
    """Make every address in the content absolute; what leads nowhere loses it. A line for the trace."""
    dropped = 0
    for link in content.iter("a"):
        address = link.get("href", "")
        if address.startswith("mailto:"):
            continue
        if absolute := resolve(address, base):
            link.set("href", absolute)
        else:
            link.attrib.pop("href", None)
            dropped += 1
    for element in content.iter("img", "iframe", "blockquote"):
        if element.tag == "blockquote":
            continue
        element.set("src", resolve(_source_of(element), base))
    return f"addresses: absolute from {base}, {dropped} lead nowhere"


def _source_of(element: HtmlElement) -> str:
    for name in _PICTURE_SOURCES:
        value: str = element.get(name, "")
        if value and not value.startswith("data:"):
            return value
    return ""


def drop_query(address: str, names: tuple[str, ...]) -> str:
    """The address without the parameters of these names.

    >>> drop_query("https://example.com/read?id=1&ref=home", ("ref",))
    'https://example.com/read?id=1'
    """
    before, mark, query = address.partition("?")
    if not names or not mark:
        return address
    kept = [each for each in query.split("&") if each.partition("=")[0] not in names]
    return f"{before}?{'&'.join(kept)}" if kept else before
