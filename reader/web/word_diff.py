"""What two texts differ in, word by word within paragraphs; bounded in time and size, whatever they hold."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile

# Five times the longest article of our corpus; difflib may take quadratic time, so each measure has an end.
_MOST_CHARACTERS = 200_000
_MOST_PARAGRAPHS = 1_000
_MOST_PAIR_WORDS = 400
_MOST_SECONDS = 1.0
# Two paragraphs that share so much of their words are one paragraph, reworded; it is looked for so near.
_SAME_PARAGRAPH = 0.4
_NEAR = 6
# Unchanged paragraphs that are shown around a change.
_AROUND = 1


class Kind(StrEnum):
    """What became of a paragraph or a run of words; GAP stands for unchanged paragraphs that are left out."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words that is the same in both texts, added or removed; plain text."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the comparison; ``count`` is how many a gap leaves out."""

    kind: Kind
    words: tuple[Words, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class TextDiff:
    """The comparison; ``is_cut`` says that both texts were longer than what is compared."""

    paragraphs: tuple[Paragraph, ...]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        return not any(each.kind in {Kind.ADDED, Kind.REMOVED, Kind.CHANGED} for each in self.paragraphs)


def diff_texts(old: str, new: str) -> TextDiff:
    """Compare two plain texts whose paragraphs are separated by blank lines."""
    before, after = _split(old), _split(new)
    is_cut = _is_long(old, before) or _is_long(new, after)
    compared = _compare(before[:_MOST_PARAGRAPHS], after[:_MOST_PARAGRAPHS])
    return TextDiff(tuple(_leave_gaps(list(compared))), is_cut)


def diff_lines(old: str, new: str) -> tuple[Words, ...]:
    """Compare two single lines, such as titles."""
    ends_at = time.monotonic() + _MOST_SECONDS
    return _diff_words(old[:_MOST_CHARACTERS], new[:_MOST_CHARACTERS], ends_at)


def _split(text: str) -> list[str]:
    parts = text[:_MOST_CHARACTERS].split("\n\n", _MOST_PARAGRAPHS)
    return [" ".join(part.split()) for part in parts]


def _is_long(text: str, paragraphs: list[str]) -> bool:
    return len(text) > _MOST_CHARACTERS or len(paragraphs) > _MOST_PARAGRAPHS


def _compare(before: list[str], after: list[str]) -> Iterator[Paragraph]:
    ends_at = time.monotonic() + _MOST_SECONDS
    # With "autojunk": what stands often is no landmark, and a hostile text of such is not slow.
    matcher = SequenceMatcher(None, before, after)
    for tag, from_before, to_before, from_after, to_after in matcher.get_opcodes():
        if tag == "equal":
            yield from (_whole(Kind.SAME, text) for text in before[from_before:to_before])
        else:
            yield from _compare_block(before[from_before:to_before], after[from_after:to_after], ends_at)


def _compare_block(before: list[str], after: list[str], ends_at: float) -> Iterator[Paragraph]:
    """Pair reworded paragraphs in their order; what has no pair was removed or added."""
    place = 0
    for text in before:
        found = _find_pair(text, after, place)
        if found is None:
            yield _whole(Kind.REMOVED, text)
            continue
        yield from (_whole(Kind.ADDED, each) for each in after[place:found])
        yield Paragraph(Kind.CHANGED, _diff_words(text, after[found], ends_at))
        place = found + 1
    yield from (_whole(Kind.ADDED, each) for each in after[place:])


def _find_pair(text: str, after: list[str], place: int) -> int | None:
    words = set(text.split())
    for number in range(place, min(place + _NEAR, len(after))):
        other = set(after[number].split())
        if len(words & other) >= _SAME_PARAGRAPH * max(len(words), len(other), 1):
            return number
    return None


def _diff_words(old: str, new: str, ends_at: float) -> tuple[Words, ...]:
    """Mark the words that differ; where that would take too long, all between the first and the last."""
    before, after = old.split(), new.split()
    head = _count_same(before, after)
    tail = _count_same(before[head:][::-1], after[head:][::-1])
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    marked = [(Kind.SAME, before[:head])]
    if max(map(len, middle)) > _MOST_PAIR_WORDS or time.monotonic() > ends_at:
        marked += [(Kind.REMOVED, middle[0]), (Kind.ADDED, middle[1])]
    else:
        marked += _match_words(*middle)
    marked.append((Kind.SAME, before[len(before) - tail :]))
    return tuple(Words(kind, " ".join(words)) for kind, words in marked if words)


def _match_words(before: list[str], after: list[str]) -> list[tuple[Kind, list[str]]]:
    marked = []
    for tag, from_before, to_before, from_after, to_after in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            marked.append((Kind.SAME, before[from_before:to_before]))
        else:
            marked.append((Kind.REMOVED, before[from_before:to_before]))
            marked.append((Kind.ADDED, after[from_after:to_after]))
    return marked


def _count_same(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


def _leave_gaps(paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Keep the unchanged paragraphs next to a change; a gap stands for several others."""
    changed = [number for number, each in enumerate(paragraphs) if each.kind is not Kind.SAME]
    shown = {near for number in changed for near in range(number - _AROUND, number + _AROUND + 1)}
    skipped: list[Paragraph] = []
    for number, each in enumerate(paragraphs):
        if number not in shown:
            skipped.append(each)
            continue
        yield from _close_gap(skipped)
        skipped = []
        yield each
    yield from _close_gap(skipped)


def _close_gap(skipped: list[Paragraph]) -> list[Paragraph]:
    return [Paragraph(Kind.GAP, count=len(skipped))] if len(skipped) > 1 else skipped


def _whole(kind: Kind, text: str) -> Paragraph:
    return Paragraph(kind, (Words(kind, text),))
