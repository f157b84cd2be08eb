"""Taking articles down and back: gone from everybody's list at once, restorable for thirty days."""

from django.db import transaction
from django.utils import timezone

from reader.auditing import record
from reader.ingest import forget_take_down, hide, show_again
from reader.models import Article, Report, User
from reader.services import deciding
from reader.tasks import enqueue_fetch


def take_down(*, article_id: int, actor: User, reason: str) -> bool:
    """Take the shared article's text from everybody, leave the reason in its place, and close its reports.

    Nobody can save its address again until it is restored or allowed. A second click does nothing.
    """
    with transaction.atomic():
        article = Article.objects.filter(pk=article_id, owner=None).without_content().first()
        if article is None or not hide(article_id, reason=reason.strip()[:500], now=timezone.now()):
            return False
        record(
            actor=actor,
            act="article.take_down",
            target=article,
            reason=reason,
            before={"state": article.state, "words": article.word_count, "address": article.url},
            after={"state": "taken down"},
        )
        for report in Report.objects.open().filter(article_id=article_id).order_by("reporter_id", "pk"):
            deciding.resolve(report=report, actor=actor, reason=reason)
    return True


def restore(*, article_id: int, actor: User, reason: str) -> bool:
    """Give the text back to all who have the article; once that was deleted, fetch it afresh."""
    with transaction.atomic():
        has_text = show_again(article_id)
        if not has_text:
            if not forget_take_down(article_id):
                return False
            Article.objects.filter(pk=article_id).queue_afresh(timezone.now())
        article = Article.objects.without_content().get(pk=article_id)
        if article.state == Article.State.QUEUED:
            enqueue_fetch([article_id])
        record(
            actor=actor,
            act="article.restore",
            target=article,
            reason=reason,
            before={"state": "taken down"},
            after={"state": article.state, "words": article.word_count},
        )
    return True
