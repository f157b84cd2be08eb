"""Which links Teduh visits at all, judged by the link alone; what names resolve to, fetching judges."""

from ipaddress import ip_address

from reader.errors import AddressRefused, PortRefused
from reader.links.addresses import is_public_address
from reader.links.canonical import CanonicalLink
from reader.links.parse import ParsedLink, parse_link

ALLOWED_PORTS = frozenset({80, 443})

# Names that mean this machine or this network wherever they are asked (RFC 6761, 6762 with its appendix G,
# 8375, 9476); none of them is given out on the internet.
_LOCAL_SUFFIXES = tuple(
    f".{name}"
    for name in "localhost localdomain local internal intranet private corp home home.arpa lan".split()
)


def check_link(link: CanonicalLink) -> None:
    """Raise the LinkRefused that says why the link may not be fetched; return when it may."""
    check_url(link.url)


def check_url(url: str) -> ParsedLink:
    """Return the address in parts when it may be visited.

    Raises what ``parse_link`` raises; PortRefused for any port but 80 and 443; AddressRefused for an
    address literal that is not public, a name of the local network, or a name of one label.
    """
    parsed = parse_link(url)
    check_parsed(parsed)
    return parsed


def check_parsed(parsed: ParsedLink) -> None:
    """Raise PortRefused or AddressRefused as ``check_url`` does."""
    if parsed.port is not None and parsed.port not in ALLOWED_PORTS:
        raise PortRefused(str(parsed.port))
    if _is_literal(parsed.host):
        if not is_public_address(parsed.host):
            raise AddressRefused(parsed.host)
    elif "." not in parsed.host or f".{parsed.host}".endswith(_LOCAL_SUFFIXES):
        raise AddressRefused(parsed.host)


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
