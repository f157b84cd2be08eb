"""What bookmarklets and other programs bring: asked first, saved by the person alone."""

import pytest
from django.test import Client

from reader.models import SavedArticle, User
from tests.builders import make_article, make_saved

pytestmark = pytest.mark.django_db

SAVE = "/save/"


@pytest.mark.parametrize(
    "brought",
    [
        {"url": "https://berita.example/baru"},
        {"text": "Baca ini, bagus: https://berita.example/baru"},
        {"title": "https://berita.example/baru", "text": "tanpa alamat"},
    ],
)
def test_the_page_asks_and_its_button_saves(client: Client, ann: User, brought: dict[str, str]) -> None:
    client.force_login(ann)

    page = client.get(SAVE, brought).text

    assert "Simpan ini?" in page
    assert 'name="links" value="https://berita.example/baru' in page
    assert not SavedArticle.objects.exists()
    client.post(SAVE, {"links": "https://berita.example/baru\n"})
    assert SavedArticle.objects.of(ann).get().article.url == "https://berita.example/baru"


def test_what_is_on_the_list_already_is_opened_from_there(client: Client, ann: User, ben: User) -> None:
    article = make_article(url="https://berita.example/lama")
    make_saved(ann, article=article)
    client.force_login(ann)

    page = client.get(SAVE, {"url": "https://www.berita.example/lama?utm_source=x"}).text
    assert "Simpan ini?" in page
    page = client.get(SAVE, {"url": "https://berita.example/lama?utm_source=x"}).text
    assert "Sudah ada di daftar Anda" in page
    assert f'href="/articles/{article.pk}/"' in page

    client.force_login(ben)
    page = client.get(SAVE, {"url": "https://berita.example/lama"}).text
    assert "Simpan ini?" in page
    assert f"/articles/{article.pk}/" not in page


@pytest.mark.parametrize(
    ("brought", "words"),
    [
        ({}, "Tidak ada yang dapat disimpan"),
        ({"url": "javascript:alert(1)"}, "http://"),
        ({"url": "http://192.168.0.1/"}, "jaringan pribadi"),
        ({"text": " ".join(f"https://berita.example/{number}" for number in range(30))}, "500"),
        ({"url": "a" * 9000}, "Tidak ada yang dapat disimpan"),
    ],
)
def test_what_cannot_be_saved_says_why(
    client: Client, ann: User, brought: dict[str, str], words: str
) -> None:
    client.force_login(ann)

    answer = client.get(SAVE, brought)

    assert answer.status_code == 200
    assert words in answer.text
    assert 'name="links"' not in answer.text


def test_what_is_brought_is_text_whatever_it_holds(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = client.get(
        SAVE, {"url": "https://berita.example/?a=\"'&b=1", "title": "<script>alert(1)</script>"}
    )

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_strangers_log_in_first_and_come_back(client: Client, ann: User) -> None:
    answer = client.get(SAVE, {"url": "https://berita.example/a?b=1&c=2"})

    assert answer.status_code == 302
    assert "next=/save/%3Furl%3Dhttps" in answer["Location"]
