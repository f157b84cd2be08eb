"""Reporting an article, and being told what came of it: the reader's side of reports."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reader.models import Article, Report, User
from reader.refusals import AlreadyReported, TooManyReports

MAX_REPORTS_AN_HOUR = 10


def report_article(
    *, user: User, article: Article, kind: Report.Kind, passage: str = "", note: str = ""
) -> Report:
    """Put one report of an article of the shared shelf in the moderators' queue.

    Raises AlreadyReported while an earlier one of the same person and article is open, and TooManyReports.
    """
    with transaction.atomic():
        # Whoever sends many at once waits here for himself, so that none slips past the limit.
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        own = Report.objects.of(user)
        if own.open().filter(article=article).exists():
            raise AlreadyReported
        lately = timezone.now() - timedelta(hours=1)
        if own.filter(created_at__gt=lately).count() >= MAX_REPORTS_AN_HOUR:
            raise TooManyReports
        return Report.objects.create(
            article=article,
            host=article.host,
            reporter=user,
            kind=kind,
            passage=passage.strip()[: Report.MAX_WORDS],
            note=note.strip()[: Report.MAX_WORDS],
        )


def find_latest_report(*, user: User, article_id: int) -> Report | None:
    """Return the person's newest report of the article."""
    return Report.objects.of(user).filter(article_id=article_id).newest_first().first()


def put_news_away(*, user: User, report_ids: Collection[int]) -> None:
    """Note that the person has seen what came of these reports of theirs."""
    with transaction.atomic():
        Report.objects.of(user).filter(pk__in=report_ids).update(is_outcome_unseen=False)
        note_news(user_id=user.pk)


def note_news(*, user_id: int) -> None:
    """Keep in the person's row whether any outcome is unseen. To be called after reports were changed.

    The row is locked first: of two who change reports at once, the later one sees what the other wrote.
    """
    with transaction.atomic():
        person = User.objects.select_for_update(no_key=True).only("pk").filter(pk=user_id).first()
        if person:
            is_unseen = Report.objects.unseen_outcomes_of(person).exists()
            User.objects.filter(pk=user_id).update(has_report_news=is_unseen)
