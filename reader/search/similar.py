"""Mistyped words: those of a person's own titles that look most like them."""

from collections import Counter
from collections.abc import Iterable

from reader.search.words import split_words

_SHORTEST = 4
# So many letters may be wrong, missing, too many or swapped with their neighbour, by the length of the word.
_TWO_WRONG_FROM = 7
# Only words with so large a share of the same trigrams are compared letter by letter.
_LIKELY = 0.25
_COMPARED = 40


def find_similar_words(words: Iterable[str], titles: Iterable[str]) -> dict[str, str]:
    """Return for each of the folded words that stands in no title the most similar one that does.

    >>> find_similar_words(["banjri"], ["Banjir di Kota", "Banjar Kini"])
    {'banjri': 'banjir'}
    """
    known = {word for title in titles for word in split_words(title) if len(word) >= _SHORTEST}
    by_trigram: dict[str, set[str]] = {}
    for word in known:
        for trigram in _trigrams(word):
            by_trigram.setdefault(trigram, set()).add(word)
    similar = {}
    for word in words:
        if len(word) >= _SHORTEST and word not in known and (best := _find_best(word, by_trigram)):
            similar[word] = best
    return similar


def _find_best(word: str, by_trigram: dict[str, set[str]]) -> str:
    shared = Counter(other for trigram in _trigrams(word) for other in by_trigram.get(trigram, ()))
    likely = [other for other, _count in shared.most_common(_COMPARED) if _likeness(word, other) >= _LIKELY]
    judged = ((_count_wrong(word, other), -_likeness(word, other), other) for other in likely)
    wrong, _unlike, best = min(judged, default=(99, 0.0, ""))
    return best if wrong <= (2 if len(word) >= _TWO_WRONG_FROM else 1) else ""


def _likeness(word: str, other: str) -> float:
    one, two = _trigrams(word), _trigrams(other)
    return 2 * len(one & two) / (len(one) + len(two))


def _count_wrong(word: str, other: str) -> int:
    """The least number of letters to put in, take out, change or swap with their neighbour."""
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


def _trigrams(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))
