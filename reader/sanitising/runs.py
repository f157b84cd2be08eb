"""Sanitised HTML as the tags and texts that it is made of: read, cut between characters, never rewritten."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reader.sanitising.policy import INLINE

# In what ``sanitise`` gives back ``<`` begins a tag and ``>`` ends one, and neither stands anywhere else.
_RUN = re.compile(r"<[^<>]*>|[^<]+|<")
_TAG = re.compile(r"</?([a-z][a-z0-9]*)")
# A character, or the reference that stands for one.
_CHARACTER = re.compile(r"&[#\w]{1,10};|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """One tag, or the text between two. A tag that parts two lines reads as a line end, others as nothing."""

    html: str
    text: str
    tag: str = ""

    def cut(self, places: list[int]) -> Iterator[str]:
        """Give the text's markup in parts, cut before the characters of these numbers; joined it is whole.

        >>> list(Run("a&amp;b", "a&b").cut([1, 2]))
        ['a', '&amp;', 'b']
        """
        if self.html == self.text:
            cuts = places
        else:
            starts = [match.start() for match in _CHARACTER.finditer(self.html)]
            cuts = [starts[place] if place < len(starts) else len(self.html) for place in places]
        start = 0
        for cut in cuts:
            yield self.html[start:cut]
            start = cut
        yield self.html[start:]


def read_runs(content: str) -> Iterator[Run]:
    """Give the runs of what ``sanitise`` returned, in order; their markup joined is the content."""
    for match in _RUN.finditer(content):
        markup = match[0]
        if not markup.startswith("<"):
            yield Run(markup, _read_text(markup))
        else:
            name = _TAG.match(markup)
            tag = name[1] if name else ""
            yield Run(markup, "" if tag in INLINE else "\n", tag or "?")


def _read_text(markup: str) -> str:
    """Return the text, one character for each that stands there or is referred to."""
    if "&" not in markup:
        return markup
    return "".join(
        match[0] if len(match[0]) == 1 else html.unescape(match[0])[:1]
        for match in _CHARACTER.finditer(markup)
    )


def read_plain(content: str) -> str:
    """Return the plain text of sanitised HTML, character for character as the runs say it.

    >>> read_plain("<p>Satu <b>dua</b>.</p><p>Tiga &amp; empat</p>")
    '\\nSatu dua.\\n\\nTiga & empat\\n'
    """
    return "".join(run.text for run in read_runs(content))
