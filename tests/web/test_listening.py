"""What is listened to next: the following unread article of one's own list that has a text."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import Article, SavedArticle, User
from tests.builders import make_saved

pytestmark = pytest.mark.django_db


def ask(client: Client, saved: SavedArticle) -> dict[str, str]:
    answer: dict[str, str] = client.get(reverse("next-unread", args=[saved.article_id])).json()
    return answer


def test_the_queue_is_the_list_of_unread_articles(client: Client, ann: User, ben: User) -> None:
    now = timezone.now()
    ages = iter(range(9))

    def make(user: User, title: str, **values: Any) -> SavedArticle:
        return make_saved(user, title=title, saved_at=now - timedelta(hours=next(ages)), **values)

    first = make(ann, "Pertama")
    make(ben, "Milik ben")
    make(ann, "Sudah dibaca", archived_at=now)
    make(ann, "Dibuang", deleted_at=now)
    make(ann, "Belum ada", state=Article.State.QUEUED)
    second = make(ann, "Kedua", own_title="Judul saya")
    client.force_login(ann)

    assert ask(client, first) == {"url": reverse("reading", args=[second.article_id]), "title": "Judul saya"}
    assert ask(client, second) == {"url": "", "title": ""}


def test_an_article_that_was_archived_meanwhile_still_has_its_place(client: Client, ann: User) -> None:
    now = timezone.now()
    first, second = (
        make_saved(ann, saved_at=now, archived_at=now),
        make_saved(ann, saved_at=now - timedelta(days=1)),
    )
    client.force_login(ann)

    assert ask(client, first)["url"] == reverse("reading", args=[second.article_id])


def test_strangers_and_posts_get_nothing(client: Client, ann: User, ben: User) -> None:
    url = reverse("next-unread", args=[make_saved(ann).article_id])

    assert client.get(url).status_code == 302
    client.force_login(ben)
    assert client.get(url).status_code == 404
    client.force_login(ann)
    assert client.post(url).status_code == 405
