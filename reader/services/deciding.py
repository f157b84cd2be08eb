"""Deciding reports: the moderators' side.

Each act is one conditional change, so that two moderators who click at once do not undo each other; what it
returns says whether it was this one.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from reader.auditing import record
from reader.models import Report, User
from reader.services.reporting import note_news

State = Report.State


def claim(*, report: Report, actor: User) -> bool:
    """Take an open report that nobody has."""
    free = Report.objects.open().filter(claimed_by=None)
    return _change(report, free, actor, "report.claim", claimed_by=actor)


def release(*, report: Report, actor: User) -> bool:
    """Put an open report back, also one that another took and left lying."""
    taken = Report.objects.open().exclude(claimed_by=None)
    return _change(report, taken, actor, "report.release", claimed_by=None)


def answer(*, report: Report, actor: User, text: str) -> bool:
    """Write to the reporter while the report stays open; a later answer takes the place of an earlier one."""
    values: dict[str, Any] = {"answer": text.strip()[: Report.MAX_WORDS], "is_outcome_unseen": True}
    return _change(report, Report.objects.open(), actor, "report.answer", **values)


def resolve(*, report: Report, actor: User, text: str = "", reason: str = "") -> bool:
    """Close the report as put right, and tell the reporter."""
    return _decide(report, actor, State.RESOLVED, text, reason)


def reject(*, report: Report, actor: User, text: str = "", reason: str = "") -> bool:
    """Close the report as nothing to put right, and tell the reporter."""
    return _decide(report, actor, State.REJECTED, text, reason)


def reopen(*, report: Report, actor: User, reason: str = "") -> bool:
    """Open a decided report again; not while the reporter has another open one of the same article."""
    decided = Report.objects.exclude(state=State.OPEN)
    values: dict[str, Any] = {"state": State.OPEN, "decided_at": None, "is_outcome_unseen": False}
    try:
        return _change(report, decided, actor, "report.reopen", reason=reason, **values)
    except IntegrityError:
        return False


def _decide(report: Report, actor: User, state: State, text: str, reason: str) -> bool:
    values: dict[str, Any] = {"state": state, "decided_at": timezone.now(), "is_outcome_unseen": True}
    if text.strip():
        values["answer"] = text.strip()[: Report.MAX_WORDS]
    act = "report.resolve" if state == State.RESOLVED else "report.reject"
    return _change(report, Report.objects.open(), actor, act, reason=reason, **values)


def _change(report: Report, among: Any, actor: User, act: str, *, reason: str = "", **values: Any) -> bool:
    with transaction.atomic():
        before = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if not among.filter(pk=report.pk).update(**values):
            return False
        if before.reporter_id and "is_outcome_unseen" in values:
            note_news(user_id=before.reporter_id)
        report.refresh_from_db()
        record(actor=actor, act=act, target=report, reason=reason, before=_tell(before), after=_tell(report))
    return True


def _tell(report: Report) -> dict[str, Any]:
    return {
        "state": report.state,
        "taken by": report.claimed_by.get_username() if report.claimed_by else "",
        "answer": report.answer,
    }
