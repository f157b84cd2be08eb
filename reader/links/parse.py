"""Reading one link into its parts, the way browsers read it, and writing it back in one spelling only.

What is written back holds nothing that two parsers could read differently: ASCII, no credentials, no
backslash, no dot segments, addresses in the usual notation. Site knowledge is not here.
"""

import re
from dataclasses import dataclass

from reader.errors import CredentialsRefused, LinkMalformed, LinkTooLong, PortRefused, SchemeRefused
from reader.links.host import normalise_host

MAX_LINK_CHARACTERS = 8_000
DEFAULT_PORTS = {"http": 80, "https": 443}

# White space, control and invisible characters around a link belong to the text it was copied from.
_EDGES = "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"
_EDGES += "".join(map(chr, range(0x2000, 0x2010))) + "".join(map(chr, range(0x202A, 0x202F))) + "\u2060\u00ad"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_BARE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\.?(?::\d*)?(?=[/?#\\]|\Z)")
_AFTER_SCHEME = re.compile(r"([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?\Z")

_UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_KEPT_IN_PATH = frozenset(_UNRESERVED + b"!$&'()*+,;=:@/")
_KEPT_IN_QUERY = _KEPT_IN_PATH | frozenset(b"?")
_ESCAPE = re.compile(rb"%([0-9a-fA-F]{2})?|[^%]+")


@dataclass(frozen=True, slots=True)
class ParsedLink:
    """An http(s) link in parts, made by ``parse_link``; ``port`` is None where it is the scheme's own.

    ``host`` has no brackets; ``path`` begins with a slash; ``query`` is empty where there is none.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str = ""

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def effective_port(self) -> int:
        return DEFAULT_PORTS[self.scheme] if self.port is None else self.port

    @property
    def target(self) -> str:
        """What a request line asks for: path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_link(link: str) -> ParsedLink:
    """Read a link; a bare host such as ``kompas.com/read`` is taken for https. The fragment is dropped.

    Raises LinkTooLong, LinkMalformed, SchemeRefused, CredentialsRefused or PortRefused (a port that is
    no number). Which hosts and ports may be visited is for ``policy`` to say.
    """
    link = _trim(link)
    scheme, rest = _split_scheme(link)
    match = _AFTER_SCHEME.match(rest)
    if match is None:
        raise LinkMalformed(link)
    authority, path, query = match[1], match[2], match[3] or ""
    if "@" in authority:
        raise CredentialsRefused
    host, port = _split_port(authority)
    return ParsedLink(
        scheme=scheme,
        host=normalise_host(host),
        port=None if port == DEFAULT_PORTS[scheme] else port,
        path=_resolve_dots(_escape(path, _KEPT_IN_PATH)) or "/",
        query=_escape(query, _KEPT_IN_QUERY),
    )


def resolve_link(base: ParsedLink, reference: str) -> ParsedLink:
    """Read a reference (as in a ``Location`` header) that stands on the page ``base``; same errors."""
    reference = _trim(reference)
    head, mark, tail = _split_at_query(reference)
    head = head.replace("\\", "/")
    origin = f"{base.scheme}://{base.authority}"
    if _SCHEME.match(head):
        absolute = head
    elif head.startswith("//"):
        absolute = f"{base.scheme}:{head}"
    elif head.startswith("/"):
        absolute = origin + head
    elif head:
        absolute = origin + base.path.rpartition("/")[0] + "/" + head
    else:
        query = f"?{base.query}" if base.query and not mark.startswith("?") else ""
        absolute = origin + base.path + query
    return parse_link(absolute + mark + tail)


def _trim(link: str) -> str:
    link = link.strip(_EDGES)
    if len(link) > MAX_LINK_CHARACTERS:
        raise LinkTooLong(f"{len(link)} characters")
    if _CONTROL.search(link):
        raise LinkMalformed("control characters")
    return link


def _split_at_query(link: str) -> tuple[str, str, str]:
    end = next((index for index, character in enumerate(link) if character in "?#"), len(link))
    return link[:end], link[end : end + 1], link[end + 1 :]


def _split_scheme(link: str) -> tuple[str, str]:
    """Return the scheme and what follows its slashes, backslashes before the query turned into slashes."""
    head, mark, tail = _split_at_query(link)
    rest = head.replace("\\", "/") + mark + tail
    match = _SCHEME.match(rest)
    scheme = match[1].lower() if match else ""
    if match and scheme in DEFAULT_PORTS:
        return scheme, rest[match.end() :].lstrip("/")
    if _BARE_HOST.match(rest):
        return "https", rest
    if rest.startswith("//"):
        return "https", rest.lstrip("/")
    if match:
        raise SchemeRefused(scheme)
    raise LinkMalformed(link)


def _split_port(authority: str) -> tuple[str, int | None]:
    host, colon, port = authority.rpartition(":")
    if not colon or "]" in port:
        return authority, None
    if not port:
        return host, None
    if not port.isascii() or not port.isdigit() or int(port[:7]) > 65535:
        raise PortRefused(port[:20])
    return host, int(port)


def _escape(part: str, kept: frozenset[int]) -> str:
    """Percent-encode what must be, decode what need not be, so that one thing has one spelling."""
    try:
        raw = part.encode()
    except UnicodeEncodeError as error:  # half of a surrogate pair
        raise LinkMalformed("not a text") from error

    def spell(match: re.Match[bytes]) -> bytes:
        if match[0] == b"%":
            return b"%25"
        if match[1]:
            byte = int(match[1], 16)
            return bytes([byte]) if byte in _UNRESERVED else match[0].upper()
        return b"".join(bytes([byte]) if byte in kept else b"%%%02X" % byte for byte in match[0])

    return _ESCAPE.sub(spell, raw).decode("ascii")


def _resolve_dots(path: str) -> str:
    """Remove dot segments (RFC 3986, 5.2.4); ``path`` is empty or begins with a slash."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)
