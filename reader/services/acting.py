"""Acts on many entries at once, and undoing them: at once where that is quick, else in the background."""

import time
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from reader.listing import act_once
from reader.models import ListAct, ListFilter, SavedArticle, Tag, User
from reader.tasks import enqueue_fetch, enqueue_list_act

# So long a person waits for the page; what is then left goes on in the background.
_AT_ONCE_SECONDS = 0.5

Name = ListAct.Name
UNDONE_BY: dict[str, str] = {
    Name.ARCHIVE: Name.UNARCHIVE,
    Name.UNARCHIVE: Name.ARCHIVE,
    Name.STAR: Name.UNSTAR,
    Name.UNSTAR: Name.STAR,
    Name.DELETE: Name.RESTORE,
    Name.RESTORE: Name.DELETE,
    Name.TAG: Name.UNTAG,
    Name.UNTAG: Name.TAG,
    Name.RETRY: Name.CALL_OFF,
}


def act_on_many(
    *,
    user: User,
    name: str,
    article_ids: Collection[int] | None = None,
    chosen: ListFilter | None = None,
    tag: Tag | None = None,
) -> ListAct:
    """Do the act on the person's entries of these articles, or else on all that the filter means now.

    What is not the person's is passed by. Entries that arrive later are not part of it.
    """
    act = ListAct(user=user, name=name, tag=tag)
    if article_ids is not None:
        act.article_ids = sorted(set(article_ids))
    else:
        act.chosen = (chosen or ListFilter()).dump()
    return _begin(act)


def undo_act(*, act: ListAct) -> ListAct | None:
    """Take back what the act changed, also when it is half done; None where there is nothing to undo.

    A second click finds the first one's act.
    """
    if act.name not in UNDONE_BY:
        return None
    with transaction.atomic():
        ListAct.objects.select_for_update().filter(pk=act.pk, finished_at=None).update(
            finished_at=timezone.now()
        )
        known = ListAct.objects.filter(undoes=act).first()
        if known:
            return known
        undoing = ListAct(user_id=act.user_id, name=UNDONE_BY[act.name], tag_id=act.tag_id, undoes=act)
        _store(undoing)
    return _carry_on(undoing)


def _begin(act: ListAct) -> ListAct:
    with transaction.atomic():
        _store(act)
    return _carry_on(act)


def _store(act: ListAct) -> None:
    last = SavedArticle.objects.filter(user_id=act.user_id).aggregate(last=Max("pk"))["last"]
    act.until_id = last or 0
    act.total = act.entries().count()
    act.save()


def _carry_on(act: ListAct) -> ListAct:
    """Do what can be done while the person waits, and ring for the rest."""
    ends_at = time.monotonic() + _AT_ONCE_SECONDS
    while True:
        done = act_once(act.pk)
        enqueue_fetch(done.to_fetch)
        if not done.is_more:
            break
        if time.monotonic() > ends_at:
            enqueue_list_act(act.pk)
            break
    act.refresh_from_db()
    return act
