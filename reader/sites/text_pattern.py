"""Regular expressions of rule files, bounded: Python's can take for ever, and cannot be stopped either."""

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from re import _parser  # type: ignore[attr-defined]  # nothing public tells what a pattern consists of
from typing import Any

# Tries per paragraph at most, by an upper bound; half a second if all were really needed.
MAX_TRIES = 50_000_000
# The longest paragraph that a pattern is tested on: as long as its tries allow.
_LENGTHS = (2_000, 1_000, 500, 250)
# Flags, and groups by their number or name: they mean something else among other patterns.
_OF_THE_WHOLE = re.compile(r"\\[1-9]|\(\?[a-zA-Z(]")


class PatternRefused(ValueError):
    """Not a regular expression, or one that may try for ever; a sentence, and what is filled into it."""

    def __init__(self, sentence: str, *details: str) -> None:
        super().__init__(sentence % details)
        self.sentence = sentence
        self.details = details


@dataclass(frozen=True, slots=True)
class TextPattern:
    """A pattern that is searched in paragraphs of at most ``max_chars``, whatever their case.

    ``is_of_beginning``: it asks for the beginning of the paragraph, and means the same among others.
    """

    regex: re.Pattern[str]
    max_chars: int
    is_of_beginning: bool = False

    def is_in(self, text: str) -> bool:
        return len(text) <= self.max_chars and bool(self.regex.search(text))


@dataclass(frozen=True, slots=True)
class TextPatterns:
    """Many patterns, of which most ask for the beginning of a paragraph: those are tried at once."""

    beginnings: re.Pattern[str] | None
    others: tuple[TextPattern, ...]

    def is_any_in(self, text: str) -> bool:
        if self.beginnings and len(text) <= _LENGTHS[0] and self.beginnings.match(text):
            return True
        return any(pattern.is_in(text) for pattern in self.others)


@lru_cache(maxsize=512)
def compile_text_patterns(sources: tuple[str, ...]) -> TextPatterns:
    """Compile the ``strip_text`` of a rule, each of which ``compile_text_pattern`` takes."""
    compiled = {source: compile_text_pattern(source) for source in sources}
    joinable = [
        source
        for source, pattern in compiled.items()
        if pattern.is_of_beginning and pattern.max_chars == _LENGTHS[0]
    ]
    joined = "|".join(f"(?:{source})" for source in joinable)
    return TextPatterns(
        re.compile(joined, re.IGNORECASE) if joined else None,
        tuple(pattern for source, pattern in compiled.items() if source not in joinable),
    )


@lru_cache(maxsize=4096)
def compile_text_pattern(source: str) -> TextPattern:
    """Compile a ``strip_text``. Raises PatternRefused.

    >>> compile_text_pattern("^baca juga").is_in("Baca juga: Harga Beras")
    True
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            regex = re.compile(source, re.IGNORECASE)
            tree = list(_parser.parse(source, re.IGNORECASE))
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternRefused("not a regular expression: %s", str(error)) from error
    is_anchored = bool(tree) and str(tree[0][1]) == "AT_BEGINNING"
    for length in _LENGTHS:
        if (1 if is_anchored else length) * _tries(tree, length) <= MAX_TRIES:
            return TextPattern(regex, length, is_anchored and not _OF_THE_WHOLE.search(source))
    raise PatternRefused("it may try for ever: repetitions in each other, or too many in a row")


def _tries(items: Iterable[tuple[object, Any]], length: int) -> float:
    """In how many ways a sequence may be matched against a text of this length, at most."""
    tries = 1.0
    for operation, argument in items:
        tries *= _tries_of(str(operation), argument, length)
        if tries > MAX_TRIES:
            break
    return tries


def _tries_of(operation: str, argument: Any, length: int) -> float:
    """The same for one part; ``operation`` and ``argument`` are as Python's own parser gives them."""
    if operation in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        least, most, items = argument
        times = min(int(most), length)
        ways = float(times - min(int(least), length) + 1)
        inner = _tries(items, length)
        return ways if inner <= 1 else ways * min(inner, 1e9) ** min(times, 30)
    if operation == "BRANCH":
        return sum(_tries(branch, length) for branch in argument[1])
    if operation in {"SUBPATTERN", "ASSERT", "ASSERT_NOT"}:
        return _tries(argument[-1], length)
    if operation == "ATOMIC_GROUP":
        return _tries(argument, length)
    # A group again, or a choice by a group, looks back over what the pattern has tried.
    return float(length) if operation in {"GROUPREF", "GROUPREF_IGNORE", "GROUPREF_EXISTS"} else 1.0
