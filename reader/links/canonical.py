"""What makes two links the same article, and which address to fetch for it."""

from dataclasses import dataclass, replace

from reader.errors import LinkTooLong
from reader.links import kompas
from reader.links.parse import ParsedLink, parse_link
from reader.links.tracking import (
    ALL_PAGES,
    PAGING_PARAMETERS,
    SITE_PARAMETERS,
    TRACKING_PARAMETERS,
    TRACKING_PREFIXES,
    of_site,
)
from reader.links.views import find_first_page, find_full_view

MAX_URL_CHARACTERS = 2_000
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CanonicalLink:
    """One link, made by ``canonicalise``; nothing in it says yet that it may be fetched (see ``policy``).

    ``url`` is what to fetch. ``canonical_url`` is the identity: equal for all links to one article, in
    the form of an https address, and not always one that the publisher serves. ``host`` is that of
    ``url``, in lower case and punycode.
    """

    url: str
    canonical_url: str
    host: str


def canonicalise(link: str) -> CanonicalLink:
    """Clean a link and give the article's identity; canonicalising either result again changes nothing.

    On kompas.com the identity is ``https://www.kompas.com/read/YYYY/MM/DD/ID`` (see ``kompas``). On other
    sites it is the https address of the article's first full page (see ``views``) without tracking and
    paging parameters; unknown parameters stay, in their order. Raises what ``parse_link`` raises, and
    LinkTooLong over 2,000 characters after cleaning.
    """
    parsed = parse_link(link)
    parsed = replace(parsed, query=_clean_query(parsed))
    is_kompas = kompas.is_kompas(parsed.host)
    parsed = kompas.find_reading_address(parsed) if is_kompas else find_first_page(parsed)
    canonical_url = kompas.find_identity(parsed) or _identity(find_full_view(parsed))
    if max(len(parsed.url), len(canonical_url)) > MAX_URL_CHARACTERS:
        raise LinkTooLong(f"{len(parsed.url)} characters")
    return CanonicalLink(url=parsed.url, canonical_url=canonical_url, host=parsed.host)


def _identity(parsed: ParsedLink) -> str:
    paging = of_site(PAGING_PARAMETERS, parsed.host) or _NONE
    query = "&".join(piece for piece in parsed.query.split("&") if _name(piece) not in paging)
    port = None if parsed.port in {80, 443} else parsed.port
    return replace(parsed, scheme="https", port=port, query=query).url


def _clean_query(parsed: ParsedLink) -> str:
    dropped = TRACKING_PARAMETERS | (of_site(SITE_PARAMETERS, parsed.host) or _NONE)
    paging = of_site(PAGING_PARAMETERS, parsed.host) or _NONE
    return "&".join(
        piece
        for piece in parsed.query.split("&")
        if piece
        and (name := _name(piece)) not in dropped
        and not name.startswith(TRACKING_PREFIXES)
        and (name not in paging or piece.lower() in ALL_PAGES)
    )


def _name(piece: str) -> str:
    return piece.partition("=")[0].lower()
