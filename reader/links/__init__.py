"""What a link is: found in any text, canonicalised, and judged before anything is fetched."""

from reader.links.addresses import is_public_address
from reader.links.canonical import CanonicalLink, canonicalise
from reader.links.find import MAX_TEXT_CHARACTERS, find_links, is_article_text
from reader.links.forms import find_plain_form
from reader.links.parse import ParsedLink, parse_link, resolve_link
from reader.links.policy import check_link, check_url

__all__ = [
    "MAX_TEXT_CHARACTERS",
    "CanonicalLink",
    "ParsedLink",
    "canonicalise",
    "check_link",
    "check_url",
    "find_links",
    "find_plain_form",
    "is_article_text",
    "is_public_address",
    "parse_link",
    "resolve_link",
]
