"""The columns that the list sorts and filters by: copied from the article to every entry of it.

A join would have to open the long row of each article that a person has, to sort them by title.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Case, F, Value, When

from reader.listing.rules import give_tags
from reader.models import Article, SavedArticle
from reader.models.saved_article import NO_DAY
from reader.models.tag import fold
from reader.sites import site_of

_PUBLISHERS_ZONE = ZoneInfo("Asia/Jakarta")
# The first of all days begins before there are any, seen from Greenwich.
_EARLIEST = date(1, 1, 2)
_COPIED = "host", "section", "authors", "title", "published_at", "published_on", "word_count"


def list_columns(article: Article) -> dict[str, object]:
    """Return the copied columns of an entry that says nothing of its own."""
    authors = [fold(author) for author in article.authors]
    return {
        "site": site_of(article.host)[:255],
        "section_key": fold(article.section)[:100],
        "authors_key": "\n".join(["", *authors, ""]) if authors else "",
        "title_key": title_key(article.title),
        "published_key": article.published_at or day_key(article.published_on),
        "words": article.word_count,
    }


def own_columns(saved: SavedArticle) -> dict[str, object]:
    """Return the copied columns of which the person may say something else than the publisher."""
    article = saved.article
    published = None if saved.own_published_on else article.published_at
    return {
        "title_key": title_key(saved.own_title or article.title),
        "published_key": published or day_key(saved.own_published_on or article.published_on),
    }


def title_key(title: str) -> str:
    return fold(title)[:200]


def day_key(day: date | None) -> datetime:
    """Return the beginning of the day where the publishers are."""
    if day is None:
        return NO_DAY
    return datetime.combine(max(day, _EARLIEST), time(), _PUBLISHERS_ZONE).astimezone(UTC)


def copy_columns(article_id: int) -> None:
    """Copy what the article says now to its entries, but for what a person put in its place; give tags.

    Whether it is a story that somebody has already is to be looked at anew.

    To be called in the transaction that wrote the article. May be repeated without harm.
    """
    article = Article.objects.only(*_COPIED).get(pk=article_id)
    values = list_columns(article)
    entries = SavedArticle.objects.filter(article_id=article_id)
    own = {
        "title_key": _unless_own("title_key", values["title_key"], own_title=""),
        "published_key": _unless_own("published_key", values["published_key"], own_published_on=None),
    }
    entries.update(**{**values, **own}, compared_at=None)
    give_tags(entries.filter(user__tag_rules__isnull=False).distinct())


def fill_columns(saved_ids: Collection[int]) -> None:
    """Copy to new entries what their articles say now.

    The articles are locked first: of a save and a fetch that meet, the later one sees what the other wrote.
    """
    articles = Article.objects.filter(saved_articles__in=saved_ids).order_by("pk").only(*_COPIED)
    for article in articles.select_for_update(no_key=True, of=("self",)):
        entries = SavedArticle.objects.filter(pk__in=saved_ids, article=article)
        entries.update(**list_columns(article))


def _unless_own(column: str, value: object, **is_not_own: object) -> Case:
    return Case(When(then=Value(value), **is_not_own), default=F(column))
