"""What an entry of a reading list says, as the terms that the index keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reader.search.query import Field
from reader.search.words import main_language, split_words, stem

# Raise this when other terms come out: every entry is then indexed anew, in the background.
# At 1, threads that stemmed at once could write each other's stems.
ANALYSIS = 2
# A place in a PostgreSQL tsvector ends at 16,383; so a phrase is found as far on either engine.
_MOST_WORDS = 15_000
_MOST_WORDS_OF_A_FIELD = 400
# Neither engine takes this for the end of a term, and no word has it: a field and its word make one term.
MARK = "§"
_OWNER = "u"
# Not a field that one may name: words as they are written, where their stem differs.
WRITTEN = "w"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is indexed of one entry, in plain text. ``own`` is what its person added: tags and notes."""

    title: str
    byline: str = ""
    section: str = ""
    host: str = ""
    site_name: str = ""
    language: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    address: str = ""


def make_terms(document: Document) -> list[str]:
    """Return the terms in order; a bare mark stands between fields, so that no phrase runs across.

    Without the owner: the same terms serve everybody who saved the article.
    """
    language = main_language(document.language)
    terms: list[str] = []
    for field, value in _named(document):
        words = split_words(value)[:_MOST_WORDS_OF_A_FIELD]
        if field is Field.TITLE:
            words = [stem(word, language) for word in words]
        terms += [named_term(field, word) for word in words]
        terms.append(MARK)
    written: dict[str, None] = {}
    for value in _free(document):
        for word in split_words(value)[:_MOST_WORDS]:
            stemmed = stem(word, language)
            terms.append(stemmed)
            if stemmed != word:
                written[word] = None
        terms.append(MARK)
    del terms[_MOST_WORDS:]
    return terms + [named_term(WRITTEN, word) for word in written]


def owner_term(user_id: int) -> str:
    return named_term(_OWNER, str(user_id))


def named_term(field: str, word: str) -> str:
    return f"{field}{MARK}{word}"


def _named(document: Document) -> Iterator[tuple[Field, str]]:
    yield Field.SITE, document.host
    yield Field.SITE, document.site_name
    yield Field.AUTHOR, document.byline
    yield Field.SECTION, document.section
    yield Field.TITLE, document.title


def _free(document: Document) -> Iterable[str]:
    yield document.title or document.address
    yield document.byline
    yield from document.tags
    yield document.note
    yield document.text
