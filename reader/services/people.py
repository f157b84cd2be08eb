"""What administrators do to people: keep out, let in, limit; and the day when somebody was last there."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from reader.auditing import record
from reader.models import User
from reader.services.roles import keep_one_administrator

LIMITS = ("saves_per_day", "stored_megabytes", "most_highlights")
EDITED = ("username", "email", *LIMITS)


class NotOneself(Exception):
    """Nobody keeps himself out; another administrator has to."""


def suspend(*, user: User, actor: User, reason: str) -> bool:
    """Keep the person out, and end all sessions at once; the reason is shown at the login.

    Return False when they are out already. Raises NotOneself and LastAdministrator.
    """
    if user.pk == actor.pk:
        raise NotOneself
    with transaction.atomic():
        keep_one_administrator(user)
        active = User.objects.filter(pk=user.pk, is_active=True)
        suspended = active.update(
            is_active=False,
            suspended_at=timezone.now(),
            suspended_why=reason.strip()[:1000],
            sessions_ended=F("sessions_ended") + 1,
        )
        if not suspended:
            return False
        record(actor=actor, act="person.suspend", target=user, reason=reason)
    return True


def readmit(*, user: User, actor: User, reason: str = "") -> bool:
    """Let a suspended person log in again; sessions of before stay ended. False when nobody is kept out."""
    with transaction.atomic():
        out = User.objects.filter(pk=user.pk, is_active=False, applied_at=None)
        if not out.update(is_active=True, suspended_at=None, suspended_why=""):
            return False
        record(actor=actor, act="person.readmit", target=user, reason=reason)
    return True


def edit_person(*, user: User, actor: User, values: Mapping[str, object]) -> None:
    """Keep the person's new name, address and limits, and write down what changed."""
    with transaction.atomic():
        stored = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        changed = [name for name in EDITED if name in values and getattr(stored, name) != values[name]]
        if not changed:
            return
        before = {name: getattr(stored, name) for name in changed}
        after = {name: values[name] for name in changed}
        for name, value in after.items():
            setattr(stored, name, value)
        stored.save(update_fields=changed)
        act = "person.limits" if set(changed) <= set(LIMITS) else "person.edit"
        record(actor=actor, act=act, target=stored, before=before, after=after)


def note_active(*, user: User) -> None:
    """Note that the person was there today: the day alone, and nothing of what was done."""
    today = timezone.localdate()
    if user.last_active_on != today:
        User.objects.filter(pk=user.pk).update(last_active_on=today)
