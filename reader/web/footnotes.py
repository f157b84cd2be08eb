"""Footnotes of an article: its signs lead to the notes at its end, and those back.

Addresses within a page do not outlive the sanitiser, so they are told by their numbers: raised 1 to n in the
text, in this order, and a last list of exactly n.
"""

import re
from dataclasses import dataclass

_SIGN = re.compile(r"<sup>\[?([1-9][0-9]?)\]?</sup>")
_ITEM = re.compile(r"<li(?: [^>]*)?>(?:<p>)?")
_MOST = 99


@dataclass(frozen=True, slots=True)
class Footnote:
    """Where a link is put: after the sign in the text, or before the note. ``is_first`` of several signs."""

    start: int
    number: int
    is_note: bool = False
    is_first: bool = True


def find_footnotes(content: str) -> tuple[Footnote, ...]:
    """Return the places in what ``sanitise`` returned, in order; none where the numbers do not agree."""
    begin = content.rfind("<ol")
    if begin < 0:
        return ()
    notes = _find_notes(content, begin)
    signs = _find_signs(content, begin)
    order = list(dict.fromkeys(sign.number for sign in signs))
    if not notes or order != [note.number for note in notes]:
        return ()
    return (*signs, *notes)


def _find_notes(content: str, begin: int) -> list[Footnote]:
    end = content.find("</ol>", begin)
    inner = content[begin:end]
    if "<ul" in inner or inner.count("<li") > _MOST:
        return []
    items = enumerate(_ITEM.finditer(content, begin, end), 1)
    return [Footnote(item.end(), number, is_note=True) for number, item in items]


def _find_signs(content: str, end: int) -> list[Footnote]:
    signs: list[Footnote] = []
    seen: set[int] = set()
    links = place = 0
    for match in _SIGN.finditer(content, 0, end):
        links += content.count("<a ", place, match.start()) - content.count("</a>", place, match.start())
        place = match.start()
        number = int(match[1])
        # A link in a link would end the outer one.
        if links == 0:
            signs.append(Footnote(match.end(), number, is_first=number not in seen))
            seen.add(number)
    return signs
