"""People at the desk: for administrators alone, each act asked about and written down, no reading seen."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from reader.models import AuditEntry, HouseRules, Invitation, User
from reader.services.inviting import invite
from reader.services.people import suspend
from reader.services.roles import ADMINISTRATOR, give_role, read_roles, take_role
from tests.builders import make_saved, make_user

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/reader/user/"
HOUSE_RULES = "/admin/reader/houserules/"
INVITATIONS = "/admin/reader/invitation/"
RULES = {
    "sign_up": "approval",
    "saves_per_day": 50,
    "stored_megabytes": 100,
    "most_highlights": 1000,
    "tells_public": "",
    "reason": "Ramai",
}


def act(client: Client, name: str, *users: User, reason: str = "Alasan") -> str:
    values = {"action": name, "_selected_action": [user.pk for user in users]}
    asked = client.post(PEOPLE, values)
    assert asked.status_code == 200, "it asks first"
    answer = client.post(PEOPLE, {**values, "confirmed": "1", "reason": reason}, follow=True)
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.mark.parametrize("who", ["nobody", "ann", "mia"])
def test_people_and_settings_are_for_administrators(
    client: Client, ann: User, mia: User, ben: User, who: str
) -> None:
    if who != "nobody":
        client.force_login({"ann": ann, "mia": mia}[who])
    addresses = [
        PEOPLE,
        f"{PEOPLE}{ben.pk}/change/",
        f"{PEOPLE}{ben.pk}/password/",
        f"{PEOPLE}add/",
        HOUSE_RULES,
        INVITATIONS,
        f"{INVITATIONS}add/",
    ]
    suspend = {"action": "suspend", "_selected_action": [ben.pk], "confirmed": "1", "reason": "x"}
    for address in addresses:
        for answer in (client.get(address), client.post(address, {**suspend, **RULES, "days": 1})):
            assert answer.status_code in {302, 403}, address
    ben.refresh_from_db()
    assert ben.is_active
    assert not HouseRules.objects.exists()
    assert not Invitation.objects.exists()
    assert not AuditEntry.objects.filter(act="person.suspend").exists()


@pytest.mark.parametrize("who", ["mia", "adi"])
def test_nobody_at_the_desk_sees_what_somebody_reads(
    client: Client, ann: User, mia: User, adi: User, who: str
) -> None:
    saved = make_saved(ann)
    client.force_login({"mia": mia, "adi": adi}[who])
    assert client.get("/admin/reader/savedarticle/").status_code == 404
    for address in (PEOPLE, f"{PEOPLE}{ann.pk}/change/"):
        page = client.get(address).content.decode()
        assert saved.article.title not in page
    page = client.get(f"/admin/reader/article/{saved.article_id}/change/").content.decode()
    assert ">ann<" not in page


@pytest.mark.parametrize("name", ["saved_articles", "saved_articles__id", "saved_articles__id__gt"])
def test_nobody_finds_out_who_reads_what_by_the_numbers_of_entries(
    client: Client, ann: User, mia: User, adi: User, name: str
) -> None:
    saved = make_saved(ann)
    for who, address in ((adi, PEOPLE), (mia, "/admin/reader/article/")):
        client.force_login(who)
        assert client.get(address, {name: saved.pk}).status_code == 400
    client.force_login(adi)
    assert client.get(PEOPLE, {"owned_articles__id": saved.article_id}).status_code == 400


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("suspend", "person.suspend"),
        ("make_moderator", "person.role"),
        ("send_away", "person.leave"),
    ],
)
def test_each_act_is_asked_about_and_written_down(
    client: Client, adi: User, ben: User, name: str, written: str
) -> None:
    client.force_login(adi)
    assert "Selesai untuk 1 orang" in act(client, name, ben)
    entry = AuditEntry.objects.get(act=written, target_id=ben.pk)
    assert (entry.actor_name, entry.reason) == ("adi", "Alasan")
    assert "Tidak ada yang perlu" in act(client, name, ben), "a second window does it no second time"


def test_acts_are_taken_back(client: Client, adi: User, ben: User) -> None:
    client.force_login(adi)
    for there, back in (
        ("suspend", "readmit"),
        ("make_moderator", "end_moderator"),
        ("make_administrator", "end_administrator"),
        ("send_away", "keep"),
    ):
        page = client.get(f"{PEOPLE}{ben.pk}/change/").content.decode()
        assert f'value="{there}"' in page
        act(client, there, ben)
        page = client.get(f"{PEOPLE}{ben.pk}/change/").content.decode()
        assert f'value="{back}"' in page
        act(client, back, ben)
    ben.refresh_from_db()
    assert (ben.is_active, ben.is_staff, ben.leaves_at, read_roles(ben)) == (True, False, None, [])


@pytest.mark.parametrize("name", ["end_administrator", "send_away"])
def test_the_last_administrator_stays(client: Client, adi: User, name: str) -> None:
    client.force_login(adi)
    assert "administrator terakhir" in act(client, name, adi)
    adi.refresh_from_db()
    assert (read_roles(adi), adi.leaves_at) == (["administrator"], None)


def test_nobody_suspends_himself(client: Client, adi: User) -> None:
    client.force_login(adi)
    assert "Anda sendiri" in act(client, "suspend", adi)
    assert client.get(PEOPLE).status_code == 200


def test_those_who_wait_are_listed_and_answered(client: Client, adi: User) -> None:
    eve, dan = (
        make_user(name, is_active=False, applied_at=timezone.now(), application="Saya wartawan")
        for name in ("eve", "dan")
    )
    client.force_login(adi)
    page = client.get(PEOPLE, {"standing": "waiting"}).content.decode()
    assert "eve" in page
    assert ">adi<" not in page.split('id="result_list"')[1]
    assert "2 menunggu persetujuan" in client.get("/admin/").content.decode()
    assert "Saya wartawan" in client.get(f"{PEOPLE}{eve.pk}/change/").content.decode()

    act(client, "approve", eve)
    act(client, "decline", dan)

    assert User.objects.get(username="eve").is_active
    assert not User.objects.filter(username="dan").exists()


def test_limits_and_names_are_changed_and_written_down(client: Client, adi: User, ben: User) -> None:
    client.force_login(adi)
    values = {
        "username": "ben",
        "email": "",
        "saves_per_day": 5,
        "stored_megabytes": "",
        "most_highlights": "",
    }
    client.post(f"{PEOPLE}{ben.pk}/change/", values)
    entry = AuditEntry.objects.get(act="person.limits")
    assert (entry.before, entry.after) == ({"saves_per_day": None}, {"saves_per_day": 5})

    client.post(f"{PEOPLE}{ben.pk}/change/", {**values, "username": "benny"})
    assert AuditEntry.objects.get(act="person.edit").after == {"username": "benny"}
    ben.refresh_from_db()
    assert (ben.username, ben.saves_per_day) == ("benny", 5)


def test_a_password_that_is_set_is_written_down_and_ends_sessions(
    client: Client, adi: User, ben: User
) -> None:
    bens = Client()
    bens.force_login(ben)
    client.force_login(adi)
    word = "lain-dan-panjang-9"
    client.post(
        f"{PEOPLE}{ben.pk}/password/", {"password1": word, "password2": word, "usable_password": "true"}
    )
    assert word not in str(AuditEntry.objects.values().get(act="person.password"))
    assert bens.get("/").status_code == 302


def test_house_rules_hold_from_the_next_page_on(client: Client, adi: User) -> None:
    client.force_login(adi)
    assert client.get(HOUSE_RULES).status_code == 200
    assert client.post(HOUSE_RULES, {**RULES, "saves_per_day": -1}).status_code == 422
    assert client.post(HOUSE_RULES, {**RULES, "reason": ""}).status_code == 422

    assert client.post(HOUSE_RULES, RULES).status_code == 303

    assert "application" in Client().get("/accounts/signup/").context["form"].fields
    entry = AuditEntry.objects.get(act="setting.people")
    assert (entry.before["sign_up"], entry.after["sign_up"], entry.reason) == ("", "approval", "Ramai")


def test_the_numbers_for_everybody_are_switched_here_or_as_the_operator_set_it(
    client: Client, adi: User, settings: Settings
) -> None:
    client.force_login(adi)
    page = reverse("transparency")
    for operators, chosen, status in (
        (True, "False", 404),
        (False, "True", 200),
        (False, "", 404),
        (True, "", 200),
    ):
        settings.READER_TRANSPARENCY = operators
        assert client.post(HOUSE_RULES, {**RULES, "tells_public": chosen}).status_code == 303
        assert Client().get(page).status_code == status
    changes = AuditEntry.objects.filter(act="setting.people").order_by("pk")
    assert [entry.after["tells_public"] for entry in changes] == [False, True, None]


def test_an_invitations_link_is_shown_once_and_can_be_revoked(client: Client, adi: User) -> None:
    client.force_login(adi)
    assert client.post(f"{INVITATIONS}add/", {"days": 1000}).status_code == 422
    answer = client.post(f"{INVITATIONS}add/", {"note": "Untuk Eve", "days": 3})
    link = answer.context["link"]
    assert link in answer.content.decode()
    token = link.rstrip("/").rpartition("/")[2]
    page = client.get(INVITATIONS).content.decode()
    assert "Untuk Eve" in page
    assert token not in page

    made = Invitation.objects.get()
    values = {"action": "revoke", "_selected_action": [made.pk], "confirmed": "1", "reason": "Keliru"}
    client.post(INVITATIONS, values)
    assert Client().get(reverse("invitation", args=[token])).status_code == 404
    assert AuditEntry.objects.get(act="person.uninvite").reason == "Keliru"


def test_no_invitation_outlives_its_makers_right_to_invite(client: Client, adi: User) -> None:
    other = make_user("lain")
    give_role(user=other, role=ADMINISTRATOR)
    _made, token = invite(actor=other, note="", days=3)
    page = reverse("invitation", args=[token])
    assert Client().get(page).status_code != 404

    take_role(user=other, role=ADMINISTRATOR, actor=adi)
    assert Client().get(page).status_code == 404
    client.force_login(adi)
    assert "pembuatnya tidak lagi boleh mengundang" in client.get(INVITATIONS).content.decode()

    give_role(user=other, role=ADMINISTRATOR, actor=adi)
    assert Client().get(page).status_code != 404
    suspend(user=other, actor=adi, reason="Alasan")
    assert Client().get(page).status_code == 404


def test_the_list_of_people_costs_the_same_for_twenty(client: Client, adi: User) -> None:
    client.force_login(adi)
    client.get(PEOPLE)
    counts = []
    for _ in range(2):
        for _ in range(10):
            make_user()
        with CaptureQueriesContext(connection) as queries:
            client.get(PEOPLE)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8
