"""First set-up, language, a lost password, the sign of life."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from reader.models import User
from reader.services import setup
from tests.builders import PASSWORD

pytestmark = pytest.mark.django_db

SETUP = "/setup/"
LANGUAGE = "/language/"


def setup_form(**values: str) -> dict[str, str]:
    return {"code": setup.read_setup_code(), "username": "mia", "password": PASSWORD, **values}


# --- set-up ---


@pytest.mark.parametrize(
    "path", ["/", "/archive/", "/accounts/login/", "/accounts/signup/", "/admin/", "/save/"]
)
def test_while_nobody_exists_every_page_leads_to_set_up(client: Client, path: str) -> None:
    response = client.get(path)

    assert (response.status_code, response["Location"]) == (302, SETUP)


def test_the_code_makes_the_first_moderator_who_is_then_logged_in(client: Client) -> None:
    assert "Kode persiapan" in client.get(SETUP).content.decode()

    response = client.post(SETUP, setup_form())

    assert (response.status_code, response["Location"]) == (303, "/")
    mia = User.objects.get()
    assert mia.is_staff
    assert mia.is_moderator
    assert mia.is_administrator
    assert not mia.is_superuser
    assert mia.check_password(PASSWORD)
    assert "Selamat datang" in client.get("/").content.decode()
    assert client.get("/admin/").status_code == 200


def test_once_somebody_exists_set_up_is_gone(client: Client, ann: User) -> None:
    assert client.get(SETUP).status_code == 404
    assert client.post(SETUP, setup_form()).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"code": "AAAA-BBBB-CCCC-DDDD"}, "Ini bukan kode yang ditampilkan konsol."),
        ({"code": ""}, "tidak boleh kosong"),
        ({"username": ""}, "tidak boleh kosong"),
        ({"username": "dengan spasi"}, "nama pengguna"),
        ({"password": "pendek"}, "10"),
        ({"password": "1234567890123"}, "angka"),
        ({"username": "kata-sandi-yang-panjan"}, "mirip"),
    ],
    ids=["wrong code", "no code", "no name", "bad name", "short", "digits", "like the name"],
)
def test_a_wrong_field_is_the_same_page_with_a_sentence(
    client: Client, values: dict[str, str], sentence: str
) -> None:
    response = client.post(SETUP, setup_form(**values))

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert PASSWORD not in response.content.decode()
    assert not User.objects.exists()


def test_guessing_the_code_is_slowed_down(client: Client) -> None:
    answers = [client.post(SETUP, setup_form(code=f"AAAA-{n}")).status_code for n in range(7)]

    assert answers[:5] == [422] * 5
    assert answers[5:] == [429, 429]
    assert client.post(SETUP, setup_form()).status_code == 429
    assert not User.objects.exists()


def test_that_somebody_exists_is_asked_once(
    client: Client, ann: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        client.get("/accounts/password/reset/")
    with django_assert_num_queries(0):
        client.get("/accounts/password/reset/")


# --- language ---


@pytest.mark.parametrize(
    ("accepts", "language"), [("id", "id"), ("en-GB,en", "en"), ("fr", "id"), ("", "id")]
)
def test_the_browser_decides_at_first(client: Client, ann: User, accepts: str, language: str) -> None:
    response = client.get("/accounts/login/", headers={"Accept-Language": accepts})

    assert f'<html lang="{language}">' in response.content.decode()
    assert response["Content-Language"] == language
    assert "Accept-Language" in response["Vary"]


def test_anybody_may_choose_and_the_browser_keeps_it(client: Client, ann: User) -> None:
    response = client.post(LANGUAGE, {"language": "en", "next": "/accounts/login/"})

    assert (response.status_code, response["Location"]) == (303, "/accounts/login/")
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["samesite"], cookie["httponly"]) == ("en", "Lax", True)
    assert (
        '<html lang="en">'
        in client.get("/accounts/login/", headers={"Accept-Language": "id"}).content.decode()
    )


def test_a_person_keeps_the_choice_in_every_browser(client: Client, ann: User) -> None:
    client.force_login(ann)
    client.post(LANGUAGE, {"language": "en"})

    other = Client()
    other.force_login(ann)
    response = other.get("/", headers={"Accept-Language": "id"})
    assert '<html lang="en">' in response.content.decode()
    assert response["Content-Language"] == "en"
    assert '<html lang="en">' in other.get("/nothing/", headers={"Accept-Language": "id"}).content.decode()


@pytest.mark.parametrize("language", ["", "fr", "id-x", "../../etc", "e" * 500])
def test_an_unknown_language_changes_nothing(client: Client, ann: User, language: str) -> None:
    client.force_login(ann)

    response = client.post(LANGUAGE, {"language": language})

    assert response.status_code == 303
    assert settings.LANGUAGE_COOKIE_NAME not in response.cookies
    ann.refresh_from_db()
    assert ann.language == ""


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "https:elsewhere.example",
        "javascript:alert(1)",
        "%2f%2felsewhere.example",
        " //elsewhere.example",
        "",
    ],
)
def test_choosing_a_language_never_leads_elsewhere(client: Client, ann: User, target: str) -> None:
    response = client.post(LANGUAGE, {"language": "en", "next": target})

    # "%2f%2f…" is a relative path of this site.
    assert response["Location"] in {"/", "%2f%2felsewhere.example"}


def test_language_is_chosen_by_post(client: Client, ann: User) -> None:
    assert client.get(LANGUAGE).status_code == 405


# --- sign of life ---


def test_the_sign_of_life_needs_nobody_and_no_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/health/live")
        assert client.head("/health/live").status_code == 200
    assert (response.status_code, response.content) == (200, b"ok")
    assert "Set-Cookie" not in response.headers
    assert client.post("/health/live").status_code == 405


def test_a_session_cookie_brings_no_query_to_the_sign_of_life(
    client: Client, ann: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ann)

    with django_assert_num_queries(0):
        client.get("/health/live")


def test_a_lost_password_is_an_administrators_matter(client: Client, ann: User) -> None:
    response = client.get(reverse("account_reset_password"))

    assert "Mintalah bantuan administrator" in response.content.decode()
    assert client.post(reverse("account_reset_password"), {"email": "x@berita.example"}).status_code == 405
