"""Questions about one line of a copied text: is it clutter, a caption of a picture, a label of the page?"""

from collections.abc import Sequence

from reader.extraction.capture_lines import Line
from reader.extraction.capture_phrases import CAPTION, CAPTION_FOLLOWS, DATELINE, DROP, LABELS, LONGEST_LINE


def is_dropped(text: str) -> bool:
    return len(text) <= LONGEST_LINE and bool(DROP.fullmatch(text))


def is_label(text: str) -> bool:
    return len(text) <= LONGEST_LINE and bool(LABELS.fullmatch(text))


def has_caption(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the caption of a picture that is not here.

    >>> has_caption([Line("kolam renangDok. Dinas Pariwisata kolam renang")], 0)
    True
    """
    text = lines[at].text
    if at and CAPTION_FOLLOWS.fullmatch(lines[at - 1].text[:20]) and not lines[at].is_item:
        return text.endswith(")") or not (lines[at].is_ended or DATELINE.fullmatch(text))
    return len(text) <= 2 * LONGEST_LINE and bool(CAPTION.fullmatch(text) or _is_told_twice(text))


def _is_told_twice(text: str) -> bool:
    """Whether a line is a picture's alternative text, credit and caption, run together at one place."""
    size = _border_of(text)
    if size < 8 or size < 0.15 * len(text) or 2 * size >= len(text):
        return False
    after_first, before_last = text[size], text[-size - 1]
    return after_first.isalpha() or before_last.isalnum()


def _border_of(text: str) -> int:
    """The length of the longest beginning of the text that is its end too (Knuth, Morris, Pratt)."""
    borders = [0] * len(text)
    size = 0
    for at in range(1, len(text)):
        while size and text[at] != text[size]:
            size = borders[size - 1]
        size += text[at] == text[size]
        borders[at] = size
    return size
