"""What only scripts show: the same for everybody, in each language, under an address of its content."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import translation

from reader.models import User
from reader.web.aids import find_aids_address
from reader.web.offline import SHELL, read_worker
from tests.builders import make_saved

pytestmark = pytest.mark.django_db

PARTS = ("offline-words", "mark-tools", "listen", "lightbox", "look", "key-sheet")


@pytest.mark.parametrize(("language", "words"), [("id", "Sorot"), ("en", "Highlight")])
def test_they_are_in_the_language_and_may_be_kept_for_ever(
    client: Client, ann: User, language: str, words: str
) -> None:
    address = find_aids_address(language)

    with translation.override("en" if language == "id" else "id"):
        answer = client.get(address)

    html = answer.json()["html"]
    assert [part for part in PARTS if f'id="{part}"' not in html] == []
    assert f'aria-label="{words}"' in html
    assert answer["Content-Type"] == "application/json"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "max-age=31536000", "immutable"}
    assert "Cookie" not in answer.get("Vary", "")
    assert not answer.cookies


def test_pages_name_those_of_their_language(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)
    for language in ("id", "en"):
        User.objects.update(language=language)
        for page in ("/", f"/articles/{saved.article_id}/", "/offline/"):
            assert f'data-aids="{find_aids_address(language)}"' in client.get(page).text


def test_a_page_of_an_earlier_release_gets_those_of_now(client: Client, ann: User) -> None:
    old = find_aids_address("id").replace(find_aids_address("id").split(".")[1], "0" * 12)

    answer = client.get(old)

    assert answer.json() == client.get(find_aids_address("id")).json()
    assert "immutable" not in answer["Cache-Control"]


def test_another_language_is_not_there(client: Client, ann: User) -> None:
    assert client.get("/aids/xx.000000000000.json").status_code == 404
    assert client.post(find_aids_address("id")).status_code == 405


def test_a_device_keeps_them_and_every_script_that_one_brings(client: Client) -> None:
    worker = read_worker()
    assert all(find_aids_address(language) in worker for language in ("id", "en"))
    for name in SHELL:
        path = finders.find(name)
        assert path, name
        script = Path(path).read_text() if name.startswith("js/") else ""
        brought = re.findall(r'(?:import\(|from )"\./(\w+\.js)"', script)
        assert [each for each in brought if f"js/{each}" not in SHELL] == []
