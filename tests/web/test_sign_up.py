"""Making an account: open, closed, by invitation, by approval; and what those are told who are kept out."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reader.models import HouseRules, Invitation, User
from reader.services import inviting, joining, people
from tests.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db

SIGN_UP = "/accounts/signup/"
EVE = {"username": "eve", "password1": "panjang-dan-aneh-42", "password2": "panjang-dan-aneh-42"}


def choose(mode: str) -> None:
    HouseRules.objects.create(pk=1, sign_up=mode)


def log_in(client: Client, password: str = EVE["password1"]) -> str:
    answer = client.post("/accounts/login/", {"login": "eve", "password": password}, follow=True)
    return answer.content.decode()


def test_what_administrators_chose_goes_before_what_the_operator_set(client: Client, ann: User) -> None:
    choose("open")
    assert client.post(SIGN_UP, EVE)["Location"] == "/"
    assert not User.objects.get(username="eve").is_staff


def test_an_invitation_makes_one_account(client: Client, adi: User) -> None:
    choose("invitation")
    page = client.get(SIGN_UP).content.decode()
    assert "Hanya dengan undangan" in page
    client.post(SIGN_UP, EVE)
    assert not User.objects.filter(username="eve").exists()

    invitation, token = inviting.invite(actor=adi, note="Eve", days=7)
    assert token not in str(Invitation.objects.values().get())
    others = Client()
    for browser in (client, others):
        assert browser.get(f"/accounts/invitation/{token}/")["Location"] == SIGN_UP
        assert browser.get(SIGN_UP).context["form"].fields.keys() == EVE.keys()
    assert client.post(SIGN_UP, EVE)["Location"] == "/"

    invitation.refresh_from_db()
    assert invitation.used_by == User.objects.get(username="eve")
    answer = others.post(SIGN_UP, {**EVE, "username": "mallory"}, follow=True)
    assert "Undangan ini tidak dapat dipakai" in answer.content.decode()
    assert not User.objects.filter(username="mallory").exists()


@pytest.mark.parametrize("fate", ["old", "revoked", "made up", "closed"])
def test_other_invitations_make_none(client: Client, adi: User, fate: str) -> None:
    choose("closed" if fate == "closed" else "invitation")
    invitation, token = inviting.invite(actor=adi, note="", days=1)
    client.get(f"/accounts/invitation/{token}/")
    if fate == "old":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    elif fate == "revoked":
        assert inviting.revoke_invitation(invitation=invitation, actor=adi)
        assert not inviting.revoke_invitation(invitation=invitation, actor=adi)
    elif fate == "made up":
        token = "x" * 43
        client = Client()

    assert client.get(f"/accounts/invitation/{token}/").status_code == (302 if fate == "closed" else 404)
    client.post(SIGN_UP, EVE)
    assert not User.objects.filter(username="eve").exists()


def test_two_at_once_do_not_both_use_one_invitation(adi: User, ann: User, ben: User) -> None:
    _invitation, token = inviting.invite(actor=adi, note="", days=1)
    assert inviting.use_invitation(token=token, user=ann)
    assert not inviting.use_invitation(token=token, user=ben)


def test_by_approval_somebody_waits_and_is_let_in(client: Client, adi: User) -> None:
    choose("approval")
    assert client.post(SIGN_UP, EVE).context["form"].errors.keys() == {"application"}

    answer = client.post(SIGN_UP, {**EVE, "application": "Wartawan di Solo"}, follow=True)

    assert "menunggu persetujuan" in answer.content.decode()
    eve = User.objects.get(username="eve")
    assert (eve.is_active, eve.application) == (False, "Wartawan di Solo")
    assert client.get("/").status_code == 302
    assert "menunggu persetujuan" in log_in(client)

    assert joining.approve(user=eve, actor=adi)
    assert not joining.approve(user=eve, actor=adi)
    assert not joining.decline(user=eve, actor=adi), "who was let in is not declined by a second window"
    log_in(client)
    assert client.get("/").status_code == 200


def test_who_is_invited_needs_no_approval(client: Client, adi: User) -> None:
    choose("approval")
    _invitation, token = inviting.invite(actor=adi, note="", days=1)
    client.get(f"/accounts/invitation/{token}/")
    assert client.post(SIGN_UP, EVE)["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_declined_account_is_gone(adi: User) -> None:
    eve = make_user("eve", is_active=False, applied_at=timezone.now())
    assert joining.decline(user=eve, actor=adi, reason="Iklan")
    assert not User.objects.filter(username="eve").exists()


def test_suspension_ends_all_sessions_and_says_why(client: Client, adi: User) -> None:
    eve = make_user("eve")
    client.force_login(eve)
    assert client.get("/").status_code == 200

    assert people.suspend(user=eve, actor=adi, reason="Menyalin <b>naskah</b>")

    assert client.get("/").status_code == 302
    here = Client()
    assert "Menyalin &lt;b&gt;naskah&lt;/b&gt;" in log_in(here, PASSWORD)
    again = here.get("/accounts/inactive/").text
    assert "dinonaktifkan" in again
    assert "Menyalin" not in again, "whoever sits here next learns nothing"
    assert "Menyalin" not in log_in(Client(), "salah"), "a stranger learns nothing"

    assert people.readmit(user=eve, actor=adi)
    assert client.get("/").status_code == 302, "a session that was ended stays so"
    log_in(client, PASSWORD)
    assert client.get("/").status_code == 200
