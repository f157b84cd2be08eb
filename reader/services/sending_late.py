"""What a person did without a network and the device sends now: each act once, refusals told."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from reader.errors import LinkRefused, TextRefused
from reader.models import LateAct, SavedArticle, User
from reader.services import tidying
from reader.services.progress import keep_progress
from reader.services.saving import save_pasted

NOT_ON_THE_LIST: Final = "not_on_the_list"
NOT_UNDERSTOOD: Final = "not_understood"
_TIDYING: Final[dict[str, Callable[..., None]]] = {
    "archive": tidying.archive,
    "unarchive": tidying.unarchive,
    "star": tidying.star,
    "unstar": tidying.unstar,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAct:
    """One act as the device tells it; what does not belong to the act is empty."""

    key: UUID
    name: str
    article_id: int = 0
    links: str = ""
    progress: int = 0
    position: float = 0.0
    is_read: bool = False
    seconds_ago: float = 0.0


def carry_out(*, user: User, act: SentAct) -> str:
    """Do the act unless that was done under its key; return the code of why it was refused, or nothing.

    Key and act are one transaction, so that neither a lost answer nor a killed server does it twice. Only
    saving writes its key afterwards, as a pasted text takes a while to read: saved twice, it is there once.
    """
    if act.name == "save":
        return _save(user, act)
    with transaction.atomic():
        late, is_new = LateAct.objects.get_or_create(user=user, key=act.key)
        if not is_new:
            return late.refusal
        late.refusal = _do(user, act)
        if late.refusal:
            late.save(update_fields=["refusal"])
        return late.refusal


def _save(user: User, act: SentAct) -> str:
    known = LateAct.objects.of(user).filter(key=act.key).first()
    if known:
        return known.refusal
    refusal = ""
    try:
        outcome = save_pasted(user=user, text=act.links)
        if outcome.refused:
            refusal = outcome.refused[0].error.code
    except (LinkRefused, TextRefused) as error:
        refusal = error.code
    late, _is_new = LateAct.objects.get_or_create(user=user, key=act.key, defaults={"refusal": refusal})
    return late.refusal


def _do(user: User, act: SentAct) -> str:
    saved = SavedArticle.objects.of(user).present().filter(article_id=act.article_id).first()
    if saved is None:
        return NOT_ON_THE_LIST
    if act.name in _TIDYING:
        _TIDYING[act.name](saved=saved)
    elif act.name == "progress":
        _note_progress(user, saved, act)
    else:
        return NOT_UNDERSTOOD
    return ""


def _note_progress(user: User, saved: SavedArticle, act: SentAct) -> None:
    is_newest = keep_progress(
        saved=saved, progress=act.progress, position=act.position, seconds_ago=act.seconds_ago
    )
    if is_newest and act.is_read and user.archives_at_end:
        tidying.archive(saved=saved)
