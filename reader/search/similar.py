"""Mistyped words: those of a person's own titles that differ from them by a letter or two."""

from collections import Counter
from collections.abc import Iterable
from string import ascii_lowercase

from reader.search.words import split_words

_SHORTEST = 4
# Longer ones have a thousand spellings.
_LONGEST_SPELT = 20
# So many letters may be wrong, missing, too many or swapped with their neighbour, by the length of the word.
_TWO_WRONG_FROM = 7


def find_similar_words(words: Iterable[str], titles: Iterable[str]) -> dict[str, str]:
    """Return for each of the folded words that stands in no title the nearest one that does.

    >>> find_similar_words(["banjri"], ["Banjir di Kota", "Banjar Kini"])
    {'banjri': 'banjir'}
    """
    known = Counter(word for word in split_words("\n".join(titles)) if len(word) >= _SHORTEST)
    similar = {}
    for word in words:
        if len(word) >= _SHORTEST and word not in known and (best := _find_best(word, known)):
            similar[word] = best
    return similar


def find_spellings(word: str) -> frozenset[str]:
    """Return whatever differs from the folded word by one letter; nothing for very short and very long words.

    >>> sorted(find_spellings("kopi") & {"kop", "kpoi", "kopri", "topi", "kopi", "kepala"})
    ['kop', 'kopri', 'kpoi', 'topi']
    """
    if not _SHORTEST <= len(word) <= _LONGEST_SPELT:
        return frozenset()
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    spelt = {before + after[1:] for before, after in parts}
    spelt |= {before + after[1] + after[0] + after[2:] for before, after in parts if len(after) > 1}
    for letter in ascii_lowercase:
        spelt |= {before + letter + after for before, after in parts}
        spelt |= {before + letter + after[1:] for before, after in parts if after}
    return frozenset(spelt - {word})


def may_have_two_wrong(word: str) -> bool:
    """Whether it is long enough that two letters may be wrong."""
    return len(word) >= _TWO_WRONG_FROM


def _find_best(word: str, known: Counter[str]) -> str:
    most = 2 if may_have_two_wrong(word) else 1
    letters = set(word)
    # Letters alone rule nearly all out; only what remains is compared place by place.
    near = [
        other
        for other in known
        if abs(len(other) - len(word)) <= most and len(letters.difference(other)) <= most
    ]
    judged = ((count_wrong(word, other), -known[other], other) for other in near)
    wrong, _rarity, best = min(judged, default=(most + 1, 0, ""))
    return best if wrong <= most else ""


def count_wrong(word: str, other: str) -> int:
    """Return the least number of letters to put in, take out, change or swap with their neighbour.

    >>> count_wrong("banjri", "banjir"), count_wrong("bajir", "banjir"), count_wrong("banjar", "banjir")
    (1, 1, 1)
    """
    earlier: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(word, start=1):
        here = [row]
        for column, wanted in enumerate(other, start=1):
            least = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == wanted:
                least = min(least, earlier[column - 2] + 1)
            here.append(least)
        earlier, above = above, here
    return above[-1]
