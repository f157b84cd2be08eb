"""Site policies at the desk: written in a form that checks them, removed with a reason."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import AuditEntry, DomainPolicy, User

pytestmark = pytest.mark.django_db

LIST = reverse("admin:reader_domainpolicy_changelist")
ADD = reverse("admin:reader_domainpolicy_add")
SAID = {"pattern": "*.JAHAT.example", "access": "block", "reason": "judi", "headers": "", "pause_seconds": ""}


def test_a_policy_is_written_changed_and_removed(client: Client, mia: User) -> None:
    client.force_login(mia)

    client.post(ADD, {**SAID, "headers": "X-Dari: teduh\nReferer: https://a.example/", "pause_seconds": "2"})
    policy = DomainPolicy.objects.get()
    assert (policy.pattern, policy.access, policy.pause_seconds) == ("*.jahat.example", "block", 2)
    assert policy.headers == {"X-Dari": "teduh", "Referer": "https://a.example/"}
    change = reverse("admin:reader_domainpolicy_change", args=[policy.pk])
    assert "X-Dari: teduh" in client.get(change).content.decode()
    client.post(change, {**SAID, "access": "allow"})
    assert DomainPolicy.objects.get().access == "allow"

    chosen = {"action": "remove", "_selected_action": [policy.pk]}
    assert client.post(LIST, chosen).status_code == 200
    assert DomainPolicy.objects.exists()
    client.post(LIST, {**chosen, "confirmed": "1", "reason": "keliru"})
    assert not DomainPolicy.objects.exists()
    acts = AuditEntry.objects.filter(act__startswith="site.").order_by("pk")
    assert [(act.act, act.actor_name) for act in acts] == [
        ("site.policy", "mia"),
        ("site.policy", "mia"),
        ("site.policy_removed", "mia"),
    ]
    assert (acts[1].before["access"], acts[1].after["access"]) == ("block", "allow")


@pytest.mark.parametrize(
    "wrong",
    [
        {"pattern": "bukan situs"},
        {"pattern": "*" * 9},
        {"reason": ""},
        {"pause_seconds": "31"},
        {"pause_seconds": "-1"},
        {"headers": "Cookie: a=b"},
        {"headers": "tanpa titik dua"},
        {"headers": "A: b\n" * 11},
        {"access": "allow", "takes_down": "on"},
        {"access": "lain"},
    ],
    ids=str,
)
def test_what_is_wrong_comes_back_with_a_sentence(client: Client, mia: User, wrong: dict[str, str]) -> None:
    client.force_login(mia)

    answer = client.post(ADD, {**SAID, **wrong})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert not DomainPolicy.objects.exists()
