"""Numbers that near-equal texts have in common, so that an index finds one by the other.

Min-hashing (Broder 1997) with one permutation (Li, Owen, Zhang 2012): the runs of three words of a text fall
into eighteen bins, each bin keeps its least, and six bands of three bins are the numbers. Two texts that
share the part s of their runs share a band with the probability 1 - (1 - s³)⁶: 0.997 at 0.85, 0.02 at 0.15.
"""

import hashlib
import re
from collections.abc import Iterable
from itertools import islice

# Less than this may be the same words by chance: a schedule, a caption, a notice.
FEWEST_WORDS = 100
RUN_WORDS = 3
_WORD = re.compile(r"\w+")
# Longer than any article; what stands after it in a hostile one is not looked at.
_MOST_WORDS = 20_000
_BANDS, _BINS_OF_A_BAND = 6, 3
_BINS = _BANDS * _BINS_OF_A_BAND


def split_words(text: str) -> list[str]:
    """Return the words without case; as many as are looked at."""
    return [match[0].casefold() for match in islice(_WORD.finditer(text), _MOST_WORDS)]


def find_bands(text: str) -> tuple[int, ...]:
    """Return the text's numbers, of 64 bits with a sign; none for a text that is too short to go by."""
    words = split_words(text)
    if len(words) < FEWEST_WORDS:
        return ()
    runs = {" ".join(words[start : start + RUN_WORDS]) for start in range(len(words) - RUN_WORDS + 1)}
    least = _fill(_find_least(number_of(run) for run in runs))
    bands = (least[start : start + _BINS_OF_A_BAND] for start in range(0, _BINS, _BINS_OF_A_BAND))
    return tuple(number_of(f"band {place} {band}") for place, band in enumerate(bands))


def number_of(text: str) -> int:
    """Return the same number for the same text in every process and on every machine."""
    digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def _find_least(numbers: Iterable[int]) -> list[int | None]:
    least: list[int | None] = [None] * _BINS
    for number in numbers:
        held = least[number % _BINS]
        if held is None or number < held:
            least[number % _BINS] = number
    return least


def _fill(least: list[int | None]) -> list[int]:
    """Let a bin that nothing fell into have what the next one has."""
    return [
        next(found for step in range(_BINS) if (found := least[(place + step) % _BINS]) is not None)
        for place in range(_BINS)
    ]
