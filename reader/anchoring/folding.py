"""A text in a simpler form in which it is compared, and the way back from each of its characters."""

import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Folded:
    """Letters and digits of a text without case and marks, and where in the text each came from."""

    text: str
    origins: "array[int]"

    def at(self, origin: int) -> int:
        """Return the place in the folded text of a place in the text, or of the next letter after it."""
        return bisect_left(self.origins, origin)


def fold_text(text: str) -> Folded:
    """Fold a text.

    >>> fold_text("“Ya, É!”").text
    'yae'
    """
    parts: list[str] = []
    origins = array("I")
    for place, character in enumerate(text):
        folded = _fold(character)
        if folded:
            parts.append(folded)
            origins.extend([place] * len(folded))
    return Folded("".join(parts), origins)


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    """Return no character where it is neither letter nor digit, and more than one for a ligature."""
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(each for each in plain if each.isalnum())
