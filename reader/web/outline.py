"""The table of contents of a long article, made of its headings."""

from dataclasses import dataclass

from reader.sanitising import find_headings

# Shorter ones, or with fewer headings, are read through; more lines than this nobody reads.
_LONG_WORDS = 600
_FEWEST, _MOST = 3, 60


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One heading, in plain text: ``start`` is where its text begins in the HTML, ``anchor`` its address."""

    start: int
    anchor: str
    text: str
    is_below: bool


def make_contents(content: str, word_count: int) -> tuple[ContentsLine, ...]:
    """Return the headings of the two upper levels of a long article; else nothing."""
    if word_count < _LONG_WORDS:
        return ()
    headings = find_headings(content)
    upper = sorted({heading.level for heading in headings})[:2]
    chosen = [heading for heading in headings if heading.level in upper][:_MOST]
    if len(chosen) < _FEWEST:
        return ()
    return tuple(
        ContentsLine(heading.start, f"section-{number}", heading.text, heading.level != upper[0])
        for number, heading in enumerate(chosen, 1)
    )
