"""Which IP addresses are on the public internet: an explicit table, and nothing is resolved here.

`ipaddress.is_global` is not enough: it differs between Python releases (192.0.0.0/24) and calls
addresses public that carry a private one inside (NAT64, 6to4, Teredo, ISATAP).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA special-purpose registry (RFC 6890 and its updates), multicast and reserved space.
_REFUSED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host agent: answers its virtual machines only, secrets among it
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",  # with 255.255.255.255
    )
)
# Only 2000::/3 is given out; ::ffff:0:0/96, ::/96, 64:ff9b::/96, fc00::/7, fe80::/10, ff00::/8 lie outside.
_GIVEN_OUT_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",
        "2002::/16",  # 6to4: carries an IPv4 address
        "3ffe::/16",  # handed back; the first Teredo addresses began with it
        "3fff::/20",
    )
)
# RFC 5214, 6.1: the third word of an ISATAP address; an IPv4 address follows it.
_ISATAP = frozenset({0x00005EFE, 0x02005EFE})


def is_public_address(ip: str) -> bool:
    """Whether a connection to this address leaves for the public internet; anything odd is not public.

    >>> is_public_address("1.1.1.1"), is_public_address("::ffff:1.1.1.1"), is_public_address("0x7f.1")
    (True, False, False)
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED_V4)
    return address.scope_id is None and _is_public_v6(address)


def _is_public_v6(address: IPv6Address) -> bool:
    if address not in _GIVEN_OUT_V6 or any(address in network for network in _REFUSED_V6):
        return False
    return int(address) >> 32 & 0xFFFFFFFF not in _ISATAP
