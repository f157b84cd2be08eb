"""The audit log: one entry with each act or neither, whole, and no way to change it."""

import pytest
from django.db import transaction

from reader.auditing import record
from reader.models import AuditEntry, User
from tests.builders import make_article


@pytest.mark.django_db
def test_an_act_is_written_down_with_who_what_why_and_the_change(mia: User) -> None:
    article = make_article(title="Judul")

    with transaction.atomic():
        record(
            actor=mia, act="article.x", target=article, reason=" sebab ", before={"a": 1}, after={"a": [2]}
        )

    entry = AuditEntry.objects.get(act="article.x")
    assert (entry.actor_id, entry.actor_name) == (mia.pk, "mia")
    assert (entry.target_kind, entry.target_id, entry.target_name) == ("article", article.pk, "Judul")
    assert (entry.reason, entry.before, entry.after) == ("sebab", {"a": 1}, {"a": [2]})


@pytest.mark.django_db
def test_an_entry_outlives_person_and_thing(mia: User) -> None:
    article = make_article(title="x" * 500)
    with transaction.atomic():
        record(actor=mia, act="article.x", target=article, reason="y" * 2000)
    article.delete()
    mia.delete()

    entry = AuditEntry.objects.get(act="article.x")
    assert (entry.actor_name, len(entry.target_name), len(entry.reason)) == ("mia", 200, 1000)


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_its_act(mia: User) -> None:
    with pytest.raises(RuntimeError):
        record(actor=mia, act="article.x")
    with transaction.atomic():
        record(actor=mia, act="article.x")
        transaction.set_rollback(True)

    assert not AuditEntry.objects.filter(act="article.x").exists()


@pytest.mark.django_db
def test_acts_upon_people_are_for_administrators(mia: User, adi: User) -> None:
    with transaction.atomic():
        for act in ("article.x", "person.x", "setting.x"):
            record(actor=None, act=act)

    def seen_by(user: User) -> set[str]:
        return set(AuditEntry.objects.visible_to(user).values_list("act", flat=True)) - {"person.role"}

    assert seen_by(mia) == {"article.x"}
    assert seen_by(adi) == {"article.x", "person.x", "setting.x"}
