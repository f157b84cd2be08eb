"""Where lines may end: not in amounts; in Indonesian words, for who reads lines of equal length.

No browser has patterns for Indonesian: ``hyphens: auto`` does nothing there, and justified lines of its long
words get rivers. Soft hyphens are put into texts only, between tags; without them the article is what it was.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from reader.sanitising import read_runs

SOFT_HYPHEN = "\xad"
_TAG_OR_AMOUNT = re.compile(r"<[^>]*>|\bRp (?=\d)")
# Names and what is foreign are mostly capitalised, and stay whole; so do addresses and words with a hyphen.
_WORD = re.compile(r"(?<![\w&/@.#'’-])[a-z]{7,40}(?![\w/@'’-]|\.\w)")
_SHORTEST_PART = 3
# Letters that are one sound stay together.
_SOUND = re.compile(r"ng|ny|sy|kh|[a-z]")
_VOWELS = frozenset("aiueo")
# Two consonants that begin a syllable together.
_TOGETHER = frozenset("pr tr kr br dr gr fr pl kl bl gl fl".split())
# Before a vowel one cannot see whether these are prefixes (ber-ubah) or not (be-rita).
_PREFIX = re.compile(r"memper|ber|ter|per|meng|peng|meny|peny|mem|pem|men|pen")
_KEPT_WHOLE = frozenset(
    {"pre", "code", "kbd", "samp", "h2", "h3", "h4", "h5", "h6", "th", "td", "figcaption"}
)


def keep_amounts_whole(markup: str) -> str:
    """Put a space at which no line ends into amounts of money in sanitised HTML.

    >>> keep_amounts_whole('<p title="Rp 1">Harganya Rp 3.000.</p>')
    '<p title="Rp 1">Harganya Rp\\xa03.000.</p>'
    """
    if "Rp " not in markup:
        return markup
    return _TAG_OR_AMOUNT.sub(lambda found: "Rp\xa0" if found[0] == "Rp " else found[0], markup)


def hyphenate(markups: Iterable[str]) -> Iterator[str]:
    """Put soft hyphens into the words of sanitised HTML that comes in parts.

    Code, tables, headings and captions stay as they are.
    """
    kept_whole = 0
    for markup in markups:
        parts: list[str] = []
        for run in read_runs(markup):
            if run.tag in _KEPT_WHOLE:
                kept_whole += -1 if run.html.startswith("</") else 1
            parts.append(run.html if run.tag or kept_whole > 0 else _WORD.sub(_join_parts, run.html))
        yield "".join(parts)


def _join_parts(match: re.Match[str]) -> str:
    return part_word(match[0])


@lru_cache(maxsize=20_000)
def part_word(word: str) -> str:
    """Return a word in lower case with soft hyphens between syllables, where these are certain.

    >>> part_word("mempertanggungjawabkan").replace("\\xad", "-")
    'mem-per-tang-gung-ja-wab-kan'
    """
    sounds = list(_SOUND.finditer(word))
    vowels = [index for index, sound in enumerate(sounds) if sound[0] in _VOWELS]
    prefix = _PREFIX.match(word)
    parts, start = [], 0
    for before, vowel in pairwise(vowels):
        between = vowel - before - 1
        if not between:
            continue
        onset = 2 if between > 1 and sounds[vowel - 2][0] + sounds[vowel - 1][0] in _TOGETHER else 1
        place = sounds[vowel - onset].start()
        is_suffix = vowel == vowels[-1] and word.endswith("an") and between == 1
        is_prefix = prefix is not None and prefix.end() == sounds[vowel].start()
        if is_suffix or is_prefix or place < _SHORTEST_PART or len(word) - place < _SHORTEST_PART:
            continue
        parts.append(word[start:place])
        start = place
    return SOFT_HYPHEN.join((*parts, word[start:]))
