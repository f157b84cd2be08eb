"""Whether two texts are copies of one story: almost the same words, and the same facts.

A wire story keeps its words wherever it is printed, but for the dateline before and the sign-off behind it.
The daily columns of a newsroom (weather, prayer times, the price of gold) keep their words too, and differ in
what they are about: so numbers, weekdays and months must be the same. A mistake of ours must be silence.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reader.stories.bands import FEWEST_WORDS, RUN_WORDS, split_words

# What two copies share of all the runs of words that either has: in the whole, and between their edges.
_WHOLE, _CORE = 0.75, 0.85
# Of texts that are not of one day, almost nothing may differ.
_CORE_OF_OTHER_DAYS = 0.95
# At one address the shorter copy may be a short form of the longer one.
_SHORT_FORM = 0.6
_FEWEST_WORDS_AT_ONE_ADDRESS = 20

_DIGITS = re.compile(r"\d+")
# Publishers put the day behind a weekday, "Selasa (10/11/2020)", where the agency wrote "Selasa".
_DAY_IN_BRACKETS = re.compile(r"\(\s*\d{1,2}/\d{1,2}(?:/\d{2,4})?\s*\)")
_CALENDAR = frozenset(
    "senin selasa rabu kamis jumat sabtu minggu ahad"
    " januari februari maret april mei juni juli agustus september oktober november desember"
    " monday tuesday wednesday thursday friday saturday sunday"
    " january february march may june july august october december".split()
)
_Run = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What an article says, as far as stories are compared; ``published_on`` None means unknown."""

    text: str
    published_on: date | None = None


def is_same_story(one: Story, other: Story, *, is_at_one_address: bool = False) -> bool:
    """Whether both are the same story; at one address also where one of them is only a part of it.

    Short texts are never the same by their words alone.
    """
    is_same_day = one.published_on is not None and one.published_on == other.published_on
    words, others = (_read_words(story.text, is_same_day) for story in (one, other))
    if is_at_one_address:
        return _is_short_form(words, others)
    if min(len(words), len(others)) < FEWEST_WORDS:
        return False
    return _is_copy(words, others, _CORE if is_same_day else _CORE_OF_OTHER_DAYS)


def _read_words(text: str, is_same_day: bool) -> list[str]:
    return split_words(_DAY_IN_BRACKETS.sub(" ", text) if is_same_day else text)


def _is_short_form(words: list[str], others: list[str]) -> bool:
    if min(len(words), len(others)) < _FEWEST_WORDS_AT_ONE_ADDRESS:
        return False
    runs, other_runs = set(_runs(words)), set(_runs(others))
    return len(runs & other_runs) >= _SHORT_FORM * min(len(runs), len(other_runs))


def _is_copy(words: list[str], others: list[str], least: float) -> bool:
    common = set(_runs(words)) & set(_runs(others))
    if not common or _share(words, others) < _WHOLE:
        return False
    core, other_core = _trim(words, common), _trim(others, common)
    return _share(core, other_core) >= least and _facts(core) == _facts(other_core)


def _trim(words: list[str], common: set[_Run]) -> list[str]:
    """Leave out what stands before the first and behind the last run that both have."""
    places = [place for place, run in enumerate(_runs(words)) if run in common]
    return words[places[0] : places[-1] + RUN_WORDS]


def _share(words: list[str], others: list[str]) -> float:
    runs, other_runs = set(_runs(words)), set(_runs(others))
    return len(runs & other_runs) / (len(runs | other_runs) or 1)


def _facts(words: list[str]) -> Counter[str]:
    """The numbers, weekdays and months, each as often as it is said; "Rp1" and "Rp 1" say the same."""
    calendar = Counter(word for word in words if word in _CALENDAR)
    return calendar + Counter(number for word in words for number in _DIGITS.findall(word))


def _runs(words: list[str]) -> Iterator[_Run]:
    return zip(*(words[start:] for start in range(RUN_WORDS)), strict=False)
