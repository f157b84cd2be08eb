"""Where lines may end: not in amounts; in Indonesian words, where lines are of equal length or letters large.

No browser has patterns for Indonesian: ``hyphens: auto`` does nothing there, justified lines of its long
words get rivers, and a word that is longer than its line ends anywhere. Soft hyphens are put into texts only,
between tags; without them the article is what it was.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from reader.sanitising import read_runs

# Browsers part the words of others themselves.
PARTED_LANGUAGES = frozenset({"id", "ms"})
SOFT_HYPHEN = "\xad"
_TAG_OR_AMOUNT = re.compile(r"<[^>]*>|\bRp (?=\d)")
# Names and what is foreign are mostly capitalised, and stay whole; so do addresses and words with a hyphen.
_WORD = re.compile(r"(?<![\w&/@.#'’-])[a-z]{7,40}(?![\w/@'’-]|\.\w)")
_TITLE_WORD = re.compile(r"(?<![\w&/@.#'’])[A-Za-z]{12,40}(?![\w/@'’]|\.\w)")
# So many letters of a title or heading have room in a line of a phone.
ROOM, ROOM_IF_LARGE = 17, 11
_SHORTEST_PART = 3
# Letters that are one sound stay together.
_SOUND = re.compile(r"ng|ny|sy|kh|[a-z]")
_VOWELS = frozenset("aiueo")
# Two consonants that begin a syllable together.
_TOGETHER = frozenset("pr tr kr br dr gr fr pl kl bl gl fl".split())
# Before a vowel one cannot see whether these are prefixes (ber-ubah) or not (be-rita).
_PREFIX = re.compile(r"memper|ber|ter|per|meng|peng|meny|peny|mem|pem|men|pen")
_KEPT_WHOLE = frozenset({"pre", "code", "kbd", "samp", "th", "td", "figcaption"})
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def keep_amounts_whole(markup: str) -> str:
    """Put a space at which no line ends into amounts of money in sanitised HTML.

    >>> keep_amounts_whole('<p title="Rp 1">Harganya Rp 3.000.</p>')
    '<p title="Rp 1">Harganya Rp\\xa03.000.</p>'
    """
    if "Rp " not in markup:
        return markup
    return _TAG_OR_AMOUNT.sub(lambda found: "Rp\xa0" if found[0] == "Rp " else found[0], markup)


def hyphenate(markups: Iterable[str], *, is_large: bool = False) -> Iterator[str]:
    """Put soft hyphens into the words of sanitised HTML that comes in parts.

    Code, tables and captions stay as they are; of headings only words are parted that would fill a line.
    """
    room = ROOM_IF_LARGE if is_large else ROOM
    kept_whole = within_heading = 0
    for markup in markups:
        parts: list[str] = []
        for run in read_runs(markup):
            step = -1 if run.html.startswith("</") else 1
            kept_whole += step * (run.tag in _KEPT_WHOLE)
            within_heading += step * (run.tag in _HEADINGS)
            if run.tag or kept_whole > 0:
                parts.append(run.html)
            elif within_heading:
                parts.append(part_long_words(run.html, room))
            else:
                parts.append(_WORD.sub(_part, run.html))
        yield "".join(parts)


def part_long_words(text: str, room: int = ROOM) -> str:
    """Put soft hyphens into the words with more letters than have room in a line of a title.

    >>> part_long_words("Pertanggungjawaban warga").replace("\\xad", "-")
    'Per-tang-gung-ja-waban warga'
    """
    return _TITLE_WORD.sub(lambda match: _part(match) if len(match[0]) > room else match[0], text)


def _part(match: re.Match[str]) -> str:
    word, place = match[0], 0
    parts = []
    for part in part_word(word.lower()).split(SOFT_HYPHEN):
        parts.append(word[place : place + len(part)])
        place += len(part)
    return SOFT_HYPHEN.join(parts)


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
