"""How kompas.com names its articles, and which addresses are other views of the same one."""

import re
from dataclasses import replace

from reader.links.parse import ParsedLink

# <host>/<kanal>/read/YYYY/MM/DD/ID/slug; `xml` and `index.php` are older spellings (to 2016 and 2012).
# `copy` is the text to copy, `komentar` the comments, `image` one photograph of the article.
_ARTICLE = re.compile(
    r"(?P<before>(?:/[^/]+){0,4}?)/(?P<view>read|copy|komentar|image)(?P<xml>/xml)?"
    r"/(?P<day>[12]\d{3}/(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01]))/(?P<id>\d{4,20})(?P<slug>/.*)?"
)

# Kanals with a sub-domain of their own; the others live under www.kompas.com/<kanal>/ (pages of 2020-2023).
KANALS_WITH_A_HOST = frozenset(
    {
        "agri",
        "balikpapan",
        "bandung",
        "banjarmasin",
        "biz",
        "bogor",
        "bola",
        "denpasar",
        "edukasi",
        "entertainment",
        "foto",
        "go",
        "health",
        "internasional",
        "kilasdaerah",
        "kolom",
        "lestari",
        "lifestyle",
        "makassar",
        "medan",
        "megapolitan",
        "money",
        "nasional",
        "ohayojepang",
        "olahraga",
        "otomotif",
        "palembang",
        "pontianak",
        "regional",
        "samarinda",
        "semarang",
        "surabaya",
        "tekno",
        "travel",
        "umkm",
        "yogyakarta",
    }
)


def is_kompas(host: str) -> bool:
    """Whether the host is kompas.com or below it; kompas.tv, kompas.id and kompasiana.com are other sites."""
    return host == "kompas.com" or host.endswith(".kompas.com")


def find_identity(link: ParsedLink) -> str | None:
    """Return the name of the article, ``https://www.kompas.com/read/YYYY/MM/DD/ID``, or None.

    Date and ID are the whole identity: the publisher serves an article on several hosts and ignores the
    slug. The name has the form of an address but need not be fetched.
    """
    match = _ARTICLE.fullmatch(link.path)
    if match is None or not is_kompas(link.host):
        return None
    return f"https://www.kompas.com/read/{match['day']}/{match['id']}"


def find_reading_address(link: ParsedLink) -> ParsedLink:
    """Return the reading page of an AMP, copy, comment or photograph address; others only become https."""
    link = replace(link, scheme="https", port=None if link.port in {80, 443} else link.port)
    match = _ARTICLE.fullmatch(link.path)
    if match is None:
        return link
    before, host = match["before"], "www.kompas.com" if link.host == "kompas.com" else link.host
    if host == "amp.kompas.com":
        kanal, _, rest = before.removeprefix("/").partition("/")
        host = "www.kompas.com"
        if kanal in KANALS_WITH_A_HOST:
            host, before = f"{kanal}.kompas.com", f"/{rest}" if rest else ""
    path = f"{before}/read{match['xml'] or ''}/{match['day']}/{match['id']}{match['slug'] or ''}"
    return replace(link, host=host, path=path)
