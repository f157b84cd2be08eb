"""The desk's initials after an Indonesian article: "(abc/def)", "(H-2)", "(*)"; no part of the text."""

import re

from lxml.html import HtmlElement

from reader.extraction.tree import drop, text_of

# Initials are in small letters and stand after the end of a sentence: "(WHO)" and "itu (dulu)" are text.
_SIGN_OFF = re.compile(
    r"(?:\A|(?<=[.!?\"”’'…]))\s?(\((?:[a-z]{2,5}(?:[/;,-] ?[a-z]{2,5}){0,3}|[A-Z]{1,2}-\d{1,2}|\*{1,3})\))\Z"
)
_LONGEST = 30


def cut_sign_off(content: HtmlElement, language: str) -> None:
    """Cut the initials from the end of the flat blocks, or the last paragraph when it is only them."""
    if language != "id":
        return
    last = next((block for block in content.iterchildren(reversed=True) if block.tag != "figure"), None)
    if last is None or last.tag != "p":
        return
    text = text_of(last)
    match = _SIGN_OFF.search(text, max(len(text) - _LONGEST, 0))
    if match is None:
        return
    if match[0] == text:
        drop(last)
    else:
        _cut_end(last, match[1])


def _cut_end(block: HtmlElement, end: str) -> None:
    """Cut ``end`` from the block's last text, if it stands there in one piece."""
    holder, place = block, block
    while len(place) and not (place[-1].tail or "").strip():
        holder, place = place, place[-1]
    if len(place):
        place[-1].tail = _without(place[-1].tail or "", end)
    else:
        place.text = _without(place.text or "", end)
        if not place.text and place is not block:
            holder.remove(place)


def _without(text: str, end: str) -> str:
    bare = text.rstrip()
    return bare.removesuffix(end).rstrip() if bare.endswith(end) else text
