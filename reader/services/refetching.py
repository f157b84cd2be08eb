"""Fetching again: what failed or came in part, and what is whole but may have changed."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reader.models import Article
from reader.models.article import ArticleQuerySet
from reader.tasks import enqueue_fetch

_RETRIABLE = (Article.State.FAILED, Article.State.PARTIAL)
# Any reader may ask for a whole article again; the publisher is not to be asked at every click.
_ASK_AGAIN_AFTER = timedelta(minutes=10)


def retry(*, article_ids: Collection[int]) -> int:
    """Queue the failed and partial ones among these articles afresh, and return how many there were.

    What is queued, being fetched or ready is left alone, so a double click fetches once.
    """
    return _queue(Article.objects.filter(pk__in=article_ids, state__in=_RETRIABLE))


def refetch(*, article_ids: Collection[int]) -> int:
    """Queue those of these articles that are at rest, whole ones too, and return how many there were.

    What a person pasted has its text from them, and is not fetched.
    """
    return _queue(Article.objects.filter(pk__in=article_ids, owner=None).exclude(state__in=Article.PENDING))


def refetch_for_reader(*, article_id: int) -> bool:
    """Queue the article as ``refetch`` does, unless somebody just asked for it; tell whether it was."""
    lately = timezone.now() - _ASK_AGAIN_AFTER
    if Article.objects.filter(pk=article_id, queued_at__gt=lately).exists():
        return False
    return refetch(article_ids=[article_id]) == 1


def _queue(articles: ArticleQuerySet) -> int:
    with transaction.atomic():
        chosen = articles.queue_afresh(timezone.now())
        enqueue_fetch(chosen)
    return len(chosen)
