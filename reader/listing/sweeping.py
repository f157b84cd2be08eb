"""Emptying what lay in the trash for long enough, and forgetting what nobody will undo any more."""

from datetime import datetime, timedelta

from reader.models import LateAct, ListAct, SavedArticle, TagLoss

TRASH_DAYS = 30
LATE_DAYS = 120
# A sweep must not hold the database for long; what is left goes with the next one.
_AT_MOST = 500


def sweep_trash(now: datetime) -> int:
    """Delete the entries that went to the trash more than thirty days ago; return how many there were.

    The article stays: it is shared, and other people may have it on their lists.
    """
    before = now - timedelta(days=TRASH_DAYS)
    gone = SavedArticle.objects.filter(deleted_at__lt=before).order_by("deleted_at")
    count = SavedArticle.objects.filter(pk__in=list(gone.values_list("pk", flat=True)[:_AT_MOST])).delete()
    old = ListAct.objects.filter(finished_at__lt=before).order_by("pk").values_list("pk", flat=True)
    ListAct.objects.filter(pk__in=list(old[:5])).delete()
    lost = TagLoss.objects.filter(made_at__lt=before).order_by("pk").values_list("pk", flat=True)
    TagLoss.objects.filter(pk__in=list(lost[:5])).delete()
    # Longer than a device waits: a key that is forgotten would let its act be done again.
    late = LateAct.objects.filter(made_at__lt=now - timedelta(days=LATE_DAYS)).order_by("made_at")
    LateAct.objects.filter(pk__in=list(late.values_list("pk", flat=True)[:_AT_MOST])).delete()
    return count[1].get("reader.SavedArticle", 0)
