"""What was written when the session had ended: nothing of it is lost, and nobody else sees it."""

import re
import time
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from reader.models import SavedArticle, User
from reader.tasks import sweep
from reader.web.signed_out import sign_owner
from tests.builders import PASSWORD, make_highlight, make_saved

pytestmark = pytest.mark.django_db

SAVE = "/save/"
LINKS = "https://berita.example/satu\n\nhttps://berita.example/dua <b>&"
IN_A_PAGE = "https://berita.example/satu\n\nhttps://berita.example/dua &lt;b&gt;&amp;"
PAGE = {"Accept": "text/html,*/*"}
HTMX = {"HX-Request": "true", "HX-Target": "page", "Accept": "*/*"}


def paste(client: Client, user: User, text: str = LINKS, **headers: str) -> object:
    """Send what was pasted on a page of the person's whose session has ended."""
    return client.post(SAVE, {"links": text, "owner": sign_owner(user)}, headers=headers or PAGE)


def sign_in(client: Client, name: str) -> None:
    answer = client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    assert answer.status_code == 302


def read_box(client: Client) -> str:
    found = re.search(r'<textarea id="links"[^>]*>\n(.*?)</textarea>', client.get("/").text, re.DOTALL)
    assert found
    return found[1]


def test_the_box_of_every_list_says_whose_it_is(client: Client, ann: User) -> None:
    client.force_login(ann)
    for page in ("/", "/archive/"):
        assert f'name="owner" value="{sign_owner(ann)}"' in client.get(page).text


@pytest.mark.parametrize(("headers", "status"), [(PAGE, 403), (HTMX, 422)], ids=["page", "htmx"])
def test_what_was_pasted_is_shown_at_once_and_stands_in_the_box_after_the_login(
    client: Client, ann: User, headers: dict[str, str], status: int
) -> None:
    answer = client.post(SAVE, {"links": LINKS, "owner": sign_owner(ann)}, headers=headers)

    assert answer.status_code == status
    assert IN_A_PAGE in answer.text
    assert "satu jam" in answer.text
    assert "/accounts/login/?next=%2F" in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert (answer["HX-Retarget"], answer["HX-Reselect"]) == ("#main", "#page")
    assert SavedArticle.objects.count() == 0

    sign_in(client, "ann")
    assert read_box(client) == IN_A_PAGE
    assert read_box(client) == IN_A_PAGE
    assert SavedArticle.objects.count() == 0

    client.post(SAVE, {"links": "https://berita.example/satu https://berita.example/dua"})
    assert SavedArticle.objects.of(ann).count() == 2
    assert read_box(client) == ""


def test_what_else_is_saved_first_takes_it_from_nobody(client: Client, ann: User) -> None:
    paste(client, ann)
    sign_in(client, "ann")

    client.post(SAVE, {"links": "https://berita.example/lain", "stay": "1", "back": "archive"})
    assert read_box(client) == IN_A_PAGE

    # Of what came back only a part was wanted.
    client.post(SAVE, {"links": "https://berita.example/satu"})
    assert read_box(client) == ""


def test_it_can_be_put_away(client: Client, ann: User) -> None:
    paste(client, ann)
    sign_in(client, "ann")

    answer = client.post(SAVE, {"links": LINKS, "away": "1"})

    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert read_box(client) == ""
    assert SavedArticle.objects.count() == 0


def test_whoever_else_signs_in_there_is_not_shown_it(client: Client, ann: User, ben: User) -> None:
    paste(client, ann)
    assert "berita.example" not in client.get("/accounts/login/").text

    sign_in(client, "ben")

    assert read_box(client) == ""
    assert "berita.example" not in str(dict(client.session))
    # Nor does it come back with its person, who may have been away for long.
    client.post("/accounts/logout/")
    sign_in(client, "ann")
    assert read_box(client) == ""


def test_what_is_pasted_twice_is_there_once_and_what_follows_is_added(client: Client, ann: User) -> None:
    for text in ("https://a.example/1", "https://a.example/1", "https://a.example/2", "https://a.example/2"):
        paste(client, ann, text)

    sign_in(client, "ann")

    assert read_box(client) == "https://a.example/1\n\nhttps://a.example/2"


def test_after_an_hour_it_is_gone(client: Client, ann: User) -> None:
    paste(client, ann)
    assert client.session.get_expiry_age() == 3600
    with patch("reader.web.signed_out.time.time", return_value=time.time() + 3601):
        sign_in(client, "ann")
        assert read_box(client) == ""
    # And who is signed in stays so.
    assert client.session.get_expiry_age() > 24 * 3600


def test_the_sweeper_deletes_what_nobody_came_for(client: Client, ann: User, ben: User) -> None:
    paste(client, ann)
    still = Client()
    still.force_login(ben)
    Session.objects.filter(pk=client.session.session_key).update(
        expire_date=timezone.now() - timedelta(seconds=1)
    )

    sweep.call_local()

    assert [each.pk for each in Session.objects.all()] == [still.session.session_key]


@pytest.mark.parametrize("owner", ["", "1", "1:jahat", "x" * 500])
def test_nothing_is_kept_that_no_page_of_a_person_sent(client: Client, ann: User, owner: str) -> None:
    answer = client.post(SAVE, {"links": LINKS, "owner": owner}, headers=PAGE)

    assert answer.status_code == 403
    assert IN_A_PAGE in answer.text
    assert "Salin" in answer.text
    assert not client.session.keys()


def test_what_is_too_long_to_keep_is_given_back_all_the_same(client: Client, ann: User) -> None:
    text = "kata " * 30_000
    answer = client.post(SAVE, {"links": text, "owner": sign_owner(ann)}, headers=PAGE)

    assert text in answer.text
    assert not client.session.keys()


def test_what_a_worker_keeps_is_not_kept_here_as_well(client: Client, ann: User) -> None:
    paste(client, ann, **HTMX, **{"Teduh-Keeps": "1"})

    assert not client.session.keys()


def test_nobody_fills_the_table_of_sessions(ann: User, ben: User, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "keep_pasted": "2/h/key"}
    # Each in a browser of its own.
    for user in (ann, ann, ann, ben):
        paste(Client(), user)

    kept = [each.get_decoded()["pasted"]["owner"] for each in Session.objects.all()]
    assert sorted(kept) == [ann.pk, ann.pk, ben.pk]


def test_another_site_plants_nothing(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(
        SAVE, {"links": LINKS, "owner": sign_owner(ann)}, headers={**PAGE, "Origin": "https://jahat.example"}
    )

    assert answer.status_code == 403
    assert "berita.example" not in answer.text
    assert not client.session.keys()


def test_a_form_of_ours_that_has_expired_gives_back_what_was_written(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)

    answer = client.post(SAVE, {"links": LINKS}, headers={**PAGE, "Origin": "http://testserver"})

    assert answer.status_code == 403
    assert IN_A_PAGE in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_a_note_and_a_title_are_given_back_and_the_login_leads_to_their_page(
    client: Client, ann: User
) -> None:
    saved = make_saved(ann)
    highlight = make_highlight(saved)
    edit = reverse("edit", args=[saved.article_id])
    note = reverse("highlight", args=[highlight.pk])

    answers = [
        client.post(address, values, headers={**PAGE, "Referer": f"http://testserver{address}?back=archive"})
        for address, values in (
            (edit, {"title": "Judul <saya>", "note": "Ingat ini"}),
            (note, {"note": "Ya"}),
        )
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "Judul &lt;saya&gt;" in answers[0].text
    assert "Ingat ini" in answers[0].text
    assert f"/accounts/login/?next={edit.replace('/', '%2F')}%3Fback%3Darchive" in answers[0].text
    assert "Salin" in answers[1].text
    highlight.refresh_from_db()
    assert highlight.note == ""


def test_a_password_is_never_given_back_and_scripts_are_led_to_the_login(client: Client, ann: User) -> None:
    answer = client.post("/accounts/password/change/", {"oldpassword": PASSWORD}, headers=PAGE)
    assert (answer.status_code, PASSWORD in answer.text) == (302, False)
    for headers in ({}, {"Accept": "*/*"}):
        answer = client.post(SAVE, {"links": LINKS, "owner": sign_owner(ann)}, headers=headers)
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")


def test_a_login_from_elsewhere_leads_to_the_list_of_this_site(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    headers = {**PAGE, "Referer": "https://jahat.example/articles/1/"}

    answer = client.post(reverse("edit", args=[saved.article_id]), {"title": "Judul"}, headers=headers)

    assert '/accounts/login/?next=%2F"' in answer.text
