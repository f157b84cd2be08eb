"""What is done to people at the desk: one table of acts, with what the page that asks first says."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reader.models import User
from reader.services import joining, leaving, people, roles

_BY_ROLE = _("It can be undone at once, by taking or giving the role.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAct:
    """One act: what it is called, what it brings, how it is taken back, and the service that does it.

    ``does`` returns False where there was nothing to do.
    """

    title: Promise
    effect: Promise
    undoing: Promise
    does: Callable[..., bool]
    fits: Callable[[User], bool]


def _has(role: str, user: User) -> bool:
    return any(group.name == role for group in user.groups.all())


def _has_not(role: str, user: User) -> bool:
    return user.applied_at is None and not _has(role, user)


def _give(role: str, *, user: User, actor: User, reason: str) -> bool:
    is_new = role not in roles.read_roles(user)
    roles.give_role(user=user, role=role, actor=actor, reason=reason)
    return is_new


def _take(role: str, *, user: User, actor: User, reason: str) -> bool:
    had = role in roles.read_roles(user)
    roles.take_role(user=user, role=role, actor=actor, reason=reason)
    return had


PERSON_ACTS: dict[str, PersonAct] = {
    "approve": PersonAct(
        title=_("Approve these accounts"),
        effect=_("They can sign in from now on."),
        undoing=_("It can be undone by suspending or deleting them."),
        does=joining.approve,
        fits=lambda user: user.applied_at is not None,
    ),
    "decline": PersonAct(
        title=_("Decline these accounts"),
        effect=_("What they asked for is deleted. They are not told; they may ask again."),
        undoing=_("This cannot be undone."),
        does=joining.decline,
        fits=lambda user: user.applied_at is not None,
    ),
    "suspend": PersonAct(
        title=_("Suspend these people"),
        effect=_(
            "All their sessions end at once, and they cannot sign in; the reason is shown to them when they "
            "try. What they keep stays as it is."
        ),
        undoing=_("It can be undone by letting them in again."),
        does=people.suspend,
        fits=lambda user: user.is_active,
    ),
    "readmit": PersonAct(
        title=_("Let these people in again"),
        effect=_("They can sign in again, and find everything as it was."),
        undoing=_("It can be undone by suspending them."),
        does=people.readmit,
        fits=lambda user: not user.is_active and user.applied_at is None,
    ),
    "make_moderator": PersonAct(
        title=_("Make these people moderators"),
        effect=_("They look after reports, articles, sites and their rules from the next page on."),
        undoing=_BY_ROLE,
        does=partial(_give, roles.MODERATOR),
        fits=partial(_has_not, roles.MODERATOR),
    ),
    "end_moderator": PersonAct(
        title=_("End their role as moderators"),
        effect=_("They are readers, as all others, from the next page on."),
        undoing=_BY_ROLE,
        does=partial(_take, roles.MODERATOR),
        fits=partial(_has, roles.MODERATOR),
    ),
    "make_administrator": PersonAct(
        title=_("Make these people administrators"),
        effect=_("They look after people and settings from the next page on; they can also end your role."),
        undoing=_BY_ROLE,
        does=partial(_give, roles.ADMINISTRATOR),
        fits=partial(_has_not, roles.ADMINISTRATOR),
    ),
    "end_administrator": PersonAct(
        title=_("End their role as administrators"),
        effect=_("They no longer see people and settings, from the next page on."),
        undoing=_BY_ROLE,
        does=partial(_take, roles.ADMINISTRATOR),
        fits=partial(_has, roles.ADMINISTRATOR),
    ),
    "send_away": PersonAct(
        title=_("Delete these people"),
        effect=_(
            "In seven days their accounts and all that they kept are deleted. Until then they can sign in, "
            "are told, and can take everything along as a file; only who is suspended cannot."
        ),
        undoing=_("It can be undone within these seven days, and not afterwards."),
        does=leaving.leave,
        fits=lambda user: user.leaves_at is None and user.applied_at is None,
    ),
    "keep": PersonAct(
        title=_("Keep these people after all"),
        effect=_("Their accounts are not deleted."),
        undoing=_("It can be undone by deleting them again; the seven days then begin anew."),
        does=leaving.stay,
        fits=lambda user: user.leaves_at is not None,
    ),
}
