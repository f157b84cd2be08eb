"""Pictures that are on their way: the page keeps room for them, asks for them, and stops by itself."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Article, ArticlePicture, User
from reader.web.awaited import key_of
from tests.builders import make_article, make_asset, make_picture, make_saved
from tests.web.test_pictures import BODY, LEAD, LOST, address, figure

pytestmark = pytest.mark.django_db
State = ArticlePicture.State


@pytest.fixture
def article(client: Client, ann: User) -> Article:
    """One of ann's: its lead picture is kept, the second was not tried yet, the third failed once."""
    content = f"<p>Awal.</p>{figure(BODY)}<p>Tengah.</p>{figure(LOST)}<p>Akhir.</p>"
    article = make_article(content=content, lead_image_url=LEAD, are_pictures_listed=True)
    make_picture(article, LEAD, asset=make_asset(b"besar", width=1600))
    ArticlePicture.objects.create(article=article, url=BODY)
    ArticlePicture.objects.create(article=article, url=LOST, error_code="timed_out", due_at=timezone.now())
    make_saved(ann, article=article)
    client.force_login(ann)
    return article


def read(client: Client, article: Article) -> str:
    return client.get(reverse("reading", args=[article.pk])).content.decode()


def ask(client: Client, article: Article, *urls: str, times: object = 1) -> str:
    query = {"keys": ",".join(map(key_of, urls)), "times": str(times)}
    return client.get(reverse("arrivals", args=[article.pk]), query).content.decode()


def find_rooms(page: str) -> list[str]:
    return re.findall(r'<span data-aside id="picture-(\w+)"', page)


def test_where_data_is_saved_what_comes_waits_for_a_tap(client: Client, article: Article, ann: User) -> None:
    ArticlePicture.objects.filter(url=BODY).update(state=State.KEPT, asset=make_asset(b"isi"), due_at=None)
    User.objects.filter(pk=ann.pk).update(saves_data=True)

    answer = ask(client, article, BODY)

    assert "<img" not in answer
    assert f'id="picture-{key_of(BODY)}" class="picture picture--waiting' in answer


def test_the_page_keeps_room_and_asks_for_what_was_not_tried_yet(client: Client, article: Article) -> None:
    page = read(client, article)

    assert find_rooms(page) == [key_of(BODY)]
    assert f"/articles/{article.pk}/pictures/?keys={key_of(BODY)}&amp;times=1" in page
    assert "js/arrive.js" in page
    assert page.count("<img") == 1


def test_before_the_worker_looked_every_picture_has_room(client: Client, article: Article) -> None:
    article.pictures.all().delete()
    Article.objects.update(are_pictures_listed=False)

    assert find_rooms(read(client, article)) == [key_of(url) for url in (LEAD, BODY, LOST)]
    assert 'times=2"' in ask(client, article, LEAD, BODY)


def test_a_page_with_all_its_pictures_asks_for_nothing(client: Client, article: Article) -> None:
    article.pictures.filter(url=BODY).delete()

    page = read(client, article)

    assert find_rooms(page) == []
    assert "?keys=" not in page
    assert "js/arrive.js" not in page


def test_what_came_goes_into_its_room_and_the_page_stops_asking(client: Client, article: Article) -> None:
    asset = make_asset(b"isi", width=640)
    article.pictures.filter(url=BODY).update(state=State.KEPT, asset=asset, due_at=None)

    answer = ask(client, article, BODY)

    assert f'id="picture-{key_of(BODY)}"' in answer
    assert f'src="{address(asset)}"' in answer
    assert 'width="711"' in answer
    assert "data-ask" not in answer


def test_what_failed_is_told_in_its_room(client: Client, article: Article) -> None:
    answer = ask(client, article, LOST)

    assert f'id="picture-{key_of(LOST)}"' in answer
    assert "<img" not in answer
    assert "terlalu lama" in answer


@pytest.mark.parametrize(
    ("times", "seconds"), [(1, 1), (9, 1), (10, 3), (59, 3), (60, 0), (999, 0), ("-1", 1), ("x", 1)]
)
def test_the_page_asks_less_often_and_then_no_more(
    client: Client, article: Article, times: object, seconds: int
) -> None:
    answer = ask(client, article, BODY, times=times)

    assert (f'data-after="{seconds}"' in answer) == bool(seconds)
    assert ("data-ask" in answer) == bool(seconds)


def test_it_is_answered_for_the_article_alone_and_to_its_readers(
    client: Client, article: Article, ben: User
) -> None:
    other = make_article()
    make_picture(other, "https://gambar.example/lain.jpg", asset=make_asset(b"lain"))

    assert "<img" not in ask(client, article, "https://gambar.example/lain.jpg", '"><script>', "")
    assert "<script" not in ask(client, article, '"><script>')
    client.force_login(ben)
    assert client.get(reverse("arrivals", args=[article.pk])).status_code == 404


def test_it_asks_as_many_questions_with_many_pictures(
    client: Client, article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    urls = [f"https://gambar.example/{number}.jpg" for number in range(20)]
    for url in urls:
        make_picture(article, url, asset=make_asset(url.encode()))

    with django_assert_num_queries(5):
        answer = ask(client, article, *urls)

    assert answer.count("<img") == 20
