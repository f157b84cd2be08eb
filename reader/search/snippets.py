"""The words of a query marked where they stand, as pieces of plain text: whoever shows them escapes them."""

from dataclasses import dataclass
from itertools import islice

from reader.search.query import Field, Query
from reader.search.words import find_stems, find_words, main_language, stem

# So far into a text a match is looked for; most stand near the top, and a page of results is to cost little.
_MOST_WORDS = 3_000
_WORDS_BEFORE = 6
_WORDS = 34
_CLOSING = frozenset(".!?”)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some plain text, and whether it is what was searched for."""

    text: str
    is_match: bool = False


class Matcher:
    """Tells which words of a text a query is about, as the index would; ``most`` is how many those are."""

    def __init__(self, query: Query, *fields: Field) -> None:
        terms = [term for term in query.wanted if term.field in {Field.ANY, *fields}]
        whole = {word for term in terms for word in (term.words[:-1] if term.is_prefix else term.words)}
        self._stems = frozenset(form for word in whole for form in find_stems(word))
        self._prefixes = tuple(term.words[-1] for term in terms if term.is_prefix)
        self.most = len(whole) + len(self._prefixes)
        self._known: dict[tuple[str, str], str] = {}

    @property
    def is_idle(self) -> bool:
        return not self._stems and not self._prefixes

    def find(self, word: str, language: str) -> str:
        """Return what of the query the folded word answers: a stem or a prefix; else nothing."""
        found = self._known.get((word, language))
        if found is None:
            found = self._known[word, language] = self._find(word, language)
        return found

    def _find(self, word: str, language: str) -> str:
        stemmed = stem(word, main_language(language))
        if stemmed in self._stems:
            return stemmed
        return next((prefix for prefix in self._prefixes if word.startswith(prefix)), "")


def mark_words(text: str, matcher: Matcher, language: str) -> tuple[Piece, ...]:
    """Return the whole text in pieces."""
    places = [(start, end) for word, start, end in find_words(text) if matcher.find(word, language)]
    return _cut(text, places, 0, len(text))


def cut_snippet(text: str, matcher: Matcher, language: str) -> tuple[Piece, ...]:
    """Return some words of the text around where most of the query stands together; empty where none does."""
    if matcher.is_idle:
        return ()
    spans: list[tuple[int, int]] = []
    matches: list[tuple[int, str]] = []
    stop_at = _MOST_WORDS
    for number, (word, start, end) in enumerate(islice(find_words(text), _MOST_WORDS)):
        spans.append((start, end))
        if found := matcher.find(word, language):
            matches.append((number, found))
            # Nothing further on can have more of the query than this.
            if stop_at == _MOST_WORDS and _has_all(matches, matcher.most):
                stop_at = number + _WORDS
        if number > stop_at:
            break
    if not matches:
        return ()
    first = max(_choose_start(matches) - _WORDS_BEFORE, 0)
    last = min(first + _WORDS, len(spans)) - 1
    inside = [spans[number] for number, _found in matches if first <= number <= last]
    end = spans[last][1]
    end += text[end : end + 1] in _CLOSING
    pieces = _cut(text, inside, spans[first][0], end)
    before = (Piece("… "),) if first else ()
    after = (Piece(" …"),) if last + 1 < len(spans) else ()
    return (*before, *pieces, *after)


def _has_all(matches: list[tuple[int, str]], most: int) -> bool:
    """Whether as much of the query as there can be stands together at the last of the matches."""
    near = matches[-1][0] - (_WORDS - _WORDS_BEFORE)
    together: set[str] = set()
    for number, found in reversed(matches):
        if number <= near or len(together) >= most:
            break
        together.add(found)
    return len(together) >= most


def _choose_start(matches: list[tuple[int, str]]) -> int:
    """Return the number of the first word of the window with the most of the query; the first of the best."""
    best, most = matches[0][0], 0
    inside: dict[str, int] = {}
    end = 0
    for start, (number, found) in enumerate(matches):
        while end < len(matches) and matches[end][0] < number + _WORDS - _WORDS_BEFORE:
            inside[matches[end][1]] = inside.get(matches[end][1], 0) + 1
            end += 1
        score = len(inside) * 1000 + end - start
        if score // 1000 > most // 1000:
            best, most = number, score
        inside[found] -= 1
        if not inside[found]:
            del inside[found]
    return best


def _cut(text: str, places: list[tuple[int, int]], start: int, end: int) -> tuple[Piece, ...]:
    pieces = []
    for match_start, match_end in places:
        pieces += [Piece(text[start:match_start]), Piece(text[match_start:match_end], is_match=True)]
        start = match_end
    pieces.append(Piece(text[start:end]))
    return tuple(piece for piece in pieces if piece.text)
