"""Query parameters that say who shared a link, or which page of an article, and not which article: data."""

from collections.abc import Mapping
from typing import TypeVar

TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_")

TRACKING_PARAMETERS = frozenset(
    {
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_openstat",
        "dclid",
        "fb_action_ids",
        "fb_action_types",
        "fb_source",
        "fbclid",
        "gad_source",
        "gbraid",
        "gclid",
        "gclsrc",
        "igsh",
        "igshid",
        "lgn_source",
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "msclkid",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
    }
)

# By site, for it and all its sub-domains: what is tracking there although it has a common name.
SITE_PARAMETERS: dict[str, frozenset[str]] = {
    "detik.com": frozenset({"mpid", "mtype", "tag_from"}),
    "kompas.com": frozenset(
        {"amp", "campaign", "jxconn", "jxrecoid", "kmps_usrid", "medium", "page", "source"}
    ),
    "viva.co.id": frozenset({"headline", "medium"}),
}

# By site: which parameter turns the pages of one article. It is no part of the identity; the address to
# fetch keeps it only in the form that shows all pages at once.
_PAGE = frozenset({"page"})
PAGING_PARAMETERS: dict[str, frozenset[str]] = {
    "antaranews.com": _PAGE,
    "bisnis.com": _PAGE,
    "bola.com": _PAGE,
    "bolasport.com": _PAGE,
    "cnnindonesia.com": _PAGE,
    "detik.com": frozenset({"single"}),
    "fimela.com": _PAGE,
    "grid.id": _PAGE,
    "gridoto.com": _PAGE,
    "idntimes.com": _PAGE,
    "jawapos.com": _PAGE,
    "kapanlagi.com": _PAGE,
    "kompas.tv": _PAGE,
    "kompasiana.com": _PAGE,
    "kontan.co.id": _PAGE,
    "liputan6.com": _PAGE,
    "merdeka.com": _PAGE,
    "motorplus-online.com": _PAGE,
    "nextren.com": _PAGE,
    "okezone.com": _PAGE,
    "parapuan.co": _PAGE,
    "republika.co.id": _PAGE,
    "sindonews.com": frozenset({"showpage"}),
    "sonora.id": _PAGE,
    "suara.com": _PAGE,
    "tempo.co": frozenset({"page", "page_num"}),
    "tribunnews.com": _PAGE,
    "viva.co.id": _PAGE,
}
ALL_PAGES = frozenset({"page=all", "single=1", "showpage=all"})

_Value = TypeVar("_Value")


def of_site(table: Mapping[str, _Value], host: str) -> _Value | None:
    """What the table holds for the host or the nearest domain above it."""
    labels = host.split(".")
    sites = (".".join(labels[level:]) for level in range(len(labels)))
    return next((table[site] for site in sites if site in table), None)
