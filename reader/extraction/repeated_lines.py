"""Lines that a template puts between the paragraphs: "Article content", "Ein Klick für den Datenschutz"."""

import re
from collections import Counter

from lxml.html import HtmlElement

from reader.extraction.tree import drop, text_of

_FEWEST = 3
_MOST_CHARS = 60
# Two words or more of which one is no name; whoever speaks in an interview is a name, or ends in a colon.
_LINE = re.compile(r"(?![-–—])(?=.*(?:^|\s)[^\W\d_A-Z]).+\s.*[^\s.?!:;,…\"'”’)\]]")


def drop_repeated_lines(content: HtmlElement) -> int:
    """Drop the flat blocks of a short text that stands between paragraphs again and again; say how many.

    Between other short lines, as in a song, it is a refrain.
    """
    texts = [(each, text_of(each)) for each in content]
    counts = Counter(text for _, text in texts if len(text) <= _MOST_CHARS)
    doomed = [
        each
        for place, (each, text) in enumerate(texts)
        if each.tag == "p" and counts[text] >= _FEWEST and _LINE.fullmatch(text)
        if next(each.iter("a"), None) is None  # that leads somewhere
        if any(len(other) > _MOST_CHARS for _, other in texts[max(place - 1, 0) : place + 2])
    ]
    for each in doomed:
        drop(each)
    return len(doomed)
