"""Invitations: made, revoked, and used for one account each."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from reader.auditing import record
from reader.models import Invitation, User
from reader.models.invitation import hash_token

LONGEST_DAYS = 90
_TOKEN_BYTES = 32


def invite(*, actor: User, note: str, days: int) -> tuple[Invitation, str]:
    """Make an invitation; return it and its token, which is kept nowhere and cannot be had again."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    now = timezone.now()
    with transaction.atomic():
        invitation = Invitation.objects.create(
            token_hash=hash_token(token),
            note=note.strip()[:200],
            made_by=actor,
            made_at=now,
            expires_at=now + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
        )
        record(
            actor=actor,
            act="person.invite",
            target=invitation,
            after={"until": invitation.expires_at.isoformat()},
        )
    return invitation, token


def revoke_invitation(*, invitation: Invitation, actor: User, reason: str = "") -> bool:
    """Make the link useless; return False when it was used or revoked already."""
    now = timezone.now()
    with transaction.atomic():
        unused = Invitation.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)
        if not unused.update(revoked_at=now):
            return False
        record(actor=actor, act="person.uninvite", target=invitation, reason=reason)
    return True


def is_invitation(token: str) -> bool:
    """Tell whether the link still makes an account."""
    return bool(token) and Invitation.objects.usable(timezone.now()).with_token(token).exists()


def use_invitation(*, token: str, user: User) -> bool:
    """Use the invitation up for this person; of two at once, one gets it. To be called in a transaction."""
    now = timezone.now()
    usable = Invitation.objects.usable(now).with_token(token)
    return bool(token) and usable.update(used_at=now, used_by=user) == 1
