"""Leaving: an account and all that belongs to it is deleted, after some days in which it can be kept."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reader.auditing import record
from reader.models import User
from reader.services.roles import keep_one_administrator

DAYS = 7


def leave(*, user: User, actor: User, reason: str = "") -> bool:
    """Let the account be deleted in seven days; return False when that was said already.

    Until then all works as before, so that the person can take everything along. Whom an administrator
    sends away cannot stay by his own choice. Raises LastAdministrator.
    """
    leaves_at = timezone.now() + timedelta(days=DAYS)
    with transaction.atomic():
        keep_one_administrator(user)
        staying = User.objects.filter(pk=user.pk, leaves_at=None)
        if not staying.update(leaves_at=leaves_at, is_sent_away=actor.pk != user.pk):
            return False
        record(
            actor=actor, act="person.leave", target=user, reason=reason, after={"on": leaves_at.isoformat()}
        )
    return True


def stay(*, user: User, actor: User, reason: str = "") -> bool:
    """Keep the account after all; return False when it does not leave, is gone, or may not stay."""
    with transaction.atomic():
        leaving = User.objects.filter(pk=user.pk, leaves_at__gt=timezone.now())
        if actor.pk == user.pk:
            leaving = leaving.filter(is_sent_away=False)
        if not leaving.update(leaves_at=None, is_sent_away=False):
            return False
        record(actor=actor, act="person.stay", target=user, reason=reason)
    return True
