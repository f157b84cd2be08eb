"""Writing the index of full text search: in the transaction that changes what an entry says.

Whoever writes an article's text or data, saves an entry or edits it calls this before the commit.
"""

import logging
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q

from reader.models import Article, SavedArticle, SearchEntry, Tagging
from reader.models.saved_article import SavedArticleQuerySet
from reader.search import ANALYSIS, Document, make_key, make_terms, open_index
from reader.search.analysis import owner_term

logger = logging.getLogger(__name__)

# So many entries are in memory at a time, each with its text.
_AT_ONCE = 100


def index_article(article_id: int) -> None:
    """Index what the article says now for everybody who has it."""
    index_entries(list(SavedArticle.objects.filter(article_id=article_id).values_list("pk", flat=True)))


def index_entries(saved_ids: Collection[int]) -> None:
    """Index what these entries say now; what is not there any more is left out.

    Their articles are locked first, in one order: of a save and a fetch that meet, the later one sees what
    the other wrote.
    """
    listed = sorted(saved_ids)
    with transaction.atomic():
        for start in range(0, len(listed), _AT_ONCE):
            _index(listed[start : start + _AT_ONCE])


def index_later(entries: SavedArticleQuerySet) -> None:
    """Let the sweeper index these entries: for what changes many at once, and a word of each."""
    SearchEntry.objects.filter(saved__in=entries.order_by().values("pk")).update(analysis=0)


def index_backlog(most: int) -> int:
    """Index some of the entries that are not, or by an older analysis; return how many there were.

    Safe to run twice and to be killed: each slice is a transaction, and what is done is no longer found. The
    newest come first, which are searched for most.
    """
    missing = Q(search_entry=None) | Q(search_entry__analysis__lt=ANALYSIS)
    waiting = SavedArticle.objects.filter(missing).order_by("-pk").values_list("pk", flat=True)
    chosen = list(waiting[:most])
    for start in range(0, len(chosen), _AT_ONCE):
        index_entries(chosen[start : start + _AT_ONCE])
    return len(chosen)


def _index(saved_ids: list[int]) -> None:
    wanted = Article.objects.filter(saved_articles__in=saved_ids).values("pk")
    # Only against writers of the text: whoever inserts an entry of the same article need not wait.
    locked = Article.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
    articles = locked.defer("content", "trace", "related").in_bulk()
    terms = {pk: make_terms(describe(article)) for pk, article in articles.items()}
    tags = _read_tags(saved_ids)
    entries = list(SavedArticle.objects.filter(pk__in=saved_ids, article__in=articles).order_by("pk"))

    def say(entry: SavedArticle) -> list[str]:
        if entry.own_title or entry.note or entry.pk in tags:
            return make_terms(describe(articles[entry.article_id], entry, tags.get(entry.pk, ())))
        return terms[entry.article_id]

    _write(entries, ((entry, say(entry)) for entry in entries))


def _read_tags(saved_ids: list[int]) -> dict[int, list[str]]:
    tags: dict[int, list[str]] = {}
    given = Tagging.objects.filter(saved__in=saved_ids).order_by("tag_id")
    for saved_id, name in given.values_list("saved_id", "tag__name"):
        tags.setdefault(saved_id, []).append(name)
    return tags


def _write(entries: list[SavedArticle], said: Iterable[tuple[SavedArticle, list[str]]]) -> None:
    index = open_index()
    keys = {entry.pk: make_key(entry.saved_at, entry.pk) for entry in entries}
    former = SearchEntry.objects.filter(saved__in=keys).values_list("saved_id", "key")
    index.remove([key for saved_id, key in former if keys[saved_id] != key])
    SearchEntry.objects.bulk_create(
        [SearchEntry(saved_id=pk, key=key, analysis=ANALYSIS) for pk, key in keys.items()],
        update_conflicts=True,
        unique_fields=["saved"],
        update_fields=["key", "analysis"],
    )
    index.put((keys[entry.pk], [owner_term(entry.user_id), *terms]) for entry, terms in said)


def describe(article: Article, entry: SavedArticle | None = None, tags: Iterable[str] = ()) -> Document:
    """Return what is indexed of the article, with what the entry's person put to it."""
    return Document(
        title=(entry.own_title if entry else "") or article.title,
        tags=tuple(tags),
        note=entry.note if entry else "",
        byline="\n".join([*article.authors, article.editor]),
        section=article.section,
        host=article.host.removeprefix("www."),
        site_name=article.site_name,
        language=article.language,
        text=article.text,
        address=article.url,
    )
