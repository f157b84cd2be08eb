"""What is kept of a passage so that it can be found again: its words, and those before and after."""

import re
from dataclasses import dataclass

CONTEXT_CHARACTERS = 64

_LINE_ENDS = re.compile(r"[^\S\n]*\n\s*")
_BLANKS = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage by its words. ``start`` is where it was, as a hint among several places."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0


def quote_at(text: str, start: int, end: int) -> Quote:
    """Return the quote of a place in the text, tidied, with what stands around it."""
    passage = text[start:end]
    start += len(passage) - len(passage.lstrip())
    end -= len(passage) - len(passage.rstrip())
    return Quote(
        exact=tidy(text[start:end]),
        prefix=tidy(text[max(0, start - 2 * CONTEXT_CHARACTERS) : start])[-CONTEXT_CHARACTERS:],
        suffix=tidy(text[end : end + 2 * CONTEXT_CHARACTERS])[:CONTEXT_CHARACTERS],
        start=start,
    )


def tidy(text: str) -> str:
    """Return the text with one line end between lines and one space between words.

    >>> tidy("Satu  dua.\\n \\n tiga")
    'Satu dua.\\ntiga'
    """
    return _BLANKS.sub(" ", _LINE_ENDS.sub("\n", text))
