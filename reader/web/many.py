"""What is said of an act on many entries: how far it is, and how to undo it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reader.models import ListAct, User
from reader.services.acting import UNDONE_BY
from reader.web.places import is_number

Name = ListAct.Name


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyNotice:
    """The state of an act on many in words; ``progress_url`` is asked while it is not finished."""

    words: str
    done: int
    total: int
    is_finished: bool
    progress_url: str
    undo_url: str


def find_many_notice(user: User, number: str) -> ManyNotice | None:
    """Return the notice of the person's act of that number."""
    act = ListAct.objects.of(user).filter(pk=int(number)).first() if is_number(number) else None
    return make_many_notice(act) if act else None


def make_many_notice(act: ListAct) -> ManyNotice:
    is_finished = act.finished_at is not None
    can_undo = act.name in UNDONE_BY and act.undoes_id is None and bool(act.changed)
    return ManyNotice(
        words=_describe(act) if is_finished else _("Working on it"),
        done=act.seen,
        total=max(act.total, act.seen),
        is_finished=is_finished,
        progress_url=reverse("many-progress", args=[act.pk]),
        undo_url=reverse("many-undo", args=[act.pk]) if can_undo else "",
    )


def _describe(act: ListAct) -> str:
    """Say what the act changed, one sentence each, so that both languages may put it in their own order."""
    count = act.changed
    if not count:
        return _("Nothing to change")
    said = {
        Name.ARCHIVE: ngettext("%(count)d archived", "%(count)d archived", count),
        Name.UNARCHIVE: ngettext("%(count)d back on the list", "%(count)d back on the list", count),
        Name.STAR: ngettext("%(count)d starred", "%(count)d starred", count),
        Name.UNSTAR: ngettext("Star removed from %(count)d", "Star removed from %(count)d", count),
        Name.DELETE: ngettext("%(count)d deleted", "%(count)d deleted", count),
        Name.RESTORE: ngettext("%(count)d restored", "%(count)d restored", count),
        Name.TAG: ngettext("%(count)d tagged", "%(count)d tagged", count),
        Name.UNTAG: ngettext("Tag removed from %(count)d", "Tag removed from %(count)d", count),
        Name.CALL_OFF: ngettext("%(count)d left as it was", "%(count)d left as they were", count),
        Name.RETRY: ngettext("%(count)d will be fetched again", "%(count)d will be fetched again", count),
    }
    return said[Name(act.name)] % {"count": count}
