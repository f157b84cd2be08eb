"""Where the text stands in a copied page of a site that nothing is known of: the run with most sentences."""

import re
from collections.abc import Sequence

from reader.extraction.capture_lines import Line

# So many lines of menus or teasers beside the text tell that a whole page was copied.
FEWEST_LINES_ASIDE = 8
_NUMBERED = re.compile(r"\d{1,3}[.)] ")
_LONG = 60


def find_core(lines: Sequence[Line]) -> tuple[int, int]:
    """The first line of the run that weighs most, and the line after its last; (0, 0) without a sentence.

    >>> sentence = Line("Kapal itu singgah di pulau kecil, lalu berlayar lagi menjelang sore hari.")
    >>> find_core([Line("Menu"), sentence, Line("Judul kecil"), sentence, Line("Tag"), Line("Iklan")])
    (1, 4)
    """
    best, start, end = 0.0, 0, 0
    weight, begun = 0.0, 0
    for at, line in enumerate(lines):
        if weight <= 0:
            weight, begun = 0.0, at
        weight += _weigh(line)
        if weight > best:
            best, start, end = weight, begun, at + 1
    return start, end


def _weigh(line: Line) -> float:
    size = len(line.text)
    if line.is_sentence:
        return min(size, 300) / 60
    if size >= _LONG or line.is_ended:
        return 0.3
    return -0.5 if line.is_item or line.cells or _NUMBERED.match(line.text) else -1.0


def count_sentences(lines: Sequence[Line]) -> int:
    return sum(line.is_sentence for line in lines)
