"""Roles: who looks after what all share, and who after people and settings."""

from typing import Final

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import QuerySet

from reader.auditing import record
from reader.models import User
from reader.models.user import ADMINISTER, MODERATE

MODERATOR: Final = "moderator"
ADMINISTRATOR: Final = "administrator"
PERMISSIONS: Final = {MODERATOR: MODERATE, ADMINISTRATOR: ADMINISTER}


class LastAdministrator(Exception):
    """Without this administrator there would be none, and nobody could make another."""


def give_role(*, user: User, role: str, actor: User | None = None, reason: str = "") -> None:
    """Let the person act in the role from the next request on; giving it twice is giving it once."""
    with transaction.atomic():
        _lock(user)
        before = read_roles(user)
        if role in before:
            return
        user.groups.add(_find_group(role))
        _follow(user, before, actor=actor, reason=reason)


def take_role(*, user: User, role: str, actor: User | None = None, reason: str = "") -> None:
    """End the role from the next request on. Raises LastAdministrator rather than leave the site without."""
    with transaction.atomic():
        if role == ADMINISTRATOR:
            keep_one_administrator(user)
        _lock(user)
        before = read_roles(user)
        if role not in before:
            return
        user.groups.remove(_find_group(role))
        _follow(user, before, actor=actor, reason=reason)


def _follow(user: User, before: list[str], *, actor: User | None, reason: str) -> None:
    """Let the person in or not, as the roles now say, and write down what they were."""
    _let_in(user)
    record(
        actor=actor,
        act="person.role",
        target=user,
        reason=reason,
        before={"roles": before},
        after={"roles": read_roles(user)},
    )


def read_roles(user: User) -> list[str]:
    """Return the names of the person's roles."""
    return sorted(user.groups.filter(name__in=PERMISSIONS).values_list("name", flat=True))


def find_administrators() -> QuerySet[User]:
    """Return the people who can log in and look after people, and will stay."""
    return User.objects.filter(is_active=True, leaves_at=None, groups__name=ADMINISTRATOR)


def keep_one_administrator(user: User) -> None:
    """Raise LastAdministrator when nobody else could look after people. To be called in a transaction.

    Two administrators who end each other come one after the other: first all of them are locked, and then
    it is asked who is left.
    """
    locked = {each.pk for each in find_administrators().order_by("pk").select_for_update(of=("self",))}
    if user.pk in locked and not find_administrators().exclude(pk=user.pk).exists():
        raise LastAdministrator


def _lock(user: User) -> None:
    """Let nobody else change the person's roles until the transaction ends: all open the desk."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)


def _find_group(role: str) -> Group:
    """Return the role's group with its permission; they are there, unless somebody emptied the tables."""
    group, is_new = Group.objects.get_or_create(name=role)
    if is_new:
        app_label, _dot, codename = PERMISSIONS[role].partition(".")
        group.permissions.add(Permission.objects.get(content_type__app_label=app_label, codename=codename))
    return group


def _let_in(user: User) -> None:
    """Open the desk to those who have a role, and to nobody else."""
    is_staff = user.is_superuser or bool(read_roles(user))
    User.objects.filter(pk=user.pk).update(is_staff=is_staff)
    user.is_staff = is_staff
