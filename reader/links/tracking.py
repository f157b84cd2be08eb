"""Query parameters that say who shared a link, or which page of an article, and not which article: data."""

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
}

# By site: which parameter turns the pages of one article. It is no part of the identity; the address to
# fetch keeps it only in the form that shows all pages at once.
PAGING_PARAMETERS: dict[str, frozenset[str]] = {
    "antaranews.com": frozenset({"page"}),
    "bisnis.com": frozenset({"page"}),
    "bolasport.com": frozenset({"page"}),
    "detik.com": frozenset({"single"}),
    "grid.id": frozenset({"page"}),
    "kompas.tv": frozenset({"page"}),
    "kompasiana.com": frozenset({"page"}),
    "kontan.co.id": frozenset({"page"}),
    "okezone.com": frozenset({"page"}),
    "sindonews.com": frozenset({"showpage"}),
    "suara.com": frozenset({"page"}),
    "tribunnews.com": frozenset({"page"}),
    "viva.co.id": frozenset({"page"}),
}
ALL_PAGES = frozenset({"page=all", "single=1", "showpage=all"})
