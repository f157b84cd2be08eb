"""Fetching again what failed or came in part."""

from django.db import transaction
from django.utils import timezone

from reader.models import Article
from reader.tasks import enqueue_fetch

_RETRIABLE = (Article.State.FAILED, Article.State.PARTIAL)


def retry(*, article_ids: list[int]) -> int:
    """Queue the failed and partial ones among these articles afresh, and return how many there were.

    What is queued, being fetched or ready is left alone, so a double click fetches once.
    """
    with transaction.atomic():
        retriable = Article.objects.filter(pk__in=article_ids, state__in=_RETRIABLE)
        chosen = list(retriable.select_for_update().values_list("pk", flat=True))
        Article.objects.filter(pk__in=chosen).update(
            state=Article.State.QUEUED,
            queued_at=timezone.now(),
            attempts=0,
            next_attempt_at=None,
            error_code="",
            error_detail="",
        )
        enqueue_fetch(chosen)
    return len(chosen)
