"""Full text: what a person types as a query, what an entry says as index terms, and the index itself.

Both engines, SQLite's FTS5 and PostgreSQL's tsvector, are given the same ready terms and asked for the same
terms, so that they find the same; neither splits, folds or stems anything by itself.
"""

from reader.search.analysis import ANALYSIS, Document, make_terms
from reader.search.expression import make_expression, make_expression_of_titles
from reader.search.index import NO_KEY_IS_ABOVE, SearchIndex, make_key, open_index
from reader.search.parse import MAX_QUERY_CHARACTERS, parse_query
from reader.search.query import Field, Query, Remark, RemarkKind, State, Term
from reader.search.relevance import order_by_relevance
from reader.search.similar import find_similar_words, find_spellings, may_have_two_wrong
from reader.search.snippets import Matcher, Piece, cut_snippet, mark_words
from reader.search.words import find_words

__all__ = [
    "ANALYSIS",
    "MAX_QUERY_CHARACTERS",
    "NO_KEY_IS_ABOVE",
    "Document",
    "Field",
    "Matcher",
    "Piece",
    "Query",
    "Remark",
    "RemarkKind",
    "SearchIndex",
    "State",
    "Term",
    "cut_snippet",
    "find_similar_words",
    "find_spellings",
    "find_words",
    "make_expression",
    "make_expression_of_titles",
    "make_key",
    "make_terms",
    "mark_words",
    "may_have_two_wrong",
    "open_index",
    "order_by_relevance",
    "parse_query",
]
