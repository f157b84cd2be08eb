"""Accounts: logging in and out, sign-up as the operator has set it, and nothing to learn for strangers."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from reader.models import User
from tests.builders import PASSWORD, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
SIGNUP = "/accounts/signup/"
LOGOUT = "/accounts/logout/"
NEWCOMER = {"username": "eve", "password1": "panjang-dan-aneh-42", "password2": "panjang-dan-aneh-42"}


def log_in(client: Client, password: str = PASSWORD, username: str = "ann", **values: str) -> int:
    return client.post(LOGIN, {"login": username, "password": password, **values}).status_code


def test_logging_in_renews_the_session_and_leads_to_the_list(client: Client, ann: User) -> None:
    client.get(LOGIN)
    client.post("/language/", {"language": "id"})
    before = client.session.session_key

    response = client.post(LOGIN, {"login": "ann", "password": PASSWORD})

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session.session_key not in {None, before}
    cookie = response.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_login_leads_back_to_where_one_wanted_to_go(client: Client, ann: User) -> None:
    page = client.get(LOGIN, {"next": "/archive/"}).content.decode()
    assert '<input type="hidden" name="next" value="/archive/">' in page

    response = client.post(LOGIN, {"login": "ann", "password": PASSWORD, "next": "/archive/"})

    assert response["Location"] == "/archive/"


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https:///elsewhere.example",
        "\t//x.example",
    ],
)
def test_login_never_leads_elsewhere(client: Client, ann: User, target: str) -> None:
    response = client.post(LOGIN, {"login": "ann", "password": PASSWORD, "next": target})

    assert response["Location"] == "/"


def test_known_and_unknown_names_get_the_same_answer(client: Client, ann: User) -> None:
    known = client.post(LOGIN, {"login": "ann", "password": "salah"})
    unknown = client.post(LOGIN, {"login": "nobody", "password": "salah"})

    assert known.status_code == unknown.status_code == 200
    errors = [str(answer.context["form"].non_field_errors()) for answer in (known, unknown)]
    assert errors[0] == errors[1]
    assert "Nama pengguna atau kata sandinya keliru." in errors[0]


def test_guessing_is_slowed_down_without_locking_the_owner_out(client: Client, ann: User) -> None:
    for _ in range(6):
        log_in(client, "salah")
    assert log_in(client) == 200, "the guesser must wait"

    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert log_in(elsewhere) == 302


def test_a_made_up_address_does_not_get_around_the_throttle(client: Client, ann: User) -> None:
    for number in range(6):
        client.post(
            LOGIN, {"login": "ann", "password": "salah"}, headers={"X-Forwarded-For": f"198.51.100.{number}"}
        )

    assert log_in(client) == 200


def test_logging_out_is_posted_and_ends_the_session(client: Client, ann: User) -> None:
    log_in(client)
    stolen = Client()
    stolen.cookies["sessionid"] = client.cookies["sessionid"].value
    assert client.get(LOGOUT).status_code == 200
    assert client.get("/").status_code == 200, "asking is not logging out"

    response = client.post(LOGOUT)

    assert response["Location"] == LOGIN
    assert client.get("/").status_code == 302
    assert stolen.get("/").status_code == 302
    assert "Anda sudah keluar" in client.get(LOGIN).content.decode()


def test_changing_the_password_ends_the_other_sessions(client: Client, ann: User) -> None:
    other = Client()
    log_in(client)
    log_in(other)

    page = client.get("/accounts/password/change/")
    assert page.status_code == 200
    response = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "lain-dan-panjang-9", "password2": "lain-dan-panjang-9"},
    )

    assert response.status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    ann.refresh_from_db()
    assert ann.check_password("lain-dan-panjang-9")


def test_sign_up_is_closed_unless_the_operator_opens_it(client: Client, ann: User) -> None:
    page = client.get(SIGNUP).content.decode()
    assert "Pendaftaran ditutup" in page
    assert "administrator" in page

    client.post(SIGNUP, NEWCOMER)

    assert User.objects.count() == 1


def test_open_sign_up_makes_an_ordinary_reader(client: Client, ann: User, settings: Settings) -> None:
    settings.READER_SIGNUP = "open"
    assert client.get(SIGNUP).status_code == 200

    response = client.post(SIGNUP, NEWCOMER)

    assert response["Location"] == "/"
    eve = User.objects.get(username="eve")
    assert not eve.is_staff
    assert client.get("/").status_code == 200


def test_open_sign_up_says_what_is_wrong(client: Client, ann: User, settings: Settings) -> None:
    settings.READER_SIGNUP = "open"

    response = client.post(SIGNUP, {**NEWCOMER, "username": "ann"})

    assert response.status_code == 200
    assert response.context["form"].errors["username"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_desk_is_for_staff_behind_the_same_login(
    client: Client, ann: User, mia: User, method: str
) -> None:
    desk = reverse("admin:index")
    assert client.get(desk)["Location"] == f"{LOGIN}?next={desk}"
    for path in (desk, reverse("admin:login")):
        response = getattr(client, method)(path, {"username": "mia", "password": PASSWORD})
        assert response["Location"].startswith(LOGIN), "the desk has no login of its own"

    client.force_login(ann)
    assert client.get(reverse("admin:login")).status_code == 403
    assert client.get(desk).status_code in {302, 403}

    client.force_login(mia)
    assert client.get(desk).status_code == 200


def test_an_account_that_is_switched_off_reads_nothing(client: Client) -> None:
    make_user("eve", is_active=False)

    response = client.post(LOGIN, {"login": "eve", "password": PASSWORD}, follow=True)

    assert "dinonaktifkan" in response.content.decode() or response.context["form"].errors
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "path", ["email/", "confirm-email/", "password/set/", "login/code/confirm/", "password/reset/done/"]
)
def test_pages_that_would_need_a_mail_server_are_not_there(client: Client, ann: User, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404
