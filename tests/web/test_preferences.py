"""The page of preferences, and how what is chosen shows on every page."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import User
from tests.builders import make_saved

pytestmark = pytest.mark.django_db

PAGE = "/preferences/"


def test_what_is_chosen_shows_on_every_page_at_once_and_for_this_person_alone(
    client: Client, ann: User, ben: User
) -> None:
    saved = make_saved(ann)
    client.force_login(ann)
    chosen = {"theme": "sepia", "face": "clear", "text_size": "7", "line_height": "5", "text_width": "1"}

    answer = client.post(
        PAGE, {**chosen, "is_justified": ["", "yes"], "next": f"/articles/{saved.article_id}/"}
    )

    assert (answer.status_code, answer["Location"]) == (303, f"/articles/{saved.article_id}/")
    look = 'data-theme="sepia" data-face="clear" data-size="7" data-leading="5" data-width="1"'
    for address in ("/", answer["Location"], PAGE, "/tags/", "/nothing/"):
        page = client.get(address).text
        assert f'<html lang="id" {look} data-justified="yes">' in page
        assert '<meta name="theme-color" content="#f5ecd9">' in page
        assert '<meta name="color-scheme" content="light">' in page
    assert "atkinson-hyperlegible-next/regular" in client.get(answer["Location"]).text
    client.force_login(ben)
    assert '<html lang="id">' in client.get("/").text


def test_without_a_choice_pages_follow_the_device_and_load_no_face(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    page = client.get(reverse("reading", args=[saved.article_id])).text

    assert '<html lang="id">' in page
    assert '<meta name="color-scheme" content="light dark">' in page
    assert "woff2" not in page


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("?next=/articles/7/", "/articles/7/"),
        ("", PAGE),
        ("?next=//jahat.example/", f"{PAGE}?next=//jahat.example/"),
        ("?next=https://jahat.example/", f"{PAGE}?next=https://jahat.example/"),
    ],
)
def test_who_came_from_an_article_goes_back_there(client: Client, ann: User, query: str, target: str) -> None:
    client.force_login(ann)

    assert f'name="next" value="{target}"' in client.get(PAGE + query).text


@pytest.mark.parametrize("value", ["", "0", "10", "-1", "4.5", "٤", "9" * 30, "x"])
def test_a_size_that_there_is_not_changes_nothing(client: Client, ann: User, value: str) -> None:
    client.force_login(ann)

    assert client.post(PAGE, {"text_size": value, "theme": "<b>", "face": value}).status_code == 303

    ann.refresh_from_db()
    assert (ann.text_size, ann.theme, ann.face) == (4, "", "")


def test_what_a_form_does_not_ask_stays(client: Client, ann: User) -> None:
    client.force_login(ann)
    client.post(PAGE, {"archives_at_end": ["", "yes"], "saves_data": ""})
    answer = client.post(PAGE, {"theme": "black", "is_justified": "", "quiet": "1"})

    ann.refresh_from_db()
    assert (ann.archives_at_end, ann.saves_data, ann.theme) == (True, False, "black")
    assert (answer.status_code, answer.content) == (204, b"")


def test_the_usual_look_comes_back(client: Client, ann: User) -> None:
    client.force_login(ann)
    client.post(PAGE, {"theme": "dark", "text_size": "9", "archives_at_end": "yes"})
    client.post(PAGE, {"theme": "dark", "reset": "1"})

    ann.refresh_from_db()
    assert (ann.look, ann.archives_at_end) == ((), True)


def test_the_bookmarklet_only_goes_to_the_page_that_asks(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = client.get(PAGE).text

    code = (
        "javascript:location.href=&#x27;http://testserver/save/?url=&#x27;+encodeURIComponent(location.href)"
    )
    assert page.count(code) == 2
