"""The one spelling of a host: lower case, punycode, addresses of any notation in the usual one."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

import idna

from reader.errors import LinkMalformed

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]*|[0-9]+")


def normalise_host(host: str) -> str:
    """Return the host as names are compared and connected to; LinkMalformed where it cannot be one.

    Whatever a resolver could take for an IPv4 address (``0x7f.1``, ``2130706433``, ``017700000001``,
    full-width digits) becomes that address, as in the URL standard, so that policy sees what it is.

    >>> normalise_host("WWW.Kompas.COM."), normalise_host("0x7f.1"), normalise_host("[::FFFF:7F00:1]")
    ('www.kompas.com', '127.0.0.1', '::ffff:7f00:1')
    """
    if host.startswith("["):
        return _normalise_v6(host)
    if len(host) > 1_000:
        raise LinkMalformed("a host too long")
    name = _to_ascii(host).removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _read_v4(labels)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise LinkMalformed(f"not a host: {host[:100]}")
    return name


def _normalise_v6(host: str) -> str:
    if not host.endswith("]") or "%" in host:
        raise LinkMalformed(f"not a host: {host[:100]}")
    try:
        return IPv6Address(host[1:-1]).compressed
    except AddressValueError as error:
        raise LinkMalformed(f"not a host: {host[:100]}") from error


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except UnicodeError as error:  # idna.IDNAError is one
        raise LinkMalformed(f"not a host: {host[:100]}") from error


def _read_v4(labels: list[str]) -> str:
    """Read one to four numbers, decimal, octal or hexadecimal, the last one filling what is left."""
    if len(labels) > 4 or not all(_NUMBER.fullmatch(label) for label in labels):
        raise LinkMalformed("neither a name nor an address")
    numbers = [_read_number(label) for label in labels]
    last = numbers.pop()
    if any(number > 255 for number in numbers) or last >= 256 ** (4 - len(numbers)):
        raise LinkMalformed("an address out of range")
    value = last + sum(number << (8 * (3 - place)) for place, number in enumerate(numbers))
    return str(IPv4Address(value))


def _read_number(label: str) -> int:
    if len(label) > 40:
        raise LinkMalformed("an address out of range")
    try:
        if label[:2].lower() == "0x":
            return int(label[2:] or "0", 16)
        return int(label, 8 if label[0] == "0" else 10)
    except ValueError as error:  # 8 or 9 in an octal number
        raise LinkMalformed("neither a name nor an address") from error
