"""Which addresses are other views of an article on the Indonesian sites: its further pages and AMP forms.

A further page leads to the first one. An AMP or mobile address is the same article by its identity but is
fetched as it was given: which address its full page has, the page itself says best.
"""

import re
from dataclasses import replace

from reader.links.parse import ParsedLink
from reader.links.tracking import of_site

# A slug holds a letter: /d-123/4/5 is no page of an article.
_SLUG = r"(?=[^/]*[a-z])[^/]+"
_CNN = re.compile(rf"(/(?:[^/]+/)+\d{{14}}-\d+-\d+/{_SLUG})/\d{{1,2}}", re.IGNORECASE)

# The part before the page's number, by site.
_FURTHER_PAGES: dict[str, re.Pattern[str]] = {
    "cnbcindonesia.com": _CNN,
    "cnnindonesia.com": _CNN,
    "detik.com": re.compile(rf"(/(?:[^/]+/)*d-\d+/{_SLUG})/\d{{1,2}}", re.IGNORECASE),
    "republika.co.id": re.compile(r"(/berita/.+?)-part\d.*"),
    # The number is that of the page's first paragraph.
    "sindonews.com": re.compile(rf"(/(?:news)?read/\d+/\d+/{_SLUG})/\d{{1,3}}", re.IGNORECASE),
}
_AMP_BEFORE = re.compile(r"(?:/amp)+(/.+)")
_AMP_BEHIND = re.compile(r"((?:/(?!amp(?:/|\Z))[^/]*)+)(?:/amp)+/?")
_AMP_PATHS: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(("antaranews.com", "grid.id", "kumparan.com", "merdeka.com", "suara.com"), _AMP_BEFORE),
    **dict.fromkeys(("tribunnews.com", "viva.co.id"), _AMP_BEFORE),
    **dict.fromkeys(("cnbcindonesia.com", "cnnindonesia.com", "detik.com", "idntimes.com"), _AMP_BEHIND),
}
_OTHER_HOSTS = {
    "amp.suara.com": "www.suara.com",
    "amp.tirto.id": "tirto.id",
    "m.antaranews.com": "www.antaranews.com",
    "m.liputan6.com": "www.liputan6.com",
    "m.merdeka.com": "www.merdeka.com",
    "m.tribunnews.com": "www.tribunnews.com",
}


def find_first_page(link: ParsedLink) -> ParsedLink:
    """The first page of the article that ``link`` is a further page of; any other link unchanged."""
    pattern = of_site(_FURTHER_PAGES, link.host)
    match = pattern.fullmatch(link.path) if pattern else None
    return replace(link, path=match[1]) if match else link


def find_full_view(link: ParsedLink) -> ParsedLink:
    """The address of the full page that ``link`` is the AMP or mobile form of, as a name; else the link."""
    pattern = of_site(_AMP_PATHS, link.host)
    match = pattern.fullmatch(link.path) if pattern else None
    path = match[1] if match else link.path
    return find_first_page(replace(link, host=_OTHER_HOSTS.get(link.host, link.host), path=path))
