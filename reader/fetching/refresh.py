"""Pages that are no pages: a meta refresh with a line or two around it, as link shorteners send."""

import re

from lxml import etree, html

# t.co, Google's and forum software's pages have less than 2 kB and at most a sentence.
_MAX_PAGE_BYTES = 20_000
_MAX_TEXT_CHARACTERS = 300
_MAX_WAIT_SECONDS = 60
_UNREAD = frozenset({"script", "style", "title", "template"})
# HTML, 4.2.5.3: a time, then perhaps a comma or semicolon, "url =" and an address, quoted or not.
_REFRESH = re.compile(
    r"\s*(?P<seconds>\d{1,9})(?:\.[\d.]{0,9})?(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?"
    r"(?:'(?P<single>[^']*)|\"(?P<double>[^\"]*)|(?P<bare>.*))",
    re.IGNORECASE | re.DOTALL,
)


def find_refresh(body: bytes, header: str = "") -> str | None:
    """Return the address that a page sends its readers on to, or None where it is a page to read.

    A refresh inside ``noscript`` counts: we run no scripts either. ``header`` is the answer's Refresh header.
    A page that only loads itself again after a while names no address.
    """
    if len(body) > _MAX_PAGE_BYTES or not (header or b"http-equiv" in body.lower()):
        return None
    try:
        root = html.document_fromstring(body)
    except (etree.LxmlError, ValueError):
        return None
    if len(_read_text(root)) > _MAX_TEXT_CHARACTERS:
        return None
    contents = [meta.get("content", "") for meta in root.iter("meta") if _is_refresh(meta)]
    addresses = (_read_address(content) for content in (*contents, header))
    return next((address for address in addresses if address), None)


def _is_refresh(meta: html.HtmlElement) -> bool:
    return str(meta.get("http-equiv", "")).strip().lower() == "refresh"


def _read_text(root: html.HtmlElement) -> str:
    pieces: list[str] = []
    for element in root.iter():
        if element.tag not in _UNREAD and isinstance(element.tag, str):
            pieces += (element.text or "").split()
        pieces += (element.tail or "").split()
    return " ".join(pieces)


def _read_address(content: str) -> str | None:
    match = _REFRESH.match(content[:10_000])
    if match is None or int(match["seconds"]) > _MAX_WAIT_SECONDS:
        return None
    return (match["single"] or match["double"] or match["bare"] or "").strip() or None
