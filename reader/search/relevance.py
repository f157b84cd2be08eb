"""How well an entry answers a query: more in the title, then often in the text, whatever the engine."""

from collections.abc import Mapping, Sequence

from reader.search.analysis import named_term
from reader.search.query import Field, Query, Term
from reader.search.words import find_stems

# A second mention tells more than a twentieth; half the most that a term can weigh is reached here.
_HALF_AT = 1.5
_IN_TITLE = 3.0
_WHOLE_PHRASE = 2.0


def find_scored_terms(query: Query) -> tuple[str, ...]:
    """Return the terms whose counts `order_by_relevance` wants to know."""
    terms = [form for term in query.wanted for word in term.words for form in _forms(term, word)]
    return tuple(dict.fromkeys(terms))


def order_by_relevance(
    query: Query, counts: Mapping[int, Mapping[str, int]], keys: Sequence[int]
) -> list[int]:
    """Return the keys, the best first; of two that are as good, the newer."""
    return sorted(keys, key=lambda key: (-round(_score(query, counts.get(key, {})), 6), -key))


def _score(query: Query, counts: Mapping[str, int]) -> float:
    return sum(_score_term(term, counts) for term in query.wanted)


def _score_term(term: Term, counts: Mapping[str, int]) -> float:
    weights = []
    for word in term.words:
        said = sum(counts.get(form, 0) for form in find_stems(word))
        is_titled = any(counts.get(named_term(Field.TITLE, form)) for form in find_stems(word))
        weights.append(said / (said + _HALF_AT) + (_IN_TITLE if is_titled else 0.0))
    return min(weights) * (_WHOLE_PHRASE if len(weights) > 1 else 1.0)


def _forms(term: Term, word: str) -> tuple[str, ...]:
    stems = find_stems(word)
    return (*stems, *(named_term(Field.TITLE, form) for form in stems))
