"""Searching one's own list, and keeping searches under a name."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left

from reader.listing import day_key
from reader.models import Article, SavedArticle, SavedSearch, Tag, Tagging, User
from reader.models.saved_article import NO_DAY, SavedArticleQuerySet
from reader.models.tag import tag_key
from reader.search import (
    MAX_QUERY_CHARACTERS,
    NO_KEY_IS_ABOVE,
    Query,
    State,
    Term,
    find_similar_words,
    find_spellings,
    find_words,
    make_expression,
    make_expression_of_titles,
    may_have_two_wrong,
    open_index,
    order_by_relevance,
    parse_query,
)
from reader.search.relevance import find_scored_terms

PAGE_SIZE = 20
# Ranked are the newest so many that match: what it costs does not grow with the list.
MOST_RANKED = 300
WORDS_A_MINUTE = 200
# So many of the matches are looked at for a page where conditions may leave few of them, and at first where
# only the trash may take some away. Then the page says how far it looked, and the next one looks on.
_MOST_LOOKED_AT, _FIRST_LOOKED_AT = 5_000, 50
# The entries of a tag that has no more are looked at all, wherever they are on the list.
_FEW_TAGGED = 2_000
# Of a query so many words are mended: by any title that is one letter off, or by the newest ones.
_MOST_MENDED, _MOST_TITLES_SPELT, _MOST_TITLES = 4, 50, 5_000
# In so many entries a word is looked for that would be mended: the newest ones may be in the trash.
_MOST_WITH_WORD = 20
MAX_SAVED_SEARCHES = 100
_MOST_NAME_CHARACTERS = 60
# An act on all that match reaches the newest so many.
MOST_ACTED_ON = 5_000
# So much of a text is read for a snippet.
_SNIPPET_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was found: the entries with their articles, and the beginnings of their texts.

    ``older`` is the key that the next page begins below, or the number of the next page of the most relevant;
    0 where there is none. ``is_whole`` is false where there may be more than was looked at, ``has_words``
    where no entry has the words, whatever else is asked.
    """

    rows: tuple[SavedArticle, ...]
    texts: dict[int, str] = field(default_factory=dict)
    older: int = 0
    is_whole: bool = True
    has_words: bool = True


@dataclass(slots=True, kw_only=True)
class _Looked:
    """Rows of entries that meet a query, and the key that was looked down to; 0 is the end of the list."""

    rows: list[Any] = field(default_factory=list)
    down_to: int = 0
    has_words: bool = False


def find(*, user: User, query: Query, before: int = NO_KEY_IS_ABOVE) -> Found:
    """Return the person's entries that match, the last saved first."""
    looked = _look(user, query, before, most=PAGE_SIZE + 1, read=_read)
    rows = looked.rows
    if len(rows) > PAGE_SIZE:
        return _show(rows[:PAGE_SIZE], older=rows[PAGE_SIZE - 1].key)
    return _show(rows, older=looked.down_to, is_whole=not looked.down_to, has_words=looked.has_words)


def find_most_relevant(*, user: User, query: Query, page: int = 1) -> Found:
    """Return the person's entries that match best, among the newest that do."""
    index, terms = open_index(), find_scored_terms(query)

    def read_terms(entries: SavedArticleQuerySet) -> Iterable[Any]:
        told = entries.annotate(told_terms=index.tell_terms(terms))
        return told.values_list("key", "user_id", "told_terms", named=True)

    looked = _look(user, query, NO_KEY_IS_ABOVE, most=MOST_RANKED + 1, read=read_terms)
    counts = {row.key: index.count_terms(row.told_terms, terms) for row in looked.rows[:MOST_RANKED]}
    start = (page - 1) * PAGE_SIZE
    shown = order_by_relevance(query, counts, list(counts))[start : start + PAGE_SIZE]
    own = _in_order(SavedArticle.objects.filter(search_entry__key__in=shown))
    rows = {row.key: row for row in _read(own) if row.user_id == user.pk}
    return _show(
        [rows[key] for key in shown if key in rows],
        older=page + 1 if start + PAGE_SIZE < len(counts) else 0,
        is_whole=len(looked.rows) <= MOST_RANKED and not looked.down_to,
        has_words=looked.has_words,
    )


def find_article_ids(*, user: User, text: str) -> tuple[list[int], bool]:
    """Return the articles of the newest entries that the query means, and whether those are all.

    No word is mended: after a first click nothing may be left, and a second one would mean what was never
    shown. It looks to the end of the list.
    """
    query, before = parse_query(text), NO_KEY_IS_ABOVE
    found: list[int] = []
    while before and len(found) <= MOST_ACTED_ON:
        looked = _look(user, query, before, most=MOST_ACTED_ON + 1 - len(found), read=_read_articles)
        found += [row.article_id for row in looked.rows]
        before = looked.down_to
    return found[:MOST_ACTED_ON], len(found) <= MOST_ACTED_ON


def _read_articles(entries: SavedArticleQuerySet) -> Iterable[Any]:
    return entries.values_list("user_id", "article_id", named=True)


def correct(*, user: User, text: str) -> str:
    """Return the query's text with its mistyped words as the person's titles have them, or nothing."""
    terms = [term for term in parse_query(text).wanted if not term.is_prefix]
    words = dict.fromkeys(word for term in terms for word in term.words)
    similar = _find_similar(user, list(words)[:_MOST_MENDED])
    if not similar:
        return ""
    said, end = [], 0
    for word, start, stop in find_words(text):
        said += [text[end:start], similar.get(word, text[start:stop])]
        end = stop
    return "".join([*said, text[end:]])


def _find_similar(user: User, words: list[str]) -> dict[str, str]:
    """Return for words that none of the person's entries has the nearest ones of their titles.

    One letter may be wrong compared with any title, which the index is asked for; two with the newest ones.
    """
    if not words:
        return {}
    asked = [
        (make_expression(Query(groups=((Term(words=(word,)),),)), user.pk), _MOST_WITH_WORD) for word in words
    ]
    spellings = {word: found for word in words if (found := find_spellings(word))}
    asked += [(make_expression_of_titles(found, user.pk), _MOST_TITLES_SPELT) for found in spellings.values()]
    if any(map(may_have_two_wrong, words)):
        asked.append((make_expression(Query(), user.pk), _MOST_TITLES))
    titles = open_index().find_titles(asked)
    unknown = [word for word, having in zip(words, titles, strict=False) if not having]
    near = dict(zip(spellings, titles[len(words) :], strict=False))
    similar: dict[str, str] = {}
    for word in unknown:
        similar |= find_similar_words([word], near.get(word, []))
    left = [word for word in unknown if word not in similar]
    newest = titles[len(words) + len(spellings) :]
    return similar | find_similar_words(left, newest[0] if newest else [])


def find_unknown_tags(*, user: User, query: Query) -> list[str]:
    """Return the names of tags in the query that the person has not."""
    asked = {tag_key(name): name for name in sorted(query.tags | query.not_tags)}
    known = set(Tag.objects.of(user).filter(key__in=asked).values_list("key", flat=True)) if asked else set()
    return [name for key, name in asked.items() if key not in known]


def keep_search(*, user: User, name: str, text: str) -> SavedSearch | None:
    """Keep the search under the name; one that the person has already gets the new query.

    None where there is no name or nothing to search, or where there are too many already.
    """
    tidy = " ".join(name.replace("\x00", "").split())[:_MOST_NAME_CHARACTERS]
    text = text.replace("\x00", "").strip()[:MAX_QUERY_CHARACTERS]
    if not tidy or parse_query(text).is_empty:
        return None
    kept = SavedSearch.objects.of(user)
    if kept.count() >= MAX_SAVED_SEARCHES and not kept.filter(name=tidy).exists():
        return None
    saved_search: SavedSearch
    saved_search, _is_new = SavedSearch.objects.update_or_create(
        user=user, name=tidy, defaults={"query": text}
    )
    return saved_search


def drop_search(*, saved_search: SavedSearch) -> None:
    """Keep the search no longer; what it finds stays where it is."""
    saved_search.delete()


def _look(
    user: User,
    query: Query,
    before: int,
    *,
    most: int,
    read: Callable[[SavedArticleQuerySet], Iterable[Any]],
) -> _Looked:
    """Read the newest so many of the person's entries that meet the query.

    Whose they are is known from the index, and looked at once more here; not asked of the database: SQLite
    would walk the whole list of the person for it, and not go by the keys.
    """
    looked = _Looked()
    for entries, looked.down_to in _find_entries(user, query, before, most):
        chosen = _in_order(entries)[: most - len(looked.rows)]
        looked.rows += [row for row in read(chosen) if row.user_id == user.pk]
        looked.has_words = True
        if len(looked.rows) == most:
            break
    return looked


def _find_entries(
    user: User, query: Query, before: int, most: int
) -> Iterator[tuple[SavedArticleQuerySet, int]]:
    """Yield entries that meet the query, the newer ones first, with the key that it looked down to."""
    if query.is_empty:
        return
    present = SavedArticle.objects.present()
    if not query.groups and (tagged := _find_tagged(user, sorted(query.tags))) is not None:
        yield _meet(present.filter(pk__in=tagged, search_entry__key__lt=before), query), 0
        return
    index, expression, looked_at = open_index(), make_expression(query, user.pk), 0
    size = _MOST_LOOKED_AT if query.has_conditions else max(_FIRST_LOOKED_AT, most)
    while before and looked_at < _MOST_LOOKED_AT:
        keys = index.find_keys(expression, before=before, limit=size)
        looked_at, before = looked_at + size, keys[-1] if len(keys) == size else 0
        if keys:
            yield _meet(present.filter(search_entry__key__in=index.list_keys(keys)), query), before
        size = _MOST_LOOKED_AT


def _in_order(entries: SavedArticleQuerySet) -> SavedArticleQuerySet:
    return entries.annotate(key=F("search_entry__key")).order_by("-key")


def _find_tagged(user: User, names: Sequence[str]) -> list[int] | None:
    """Return the entries with all of the tags, or None where no tag is asked for or they are many.

    A look down a long list would meet a few late, and none never.
    """
    if not names:
        return None
    first, *others = names
    tagged = Tagging.objects.filter(tag__user=user, tag__key=tag_key(first))
    for name in others:
        also = Tagging.objects.filter(saved=OuterRef("saved"), tag__user=user, tag__key=tag_key(name))
        tagged = tagged.filter(Exists(also))
    found = list(tagged.values_list("saved", flat=True)[: _FEW_TAGGED + 1])
    return found if len(found) <= _FEW_TAGGED else None


def _read(entries: SavedArticleQuerySet) -> Iterable[Any]:
    """Return these entries as a list shows them, with their keys and how their texts begin."""
    told = SavedArticle.objects.filter(pk__in=entries.values("pk")).for_list().with_offer()
    rows: Iterable[Any] = told.annotate(
        key=F("search_entry__key"), beginning=Left("article__text", _SNIPPET_CHARACTERS)
    )
    return sorted(rows, key=lambda row: -row.key)


def _show(rows: Sequence[Any], **more: Any) -> Found:
    return Found(rows=tuple(rows), texts={row.article_id: row.beginning for row in rows}, **more)


def _meet(entries: SavedArticleQuerySet, query: Query) -> SavedArticleQuerySet:
    for state in query.is_:
        entries = entries.filter(_STATES[state])
    for state in query.is_not:
        entries = entries.exclude(_STATES[state])
    for name in query.tags:
        entries = entries.filter(_is_tagged(name))
    for name in query.not_tags:
        entries = entries.exclude(_is_tagged(name))
    if query.before:
        entries = entries.filter(_day(query.before, "lt"))
    if query.after:
        entries = entries.filter(_day(query.after, "gte"))
    if query.min_minutes is not None:
        entries = entries.filter(words__gt=(query.min_minutes - 1) * WORDS_A_MINUTE)
    if query.max_minutes is not None:
        entries = entries.filter(words__lte=query.max_minutes * WORDS_A_MINUTE)
    return entries


def _is_tagged(name: str) -> Exists:
    """Whether an entry has a tag of that name; another person's tags are on none of this person's entries.

    Asked of each that was found: a tag may have tens of thousands of entries.
    """
    return Exists(Tagging.objects.filter(saved=OuterRef("pk"), tag__key=tag_key(name)))


_STATES = {
    State.UNREAD: Q(archived_at=None),
    State.ARCHIVED: Q(archived_at__isnull=False),
    State.STARRED: Q(starred_at__isnull=False),
    # Asked of each; or SQLite would begin with all that failed on the whole site.
    State.FAILED: Q(Exists(Article.objects.filter(pk=OuterRef("article_id"), state=Article.State.FAILED))),
}


def _day(day: date, comparison: str) -> Q:
    """By the day of publication; of what tells none, by that of saving."""
    start = day_key(day)
    published = Q(**{f"published_key__{comparison}": start})
    return Q(published & ~Q(published_key=NO_DAY)) | Q(
        Q(**{f"saved_at__{comparison}": start}), published_key=NO_DAY
    )
