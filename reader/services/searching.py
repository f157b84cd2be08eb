"""Searching one's own list, and keeping searches under a name."""

from collections.abc import Collection, Iterable, Sequence
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
    open_index,
    order_by_relevance,
    parse_query,
)
from reader.search.relevance import find_scored_terms

PAGE_SIZE = 20
# Ranked are the newest so many that match: what it costs does not grow with the list.
MOST_RANKED = 300
WORDS_A_MINUTE = 200
# Matches are looked at in slices, each larger than the one before, until a page is full; conditions may leave
# few of them. After so many the page says how far it looked, and the next one looks on.
_FIRST_SLICE, _LARGEST_SLICE, _MOST_LOOKED_AT = 50, 2_000, 6_000
# Of a query so many words are mended: by any title that is one letter off, or by the newest ones.
_MOST_MENDED, _MOST_TITLES_SPELT, _MOST_TITLES = 4, 50, 5_000
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
    0 where there is none. ``is_whole`` is false where there may be more than was looked at.
    """

    rows: tuple[SavedArticle, ...]
    texts: dict[int, str] = field(default_factory=dict)
    older: int = 0
    is_whole: bool = True


def find(*, user: User, query: Query, before: int = NO_KEY_IS_ABOVE) -> Found:
    """Return the person's entries that match, the last saved first."""
    found, looked_down_to = _find_keys(user, query, before, most=PAGE_SIZE + 1)
    rows, texts = _read(user, found[:PAGE_SIZE])
    if len(found) > PAGE_SIZE:
        return Found(rows=rows, texts=texts, older=found[PAGE_SIZE - 1])
    return Found(rows=rows, texts=texts, older=looked_down_to, is_whole=not looked_down_to)


def find_most_relevant(*, user: User, query: Query, page: int = 1) -> Found:
    """Return the person's entries that match best, among the newest that do."""
    found, looked_down_to = _find_keys(user, query, NO_KEY_IS_ABOVE, most=MOST_RANKED + 1)
    is_whole = len(found) <= MOST_RANKED and not looked_down_to
    keys = found[:MOST_RANKED]
    counts = open_index().count_terms(keys, find_scored_terms(query)) if keys else {}
    start = (page - 1) * PAGE_SIZE
    rows, texts = _read(user, order_by_relevance(query, counts, keys)[start : start + PAGE_SIZE])
    older = page + 1 if start + PAGE_SIZE < len(keys) else 0
    return Found(rows=rows, texts=texts, older=older, is_whole=is_whole)


def find_article_ids(*, user: User, text: str) -> tuple[list[int], bool]:
    """Return the articles of the newest entries that the query means, and whether those are all.

    No word is mended: after a first click nothing may be left, and a second one would mean what was never
    shown. It looks to the end of the list.
    """
    found = _find_keys_to_the_end(user, parse_query(text))
    own = SavedArticle.objects.filter(search_entry__key__in=found[:MOST_ACTED_ON])
    rows = own.values_list("article_id", "user_id")
    return [article_id for article_id, user_id in rows if user_id == user.pk], len(found) <= MOST_ACTED_ON


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
    similar: dict[str, str] = {}
    left = []
    for word in words:
        if _has_word(user, word):
            continue
        found = find_similar_words([word], _find_titles(user, find_spellings(word)))
        similar |= found
        left += [] if found else [word]
    own = SavedArticle.objects.of(user).present().newest_first().values_list("title_key", flat=True)
    return similar | (find_similar_words(left, own[:_MOST_TITLES]) if left else {})


def _has_word(user: User, word: str) -> bool:
    expression = make_expression(Query(groups=((Term(words=(word,)),),)), user.pk)
    return bool(open_index().find_keys(expression, before=NO_KEY_IS_ABOVE, limit=1))


def _find_titles(user: User, words: Collection[str]) -> list[str]:
    """Return the newest of the person's titles that have any of the folded words."""
    if not words:
        return []
    expression = make_expression_of_titles(words, user.pk)
    keys = open_index().find_keys(expression, before=NO_KEY_IS_ABOVE, limit=_MOST_TITLES_SPELT)
    found = SavedArticle.objects.present().filter(search_entry__key__in=keys)
    return [title for title, user_id in found.values_list("title_key", "user_id") if user_id == user.pk]


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


def _find_keys(user: User, query: Query, before: int, *, most: int) -> tuple[list[int], int]:
    """Return the keys of the newest that meet the query, and how far it looked; 0 is the end of the list."""
    if query.is_empty:
        return [], 0
    if not query.groups and (tagged := _find_tagged(user, query.tags)) is not None:
        chosen = SavedArticle.objects.present().filter(pk__in=tagged, search_entry__key__lt=before)
        in_order = _meet(chosen, query).order_by("-search_entry__key")
        return list(in_order.values_list("search_entry__key", flat=True)[:most]), 0
    expression = make_expression(query, user.pk)
    met: list[int] = []
    size, looked_at = max(_FIRST_SLICE, most), 0
    while looked_at < _MOST_LOOKED_AT and len(met) < most:
        keys = open_index().find_keys(expression, before=before, limit=size)
        met += _choose(user, query, keys, most - len(met))
        if len(keys) < size:
            return met, 0
        before, looked_at = keys[-1], looked_at + size
        size = min(size * 3, _LARGEST_SLICE)
    return met, before


def _find_keys_to_the_end(user: User, query: Query) -> list[int]:
    """Return the keys that an act reaches, and one more where there are more."""
    found: list[int] = []
    before = NO_KEY_IS_ABOVE
    while before and len(found) <= MOST_ACTED_ON:
        keys, before = _find_keys(user, query, before, most=MOST_ACTED_ON + 1 - len(found))
        found += keys
    return found


def _find_tagged(user: User, names: Collection[str]) -> list[int] | None:
    """Return the entries with any of the tags, or None where no tag is asked for or they are many.

    A look down a long list would meet a few late, and none never.
    """
    if not names:
        return None
    tags = Tag.objects.of(user).filter(key__in=[tag_key(name) for name in names])
    tagged = Tagging.objects.filter(tag__in=tags).values_list("saved", flat=True)[: _LARGEST_SLICE + 1]
    return list(tagged) if len(tagged) <= _LARGEST_SLICE else None


def _choose(user: User, query: Query, keys: Sequence[int], most: int) -> list[int]:
    """Return those of the keys whose entries are the person's own and meet the conditions, newest first.

    Whose they are is known from the index and looked at once more here, and not asked of the database: SQLite
    would walk the whole list of the person for it, and not go by the keys.
    """
    entries = _meet(SavedArticle.objects.present().filter(search_entry__key__in=keys), query)
    met = entries.order_by("-search_entry__key").values_list("search_entry__key", "user_id")[:most]
    return [key for key, user_id in met if user_id == user.pk]


def _read(user: User, keys: Sequence[int]) -> tuple[tuple[SavedArticle, ...], dict[int, str]]:
    """Return the entries in the order of the keys, and by article how their texts begin."""
    chosen = SavedArticle.objects.filter(search_entry__key__in=keys)
    told = chosen.for_list().with_offer().annotate(key=F("search_entry__key"))
    rows: dict[int, SavedArticle] = {}
    texts: dict[int, str] = {}
    beginnings: Iterable[Any] = told.annotate(beginning=Left("article__text", _SNIPPET_CHARACTERS))
    for row in beginnings:
        if row.user_id != user.pk:
            continue
        rows[row.key] = row
        texts[row.article_id] = row.beginning
    return tuple(rows[key] for key in keys if key in rows), texts


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
    State.FAILED: Q(article__state=Article.State.FAILED),
}


def _day(day: date, comparison: str) -> Q:
    """By the day of publication; of what tells none, by that of saving."""
    start = day_key(day)
    published = Q(**{f"published_key__{comparison}": start})
    return Q(published & ~Q(published_key=NO_DAY)) | Q(
        Q(**{f"saved_at__{comparison}": start}), published_key=NO_DAY
    )
