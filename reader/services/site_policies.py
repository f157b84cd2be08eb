"""Saying what holds for a site: blocked or allowed, what becomes of what is saved, and how it is asked."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from reader.auditing import record
from reader.ingest import hide_blocked, show_unblocked
from reader.models import DomainPolicy, TakeDown, User


def set_policy(*, policy: DomainPolicy, actor: User) -> None:
    """Store a new or changed policy, which holds from the next save and the next fetch on.

    What it takes down is taken down, and what it takes down no more is restored: some at once, and the rest
    by the sweeper.
    """
    with transaction.atomic():
        before = DomainPolicy.objects.select_for_update().filter(pk=policy.pk).first() if policy.pk else None
        policy.save()
        record(
            actor=actor,
            act="site.policy",
            target=policy,
            reason=policy.reason,
            before=_tell(before) if before else {},
            after=_tell(policy),
        )
    hide_blocked(timezone.now())
    show_unblocked()


def remove_policy(*, policy: DomainPolicy, actor: User, reason: str) -> bool:
    """Let the site be as any other, and restore what the policy took down; tell whether it is gone.

    Where there is much to restore, the sweeper goes on, and the policy stays until then without an effect.
    """
    with transaction.atomic():
        stored = DomainPolicy.objects.select_for_update().filter(pk=policy.pk).first()
        if stored is None:
            return True
        before = _tell(stored)
        stored.access, stored.takes_down = DomainPolicy.Access.USUAL, False
        stored.pause_seconds, stored.headers = None, {}
        stored.save()
        record(actor=actor, act="site.policy_removed", target=stored, reason=reason, before=before)
    show_unblocked()
    with transaction.atomic():
        if TakeDown.objects.filter(policy=stored, swept_at=None).exists():
            return False
        stored.delete()
    return True


def _tell(policy: DomainPolicy) -> Mapping[str, Any]:
    return {
        "pattern": policy.pattern,
        "access": policy.access,
        "takes_down": policy.takes_down,
        "reason": policy.reason,
        "pause_seconds": policy.pause_seconds,
        "headers": policy.headers,
    }
