"""Bytes → text: byte order mark, UTF-8 where it is valid, header, meta, guess, in this order; never fails."""

import codecs
import re

import charset_normalizer

_META = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META_WITHIN_BYTES = 4096
_GUESS_WITHIN_BYTES = 30_000
# What the names mean on the web (the WHATWG's encoding standard).
_ALIASES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
}
# Text codecs of Python that no page is written in.
_NOT_ON_THE_WEB = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
)
# Texts in these are valid UTF-8, and something else.
_LIKE_UTF_8 = ("iso2022", "hz", "utf-16", "utf-32")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CONTROL_BYTES = bytes({*range(0x20), 0x7F} - {*b"\t\n\r"})
_LATE_CONTROLS = re.compile(rb"\xc2[\x80-\x9f]")


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Return the text, without control characters, and the name of the encoding that was used."""
    text, encoding = _decode(body, content_type)
    as_utf_8 = body if encoding == "utf-8" else text.encode("utf-8", "replace")
    return (_CONTROLS.sub(" ", text) if _has_controls(text, as_utf_8) else text), encoding


def _decode(body: bytes, content_type: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace"), encoding
    declared = _declared(body, content_type)
    # UTF-8 is hardly ever valid by chance, while Latin-1 is often a server's setting that nobody chose, and
    # a page that a browser stored is UTF-8 with the meta it came with.
    if declared is None or not declared.startswith(_LIKE_UTF_8):
        try:
            return body.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            pass
    if declared is not None:
        return body.decode(declared, "replace"), declared
    guess = charset_normalizer.from_bytes(body[:_GUESS_WITHIN_BYTES]).best()
    encoding = (_usable(guess.encoding) if guess else None) or "cp1252"
    return body.decode(encoding, "replace"), encoding


def _has_controls(text: str, data: bytes) -> bool:
    """Whether any control character is in the text; looking for them as bytes is five times as fast."""
    if len(data.translate(None, _CONTROL_BYTES)) < len(data) or _LATE_CONTROLS.search(data):
        return True
    return "\ufffe" in text or "\uffff" in text


def _declared(body: bytes, content_type: str) -> str | None:
    if (match := _HEADER.search(content_type)) and (encoding := _usable(match[1])):
        return encoding
    if meta := _META.search(body[:_META_WITHIN_BYTES]):
        encoding = _usable(meta[1].decode("ascii"))
        # A meta that could be read as ASCII cannot stand in UTF-16.
        return "utf-8" if encoding and encoding.startswith("utf-16") else encoding
    return None


def _usable(name: str) -> str | None:
    """Return Python's name of a text encoding of the web, or None."""
    try:
        codec = codecs.lookup(name)
        b"x".decode(codec.name, "replace")
    except (LookupError, ValueError):
        return None
    if codec.name in _NOT_ON_THE_WEB:
        return None
    return _ALIASES.get(codec.name, codec.name)
