"""Where in sanitised HTML headings begin: it is cut at these places and otherwise left as it is.

As with pictures, every ``<`` begins a tag and every ``>`` ends one, so a cut right after a start tag opens
and closes nothing.
"""

import re
from dataclasses import dataclass
from html import unescape

_HEADING = re.compile(r"<h([2-6])(?: [^>]*)?>")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: where its text begins in the HTML, its level from 2 to 6, and its plain text."""

    start: int
    level: int
    text: str


def find_headings(content: str) -> tuple[Heading, ...]:
    """Return the headings that say anything, in their order.

    >>> find_headings("<p>a</p><h2>Air &amp; <em>api</em></h2>")
    (Heading(start=12, level=2, text='Air & api'),)
    """
    found = []
    for match in _HEADING.finditer(content):
        inner = content[match.end() : content.index(f"</h{match[1]}>", match.end())]
        text = " ".join(unescape(_TAG.sub("", inner)).split())
        if text:
            found.append(Heading(match.end(), int(match[1]), text))
    return tuple(found)
