"""Finding a quote again: the same words, then the same letters, then what is nearest to them.

Where the same passage stands several times, what stands around it decides, then how near it is to where it
was.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from reader.anchoring.distance import find_ends, measure, measure_beginning, measure_end
from reader.anchoring.folding import Folded, fold_text
from reader.anchoring.quote import Quote

# What bounds the time on any text: so many places of each kind are weighed, and so much of a long text is
# searched for what is only near, around where the quote was.
_MOST_PLACES = 30
_MOST_SIMILAR, _MOST_BETWEEN = 8, 3
_SEARCHED = 80_000
# So many letters on either side tell whether a place may be the quote's; those further away, which of several
# it is.
_NEAR_LETTERS = 24
# A passage so long is the same wherever it stands; of a shorter one the context must say so too.
_TELLING_LETTERS, _PHRASE_LETTERS = 40, 9
# Which of them an editor takes is no change.
_QUOTATION_MARKS = ('"“”„«»', "'‘’‚‹›")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands in a text. ``likeness`` is 1 where its letters are all the same."""

    start: int
    end: int
    likeness: float = 1.0


class Text:
    """A text in which quotes are looked for; what is made of it is made once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> Folded:
        return fold_text(self.text)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A quote as it is compared."""

    quote: Quote
    exact: str
    prefix: str
    suffix: str
    near: int


def locate(quote: Quote, text: "str | Text") -> Place | None:
    """Return where the quote stands in the text, or None where nothing is near enough. Never raises.

    >>> locate(Quote("ikut menanam", prefix="Warga "), "Semua warga ikut, menanam pohon.")
    Place(start=12, end=25, likeness=1.0)
    """
    whole = text if isinstance(text, Text) else Text(text)
    if _stands_at(quote, whole.text):
        return Place(quote.start, quote.start + len(quote.exact))
    folded = whole.folded
    exact = fold_text(quote.exact).text
    if not exact:
        return None
    prefix, suffix = fold_text(quote.prefix).text, fold_text(quote.suffix).text
    wanted = _Wanted(quote, exact, prefix, suffix, folded.at(quote.start))
    found = _choose_same(wanted, folded.text) or _choose(
        wanted, folded.text, _find_similar(wanted, folded.text)
    )
    return _unfold(quote.exact, whole, *found) if found else None


def _stands_at(quote: Quote, text: str) -> bool:
    """Whether the text has the quote where it was, with the same words right before or after it."""
    end = quote.start + len(quote.exact)
    if not quote.exact or quote.start < 0 or not text.startswith(quote.exact, quote.start):
        return False
    before, after = quote.prefix[-16:], quote.suffix[:16]
    return text.endswith(before, 0, quote.start) and text.startswith(after, end) and bool(before or after)


def _find_near(wanted: str, text: str, near: int) -> list[int]:
    """Return the places nearest to one where the text has just this."""
    found: list[int] = []
    after, before = text.find(wanted, near), text.rfind(wanted, 0, near + len(wanted) - 1 if near else 0)
    while len(found) < _MOST_PLACES and (after >= 0 or before >= 0):
        if after >= 0 and (before < 0 or after - near <= near - before):
            found.append(after)
            after = text.find(wanted, after + 1)
        else:
            found.append(before)
            before = text.rfind(wanted, 0, before + len(wanted) - 1)
    return found


def _find_similar(wanted: _Wanted, text: str) -> Iterator[tuple[int, int, int]]:
    """Give places whose letters are not just the quote's: start, end, and their distance."""
    first = max(0, wanted.near - _SEARCHED // 2)
    window = text[first : first + _SEARCHED]
    length = len(wanted.exact)
    ends = find_ends(wanted.exact, window, length // 2)
    for end, distance in sorted(ends, key=lambda found: found[1])[:_MOST_SIMILAR]:
        taken, _distance = measure_end(wanted.exact, window[max(0, end - length - distance) : end])
        yield first + end - taken, first + end, distance
    yield from _find_between(wanted, text)


def _find_between(wanted: _Wanted, text: str) -> Iterator[tuple[int, int, int]]:
    """Give places after the words that stood before the quote, before those that stood after it, or both."""
    length = len(wanted.exact)
    before, after = wanted.prefix[-_NEAR_LETTERS:], wanted.suffix[:_NEAR_LETTERS]
    starts, ends = [], []
    if len(before) == _NEAR_LETTERS:
        places = _find_near(before, text, max(0, wanted.near - len(before)))
        starts = [place + len(before) for place in places[:_MOST_BETWEEN]]
    if len(after) == _NEAR_LETTERS:
        ends = _find_near(after, text, wanted.near + length)[:_MOST_BETWEEN]
    for start in starts:
        taken, distance = measure_beginning(wanted.exact, text[start : start + 2 * length])
        yield start, start + taken, distance
        for end in ends:
            if start < end <= start + 2 * length:
                yield start, end, measure(wanted.exact, text[start:end])
    for end in ends:
        taken, distance = measure_end(wanted.exact, text[max(0, end - 2 * length) : end])
        yield end - taken, end, distance


def _choose_same(wanted: _Wanted, text: str) -> tuple[int, int, float] | None:
    """Return the best place with the same letters; several words that stand once may stand among others."""
    length = len(wanted.exact)
    same = [(start, start + length, 0) for start in _find_near(wanted.exact, text, wanted.near)]
    is_phrase = length >= _PHRASE_LETTERS and len(wanted.quote.exact.split()) > 1
    alone = (same[0][0], same[0][1], 1.0) if is_phrase and len(same) == 1 else None
    return _choose(wanted, text, same) or alone


def _choose(
    wanted: _Wanted, text: str, places: Iterable[tuple[int, int, int]]
) -> tuple[int, int, float] | None:
    """Return the best of the places that are near enough: by letters and context, then by where it was."""
    best: tuple[float, int] | None = None
    chosen = None
    for start, end, distance in places:
        if end <= start:
            continue
        likeness = 1 - distance / max(len(wanted.exact), end - start)
        context = _weigh_context(
            wanted.prefix[-_NEAR_LETTERS:], wanted.suffix[:_NEAR_LETTERS], text, start, end
        )
        if not _is_near_enough(likeness, context, len(wanted.exact)):
            continue
        wide = _weigh_context(wanted.prefix, wanted.suffix, text, start, end)
        rank = (round(likeness + context + wide, 2), -abs(start - wanted.near))
        if best is None or rank > best:
            best, chosen = rank, (start, end, likeness)
    return chosen


def _is_near_enough(likeness: float, context: float, length: int) -> bool:
    if length >= _TELLING_LETTERS and likeness >= 0.85:
        return True
    if likeness == 1.0:
        return context >= 0.5
    return (likeness >= 0.7 and context >= 0.5) or (likeness >= 0.5 and context >= 0.8)


def _weigh_context(prefix: str, suffix: str, text: str, start: int, end: int) -> float:
    """Return how much of what stood around the quote stands around the place: 0 to 1, half if nothing did."""
    length = len(prefix) + len(suffix)
    if not length:
        return 0.5
    before = text[max(0, start - 2 * len(prefix)) : start]
    after = text[end : end + 2 * len(suffix)]
    missed = measure_end(prefix, before)[1] + measure_beginning(suffix, after)[1]
    return 1 - missed / length


def _unfold(quote: str, whole: Text, start: int, end: int, likeness: float) -> Place:
    """Return the place in the text itself, with the marks before and after that the quote has too."""
    text, origins = whole.text, whole.folded.origins
    first, last = origins[start], origins[end - 1] + 1
    for mark in reversed(_marks_before(quote)):
        if first and _is_same_mark(text[first - 1], mark):
            first -= 1
    for mark in _marks_after(quote):
        if last < len(text) and _is_same_mark(text[last], mark):
            last += 1
    return Place(first, last, round(likeness, 3))


def _is_same_mark(one: str, other: str) -> bool:
    return one == other or any(one in kind and other in kind for kind in _QUOTATION_MARKS)


def _marks_before(quote: str) -> str:
    return quote[: next((place for place, each in enumerate(quote) if each.isalnum()), 0)].strip()[-8:]


def _marks_after(quote: str) -> str:
    marks = quote[::-1][: next((place for place, each in enumerate(quote[::-1]) if each.isalnum()), 0)]
    return marks[::-1].strip()[:8]
