"""Judging an answer: what its status means, and whether its bytes are a page at all."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from reader.errors import (
    BadResponse,
    NotAPage,
    PageForbidden,
    PageGone,
    PublisherBusy,
    TooLarge,
    UnexpectedStatus,
)

MAX_RETRY_AFTER_SECONDS = 24 * 3600

_GONE = frozenset({404, 410})
_FORBIDDEN = frozenset({401, 402, 403, 451})
_WITHOUT_PAGE = frozenset({204, 205, 206})  # nothing, or a part that was not asked for

_MEDIA_NOT_READ = re.compile(r"(?:image|audio|video|font|model)/|application/(?:pdf|zip|gzip)\b")
_MEDIA_OF_PAGES = re.compile(r"|text/html|text/plain|application/xhtml\+xml|application/octet-stream")

_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|div|p|article|section|main|h[1-6]"
    rb"|table|span|a|br|ul|ol|b|i|img|font|center|iframe|noscript|base|header|form|nav)[\s>/]",
    re.IGNORECASE,
)
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_BINARY = re.compile(
    rb"%PDF-|\xff\xd8\xff|\x89PNG|GIF8[79]a|RIFF....(?:WAVE|AVI |WEBP)|PK[\x03\x05]|\x1f\x8b|BM....\x00\x00"
    rb"|\x00\x00\x01\x00|ID3[\x02-\x04]|OggS\x00"
    rb"|\x7fELF|Rar!\x1a|7z\xbc\xaf|\xd0\xcf\x11\xe0|wOF[F2]|....ftyp|\x1aE\xdf\xa3|MZ[\x00-\x1f\x80-\xff]",
    re.DOTALL,
)
_JSON = re.compile(rb"\{\s*(?:\"|\})|\[\s*(?:[\[{\"\]]|-?\d+\s*[,\]])")
_XML = re.compile(rb"<\?xml|<(?:rss|feed|svg|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SNIFFED_BYTES = 2_048


def check_status(status: int, headers: Mapping[str, str]) -> None:
    """Return for an answer that carries a page; otherwise raise the FetchError that it means."""
    if status in _GONE:
        raise PageGone(str(status))
    if status in _FORBIDDEN:
        raise PageForbidden(str(status))
    if status == 429 or 500 <= status <= 599:
        raise PublisherBusy(str(status), read_retry_after(headers.get("retry-after", "")))
    if not 200 <= status <= 299 or status in _WITHOUT_PAGE:
        raise UnexpectedStatus(str(status))


def read_retry_after(value: str) -> int | None:
    """Return the seconds that a publisher asks to wait, from a number or a date, a day at most.

    None where it says nothing that can be understood; a moment that has passed is 0.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(int(value[:9]), MAX_RETRY_AFTER_SECONDS)
    try:
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        seconds = int((moment - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0), MAX_RETRY_AFTER_SECONDS)


def check_declared_length(headers: Mapping[str, str], max_bytes: int) -> None:
    """Raise TooLarge where the publisher itself says that more is to come than may."""
    declared = headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:19]) > max_bytes:
        raise TooLarge(f"{declared[:30]} bytes declared")


def check_media_type(content_type: str) -> None:
    """Raise NotAPage where the publisher itself says picture, film, sound or file: no body is read then."""
    if _MEDIA_NOT_READ.match(_media_type(content_type)):
        raise NotAPage(content_type[:100])


def check_body(body: bytes, content_type: str) -> None:
    """Raise NotAPage where the bytes are neither HTML nor plain text, whatever the header says.

    Raises BadResponse for an empty body. Another type in the header is overruled by an HTML root only.
    """
    start = body[:_SNIFFED_BYTES]
    has_mark = start.startswith(_BYTE_ORDER_MARKS)
    if has_mark and start[:1] in {b"\xff", b"\xfe"}:
        start = start[2:].replace(b"\x00", b"")  # UTF-16: near enough to see a tag
    start = start.removeprefix(_BYTE_ORDER_MARKS[0]).lstrip(b" \t\r\n\x0c")
    if not start:
        raise BadResponse("an empty page")
    if _HTML_ROOT.search(start) and start.startswith(b"<"):
        return
    if not _MEDIA_OF_PAGES.fullmatch(_media_type(content_type)):
        raise NotAPage(content_type[:100])
    if start.startswith(b"<") and _HTML_TAG.search(start) and not _XML.match(start):
        return
    if _BINARY.match(start) or _JSON.match(start) or _XML.match(start) or b"\x00" in start:
        raise NotAPage(f"{content_type[:100]}, beginning with {start[:16]!r}")


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()
