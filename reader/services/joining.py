"""Making an account: who may, and what an administrator says to those who asked."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from reader.auditing import record
from reader.models import HouseRules, User
from reader.models.house_rules import SignUp
from reader.refusals import SignUpRefused
from reader.services.inviting import is_invitation, use_invitation

RULES = ("sign_up", "saves_per_day", "stored_megabytes", "most_highlights", "tells_public")


def read_mode() -> str:
    """Return who may make an account now."""
    return HouseRules.read().mode


def may_sign_up(*, token: str) -> bool:
    """Tell whether whoever comes with this invitation, or with none, may fill in the form."""
    mode = read_mode()
    if mode in {SignUp.OPEN, SignUp.APPROVAL}:
        return True
    return mode == SignUp.INVITATION and is_invitation(token)


def join(*, user: User, token: str, application: str) -> User:
    """Store the new person. Who needs approval and has no invitation stays out until there is one.

    Raises SignUpRefused when sign-up was closed or the invitation used in the meantime.
    """
    with transaction.atomic():
        mode = read_mode()
        user.save()
        is_invited = mode != SignUp.CLOSED and use_invitation(token=token, user=user)
        if mode == SignUp.APPROVAL and not is_invited:
            user.is_active = False
            user.applied_at = timezone.now()
            user.application = application.strip()[:500]
            user.save(update_fields=["is_active", "applied_at", "application"])
        elif mode != SignUp.OPEN and not is_invited:
            raise SignUpRefused
    return user


def approve(*, user: User, actor: User, reason: str = "") -> bool:
    """Let in who asked for it; return False when that was answered already."""
    with transaction.atomic():
        waiting = User.objects.filter(pk=user.pk, applied_at__isnull=False)
        if not waiting.update(is_active=True, applied_at=None, application=""):
            return False
        record(actor=actor, act="person.approve", target=user, reason=reason)
    return True


def decline(*, user: User, actor: User, reason: str = "") -> bool:
    """Delete who asked and was never let in; return False when that was answered already."""
    with transaction.atomic():
        waiting = User.objects.select_for_update().filter(pk=user.pk, applied_at__isnull=False).first()
        if waiting is None:
            return False
        record(actor=actor, act="person.decline", target=waiting, reason=reason)
        waiting.delete()
    return True


def set_house_rules(*, actor: User, values: Mapping[str, object], reason: str) -> None:
    """Decide who may sign up, what everybody may keep and be told; it holds from the next request on."""
    with transaction.atomic():
        rules, _is_new = HouseRules.objects.select_for_update().get_or_create(pk=1)
        before = {name: getattr(rules, name) for name in RULES}
        after = {name: values[name] for name in RULES}
        if before == after:
            return
        for name, value in after.items():
            setattr(rules, name, value)
        rules.save()
        record(actor=actor, act="setting.people", target=rules, reason=reason, before=before, after=after)
