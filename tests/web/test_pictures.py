"""Kept pictures on the reading page, and what answers at their addresses."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from reader.listing import count_stored_bytes
from reader.models import Article, ArticlePicture, Asset, User
from reader.services.pictures import count_bytes_of_article
from tests.builders import make_article, make_asset, make_picture, make_saved

pytestmark = pytest.mark.django_db

LEAD, BODY, LOST = (f"https://gambar.example/{name}.jpg?w=8&h=6" for name in ("utama", "isi", "hilang"))


def figure(url: str) -> str:
    link = f'<a href="{url.replace("&", "&amp;")}" rel="noopener noreferrer">Warga menanam</a>'
    return f"<figure><figcaption>{link}</figcaption></figure>"


def make_illustrated(**values: Any) -> Article:
    content = f"<p>Awal.</p>{figure(BODY)}<p>Tengah.</p>{figure(LOST)}<p>Akhir.</p>"
    article = make_article(content=content, lead_image_url=LEAD, lead_image_caption="Kebun", **values)
    sizes = {"asset": (b"besar", 1600), "small": (b"kecil", 800), "thumbnail": (b"mungil", 288)}
    kept = {name: make_asset(body, width=width) for name, (body, width) in sizes.items()}
    make_picture(article, LEAD, **kept)
    make_picture(article, BODY, asset=make_asset(b"isi", width=640))
    ArticlePicture.objects.create(
        article=article, url=LOST, state=ArticlePicture.State.FAILED, error_code="page_gone", due_at=None
    )
    return article


def address(asset: Asset) -> str:
    return reverse("picture", args=[asset.sha256])


def read(client: Client, reader: User, article: Article) -> str:
    make_saved(reader, article=article)
    client.force_login(reader)
    return client.get(reverse("reading", args=[article.pk])).content.decode()


def test_the_page_shows_our_own_copies_with_their_sizes(client: Client, ann: User) -> None:
    article = make_illustrated()
    page = read(client, ann, article)
    large, small, body = (Asset.objects.get(width=width) for width in (1600, 800, 640))

    lead_image, body_image = re.findall("<img[^>]*>", page)

    assert f'src="{address(large)}"' in lead_image
    assert f'srcset="{address(small)} 800w, {address(large)} 1600w"' in lead_image
    assert 'width="1600" height="900"' in lead_image
    assert "loading" not in lead_image
    assert f'src="{address(body)}"' in body_image
    assert "srcset" not in body_image
    assert 'loading="lazy"' in body_image
    assert 'decoding="async"' in body_image


def test_the_text_around_the_pictures_stays_word_for_word(client: Client, ann: User) -> None:
    article = make_illustrated()
    page = read(client, ann, article)

    prose = re.search('<div class="prose" ?>(.*?)</div>', page, re.DOTALL)
    assert prose
    assert re.sub('<a data-aside class="picture.*?</a>\n?', "", prose[1]) == article.content


def test_a_picture_that_is_not_kept_leaves_its_caption_and_a_link(client: Client, ann: User) -> None:
    page = read(client, ann, make_illustrated())

    assert figure(LOST) in page
    assert page.count("<img") == 2


def test_reading_asks_as_many_questions_with_many_pictures(
    client: Client, ann: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_illustrated()
    for number in range(20):
        make_picture(article, f"https://gambar.example/{number}.jpg", asset=make_asset(b"%d" % number))
    read(client, ann, article)

    with django_assert_num_queries(5):
        client.get(reverse("reading", args=[article.pk]))


# --- at its address ---


def test_a_picture_is_sent_for_good_and_as_nothing_but_a_picture(client: Client, ann: User) -> None:
    read(client, ann, make_illustrated())
    asset = Asset.objects.get(width=640)
    response = client.get(address(asset), headers={"Accept-Encoding": "gzip"})

    assert response.status_code == 200
    assert response.content == b"isi"
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Length"] == "3"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Content-Encoding" not in response


@pytest.mark.parametrize("width", [640, 800, 288], ids=["large", "small", "thumbnail"])
def test_a_picture_is_for_those_who_have_an_article_with_it(
    client: Client, ann: User, ben: User, width: int
) -> None:
    make_saved(ann, article=make_illustrated(owner=ann))
    here = address(Asset.objects.get(width=width))

    assert client.get(here).status_code == 404
    client.force_login(ben)
    assert client.get(here).status_code == 404
    make_saved(ben, article=make_illustrated())
    assert client.get(here).status_code == 200


def test_a_deleted_entry_shows_no_picture(client: Client, ann: User) -> None:
    article = make_illustrated()
    read(client, ann, article)
    client.post(reverse("change", args=[article.pk, "delete"]))

    assert client.get(address(Asset.objects.get(width=640))).status_code == 404


@pytest.mark.parametrize(
    "name", ["0" * 64, "0" * 63, "../../etc/passwd", "A" * 64], ids=["unknown", "short", "path", "capitals"]
)
def test_other_names_are_404(client: Client, ann: User, name: str) -> None:
    client.force_login(ann)

    assert client.get(f"/pictures/{name}").status_code == 404


def test_a_picture_is_only_asked_for(client: Client, ann: User) -> None:
    read(client, ann, make_illustrated())

    assert client.post(address(Asset.objects.get(width=640))).status_code == 405


def test_a_picture_whose_file_is_gone_is_404(client: Client, ann: User) -> None:
    read(client, ann, make_illustrated())
    asset = Asset.objects.get(width=640)
    asset.file.storage.delete(str(asset.file))

    assert client.get(address(asset)).status_code == 404


def test_nginx_is_told_which_file_to_send(client: Client, ann: User, settings: Settings) -> None:
    settings.READER_SERVE_ASSETS = "accel"
    read(client, ann, make_illustrated())
    asset = Asset.objects.get(width=640)
    response = client.get(address(asset))

    assert response.content == b""
    assert response["X-Accel-Redirect"] == f"/_assets/{asset.file.name}"
    assert response["Content-Type"] == "image/webp"
    client.logout()
    assert "X-Accel-Redirect" not in client.get(address(asset))


# --- what is stored for whom ---


def test_what_an_article_and_a_person_take_is_known(ann: User, ben: User) -> None:
    one, other = make_illustrated(), make_illustrated()
    make_saved(ann, article=one)
    make_saved(ann, article=other)

    assert count_bytes_of_article(article_id=one.pk) == len(b"kecil" + b"besar" + b"mungil" + b"isi")
    assert count_stored_bytes(ann) == len(b"kecil" + b"besar" + b"mungil" + b"isi")
    assert count_stored_bytes(ben) == 0
