"""The audit log on the desk: found, filtered, taken away, never changed."""

import csv
import io

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from reader.admin.act_names import ACT_NAMES
from reader.auditing import record
from reader.models import AuditEntry, User
from tests.builders import make_article

pytestmark = pytest.mark.django_db

LIST = reverse("admin:reader_auditentry_changelist")
EXPORT = reverse("admin:reader_auditentry_export")


@pytest.fixture
def entry(mia: User) -> AuditEntry:
    with transaction.atomic():
        return record(
            actor=mia,
            act="article.x",
            target=make_article(title="=HYPERLINK(1)"),
            reason="<b>sebab</b>",
            before={"state": "ready"},
            after={"state": "<i>"},
        )


def test_an_entry_is_found_and_shown_as_text(client: Client, mia: User, entry: AuditEntry) -> None:
    client.force_login(mia)

    found = client.get(LIST, {"q": "sebab"}).content.decode()
    shown = client.get(reverse("admin:reader_auditentry_change", args=[entry.pk])).content.decode()

    for page in (found, shown):
        assert "&lt;b&gt;sebab&lt;/b&gt;" in page
        assert f"/admin/reader/article/{entry.target_id}/change/" in page
    assert "&lt;i&gt;" in shown
    assert "sebab" not in client.get(LIST, {"q": "lain"}).content.decode().replace('value="sebab"', "")


def test_the_log_is_filtered_by_act(client: Client, adi: User, entry: AuditEntry) -> None:
    client.force_login(adi)

    answer = client.get(LIST, {"act": "person.role"})

    assert {row.act for row in answer.context["cl"].result_list} == {"person.role"}
    assert str(ACT_NAMES["person.role"]) in answer.content.decode()


def test_the_file_has_what_the_filter_leaves_and_no_formula(
    client: Client, mia: User, entry: AuditEntry
) -> None:
    client.force_login(mia)
    answer = client.get(EXPORT, {"q": "sebab"})
    text = answer.getvalue().decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 2
    assert rows[1][1:3] == ["mia", "article.x"]
    assert "'=HYPERLINK(1)" in rows[1]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_filter_that_means_nothing_gives_no_file_but_the_list(client: Client, mia: User) -> None:
    client.force_login(mia)
    assert client.get(EXPORT, {"at__gte": "kemarin"}).url == f"{LIST}?e=1"  # type: ignore[attr-defined]


def test_nobody_changes_the_log(client: Client, mia: User, adi: User, entry: AuditEntry) -> None:
    change = reverse("admin:reader_auditentry_change", args=[entry.pk])
    before = list(AuditEntry.objects.values())
    chief = User.objects.create_superuser("chief")
    for user in (mia, adi, chief):
        client.force_login(user)
        assert client.post(change, {"reason": "lain"}).status_code == 403
        assert client.post(reverse("admin:reader_auditentry_add"), {}).status_code == 403
        delete = reverse("admin:reader_auditentry_delete", args=[entry.pk])
        assert client.post(delete, {"post": "yes"}).status_code == 403
        client.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert list(AuditEntry.objects.values()) == before


def test_the_file_is_for_those_with_a_role(client: Client, ann: User, entry: AuditEntry) -> None:
    assert client.get(EXPORT).status_code == 302
    client.force_login(ann)
    assert client.get(EXPORT).status_code in {302, 403}


def test_a_moderator_does_not_see_what_was_done_to_people(
    client: Client, mia: User, adi: User, entry: AuditEntry
) -> None:
    about_adi = AuditEntry.objects.get(target_id=adi.pk, target_kind="user")
    client.force_login(mia)

    assert client.get(reverse("admin:reader_auditentry_change", args=[about_adi.pk])).status_code == 302
    text = client.get(EXPORT).getvalue().decode()
    assert "person.role" not in text
