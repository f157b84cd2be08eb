"""Deleting for good what belongs to people who leave, once their days to think it over have passed."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from reader.models import Article, SavedArticle, User

# A sweep must not hold the database for long; what is left goes with the next one.
_AT_MOST = 500
_PEOPLE_AT_ONCE = 5


def sweep_leaving(now: datetime) -> int:
    """Delete some of what those left whose day has come, at last the people; return how many are gone.

    Safe to run twice and to be killed: each step is a transaction, and the person's row, which names the day,
    goes last.
    """
    leaving = User.objects.filter(leaves_at__lte=now).order_by("leaves_at")
    return sum(_delete_some(pk) for pk in list(leaving.values_list("pk", flat=True)[:_PEOPLE_AT_ONCE]))


def _delete_some(user_id: int) -> bool:
    with transaction.atomic():
        # From here on there is no way back, and nobody saves meanwhile.
        User.objects.filter(pk=user_id, is_active=True).update(
            is_active=False, sessions_ended=F("sessions_ended") + 1
        )
        for rows in (
            SavedArticle.objects.filter(user=user_id),
            Article.objects.filter(owner=user_id),
        ):
            some = list(rows.order_by("pk").values_list("pk", flat=True)[:_AT_MOST])
            if some:
                rows.filter(pk__in=some).delete()
                return False
        User.objects.filter(pk=user_id).delete()
    return True
