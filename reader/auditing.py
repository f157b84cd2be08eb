"""The audit log's one entrance: whoever looks after the site writes down what was done, and why."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction

from reader.models import AuditEntry, User

_LONGEST_NAME = 200
_LONGEST_REASON = 1000
_NOTHING: Mapping[str, Any] = {}


def record(
    *,
    actor: User | None,
    act: str,
    target: models.Model | str = "",
    reason: str = "",
    before: Mapping[str, Any] = _NOTHING,
    after: Mapping[str, Any] = _NOTHING,
) -> AuditEntry:
    """Write one act down. To be called in the transaction of the act, so that neither is without the other.

    ``act`` is like "article.take_down"; acts upon people begin with "person." and those upon settings with
    "setting.", and only administrators see those. ``target`` is the row, or the name of what has none.
    Without an ``actor`` the site itself did it. Raises RuntimeError outside of a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act and its entry in the audit log are one transaction")
    row = target if isinstance(target, models.Model) else None
    return AuditEntry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_name=actor.get_username() if actor else "",
        act=act,
        target_kind=(row._meta.model_name or "") if row else "",
        target_id=row.pk if row else None,
        target_name=str(target)[:_LONGEST_NAME],
        reason=reason.strip()[:_LONGEST_REASON],
        before=dict(before),
        after=dict(after),
    )
