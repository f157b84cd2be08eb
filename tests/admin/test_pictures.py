"""How much pictures take stands on the pages of the article and of the person."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from reader.models import User
from tests.builders import make_article, make_asset, make_picture, make_saved

pytestmark = pytest.mark.django_db


def test_the_desk_tells_what_an_article_and_a_person_take(
    client: Client, ann: User, mia: User, adi: User
) -> None:
    article = make_article()
    make_saved(ann, article=article)
    small = make_asset(bytes(1024), width=800)
    make_picture(article, "https://gambar.example/1.jpg", asset=make_asset(bytes(2048)), small=small)
    make_picture(article, "https://gambar.example/2.jpg", asset=small, thumbnail=make_asset(bytes(512)))

    for user, page in (
        (mia, reverse("admin:reader_article_change", args=[article.pk])),
        (adi, reverse("admin:reader_user_change", args=[ann.pk])),
    ):
        client.force_login(user)
        with translation.override("en"):
            answer = client.get(page, headers={"Accept-Language": "en"}).content.decode()
        assert "3.5\xa0KB" in answer


def test_pictures_of_a_persons_own_article_are_nobody_elses(client: Client, ann: User, mia: User) -> None:
    make_picture(make_article(owner=ann), "https://gambar.example/rahasia.jpg")
    client.force_login(mia)

    assert "rahasia" not in client.get(reverse("admin:reader_articlepicture_changelist")).content.decode()
