"""Roles: what each opens, that they are written down, and that the last administrator stays."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from reader.models import AuditEntry, User
from reader.services.roles import (
    ADMINISTRATOR,
    MODERATOR,
    LastAdministrator,
    give_role,
    read_roles,
    take_role,
)
from tests.builders import make_user
from tests.services.at_once import run_at_once

pytestmark = pytest.mark.django_db


def reload(user: User) -> User:
    """Return the person as the next request finds them."""
    return User.objects.get(pk=user.pk)


def test_a_role_opens_the_desk_and_its_end_closes_it(ann: User, adi: User) -> None:
    give_role(user=ann, role=MODERATOR, actor=adi, reason="menjaga")
    give_role(user=ann, role=MODERATOR, actor=adi, reason="dua kali")

    moderator = reload(ann)
    assert (moderator.is_staff, moderator.is_moderator, moderator.is_administrator) == (True, True, False)
    entry = AuditEntry.objects.get(target_id=ann.pk)
    assert (entry.actor_name, entry.reason) == ("adi", "menjaga")
    assert (entry.before, entry.after) == ({"roles": []}, {"roles": ["moderator"]})

    take_role(user=moderator, role=MODERATOR, actor=adi)
    assert (reload(ann).is_staff, reload(ann).is_moderator) == (False, False)
    assert AuditEntry.objects.filter(target_id=ann.pk).count() == 2


def test_one_of_two_roles_keeps_the_desk_open(adi: User, mia: User) -> None:
    give_role(user=mia, role=ADMINISTRATOR)
    take_role(user=reload(mia), role=MODERATOR)

    assert reload(mia).is_staff
    assert read_roles(mia) == [ADMINISTRATOR]


def test_the_last_administrator_who_can_log_in_stays(adi: User) -> None:
    away = make_user("budi", is_active=False)
    give_role(user=away, role=ADMINISTRATOR)

    with pytest.raises(LastAdministrator):
        take_role(user=adi, role=ADMINISTRATOR)
    assert reload(adi).is_administrator

    give_role(user=make_user("citra"), role=ADMINISTRATOR)
    take_role(user=adi, role=ADMINISTRATOR)
    assert not reload(adi).is_staff


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_give_a_role_once(ann: User) -> None:
    run_at_once(4, lambda: give_role(user=reload(ann), role=MODERATOR))

    assert reload(ann).is_staff
    assert AuditEntry.objects.filter(act="person.role", target_id=ann.pk).count() == 1


def test_who_had_the_desk_before_there_were_roles_keeps_it() -> None:
    chief = make_user("chief", is_staff=True, is_superuser=True)
    staff = make_user("staff", is_staff=True)
    reader = make_user("reader")
    migration = importlib.import_module("reader.migrations.0011_roles")

    migration.remove_roles(apps, None)
    migration.make_roles(apps, None)

    assert read_roles(chief) == [ADMINISTRATOR, MODERATOR]
    assert read_roles(staff) == [MODERATOR]
    assert read_roles(reader) == []
    assert reload(staff).is_moderator
    assert {group.permissions.count() for group in Group.objects.all()} == {1}
