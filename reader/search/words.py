"""Words as the index knows them: split, folded, and brought to their stems by the language of the text."""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
# "Jum'at" is "Jumat" to those who type it; as two words it would be found by neither spelling.
_APOSTROPHE = re.compile("(?<=\\w)['’ʼ`](?=\\w)")
_DIACRITICS = re.compile("[\u0300-\u036f]+")
# No word is longer; a row of letters without an end is data.
_LONGEST_WORD = 64
_STEMS_REMEMBERED = 100_000

# Malay has the affixes of Indonesian, and `in` is what Indonesian was called before 1989.
_INDONESIAN = frozenset({"id", "in", "ms", ""})
_stem_indonesian: Callable[[str], str] = snowballstemmer.stemmer("indonesian").stemWord
_stem_english: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
# A stemmer works on the word within itself: two threads at once get each other's stems, or an error.
_stemming = threading.Lock()


def fold(text: str) -> str:
    """Return the text without case, diacritics and the apostrophes within words.

    >>> fold("Jum’at di Café")
    'jumat di cafe'
    """
    text = _APOSTROPHE.sub("", text)
    if text.isascii():
        return text.lower()
    return _DIACRITICS.sub("", unicodedata.normalize("NFKD", text)).casefold()


def split_words(text: str) -> list[str]:
    """Return the folded words of the text, in order."""
    return [word[:_LONGEST_WORD] for word in WORD.findall(fold(text))]


def find_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Give each word folded, with its place in the text as it is written.

    >>> list(find_words("Di Jum’at"))
    [('di', 0, 2), ('jumat', 3, 9)]
    """
    for match in _WRITTEN_WORD.finditer(text):
        word = match[0]
        # Most are plain letters, and a page of results has ten thousand of them.
        folded = word.lower() if word.isascii() and word.isalnum() else fold(word)
        if folded:
            yield folded[:_LONGEST_WORD], match.start(), match.end()


_WRITTEN_WORD = re.compile("[^\\W_](?:[\u0300-\u036f'’ʼ`]?[^\\W_])*[\u0300-\u036f]?")


@lru_cache(_STEMS_REMEMBERED)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word; of a language that has no stemmer here, the word.

    >>> [stem(word, "id") for word in ("membaca", "dibaca", "bacaan")]
    ['baca', 'baca', 'baca']
    >>> stem("readers", "en")
    'reader'
    """
    if language != "en" and language not in _INDONESIAN:
        return word
    with _stemming:
        return _stem_english(word) if language == "en" else _stem_indonesian(word)


def find_stems(word: str, *, is_known: bool = True) -> tuple[str, ...]:
    """Return every form under which a text of any language may have the word, the word itself first.

    Of what is hardly a word (``is_known`` is false) none is remembered.
    """
    find: Callable[[str, str], str] = stem if is_known else stem.__wrapped__
    return tuple(dict.fromkeys((word, find(word, "id"), find(word, "en"))))


def main_language(tag: str) -> str:
    """Return the language of a tag such as "en-US", in small letters."""
    return tag.partition("-")[0].partition("_")[0].lower()
