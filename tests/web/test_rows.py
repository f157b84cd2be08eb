"""Rows of lists, which are written without a template: nothing comes through unescaped."""

import re
from dataclasses import fields, replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Article, ArticlePicture, SavedArticle, User
from reader.search import Piece
from reader.web.entries import Entry, EntryTag, make_list_entries, make_list_entry
from reader.web.pictures import Thumbnail
from reader.web.places import Place
from reader.web.rows import Rows
from tests.builders import make_asset, make_picture, make_saved, make_tag

pytestmark = pytest.mark.django_db

EVIL = "<b>\"'&{0}{id}%s"
PHOTO = "https://gambar.example/utama.jpg"


def test_every_text_of_an_entry_is_escaped(ann: User) -> None:
    plain = make_list_entry(make_saved(ann, state=Article.State.PARTIAL))
    evil: dict[str, Any] = {
        each.name: EVIL for each in fields(Entry) if isinstance(getattr(plain, each.name), str)
    }
    entry = replace(
        plain,
        **evil,
        tags=(EntryTag(1, EVIL),),
        title_pieces=(Piece(EVIL, True), Piece(EVIL, False)),
        thumbnail=Thumbnail(EVIL, 1, 1),
    )
    place = Place.read({"back": "all", "site": EVIL})

    for shown in (entry, replace(entry, snippet=(Piece(EVIL, True),)), replace(entry, is_trashed=True)):
        html = Rows(place).write(shown)

        assert "<b>" not in html
        assert EVIL not in html
        # Quotes only around attributes: what is left without them has none.
        assert not re.search("[\"']", re.sub(r'<[a-z0-9]+( [\w-]+(="[^"<>\']*")?)*>', "", html))


def test_the_row_of_an_entry_with_a_kept_lead_picture_shows_it_small(client: Client, ann: User) -> None:
    saved = make_saved(ann, lead_image_url=PHOTO)
    small = make_asset(b"kecil", width=800, height=600)
    make_picture(saved.article, PHOTO, asset=make_asset(b"besar", width=1600), small=small)
    make_picture(saved.article, "https://gambar.example/lain.jpg", asset=make_asset(b"lain"))
    client.force_login(ann)

    page = client.get("/").text

    image = f'<img src="{reverse("picture", args=[small.sha256])}" width="800" height="600" alt=""'
    assert page.count("<img") == 1
    assert f'{image} loading="lazy"' in page

    thumbnail = make_asset(b"mungil", width=288, height=192)
    ArticlePicture.objects.filter(url=PHOTO).update(thumbnail=thumbnail)

    image = f'<img src="{reverse("picture", args=[thumbnail.sha256])}" width="288" height="192" alt=""'
    assert f'{image} loading="lazy"' in client.get("/").text


def test_an_entry_in_the_trash_has_no_picture_as_nobody_is_sent_it(client: Client, ann: User) -> None:
    saved = make_saved(ann, lead_image_url=PHOTO, deleted_at=timezone.now())
    make_picture(saved.article, PHOTO)
    client.force_login(ann)

    assert saved.article.title in (page := client.get("/trash/").text)
    assert "<img" not in page


def test_a_picture_that_is_not_the_lead_or_not_kept_is_not_shown(client: Client, ann: User) -> None:
    make_picture(make_saved(ann).article, "", asset=make_asset(b"tanpa"))
    other = make_saved(ann, lead_image_url="https://gambar.example/belum.jpg")
    make_picture(other.article, PHOTO, asset=make_asset(b"lain"))
    client.force_login(ann)

    assert "<img" not in client.get("/").text


@pytest.mark.parametrize(
    ("progress", "words"),
    [(0, ""), (19, ""), (20, "2% dibaca"), (375, "37% dibaca"), (970, "Dibaca sampai akhir")],
)
def test_how_far_it_was_read_is_told(client: Client, ann: User, progress: int, words: str) -> None:
    SavedArticle.objects.filter(pk=make_saved(ann).pk).update(progress=progress)
    client.force_login(ann)

    found = re.findall("</progress>([^<]*)<", client.get("/").text)

    assert found == ([words] if words else [])


def test_tags_and_pictures_come_with_the_entries(
    ann: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [make_saved(ann, lead_image_url=PHOTO) for _ in range(5)]
    for saved in rows:
        make_picture(saved.article, PHOTO, asset=make_asset(str(saved.pk).encode()))
    tags = [make_tag(ann, name, *rows) for name in ("teh: hijau", "Kopi", "C++")]

    with django_assert_num_queries(1):
        entries = make_list_entries(list(SavedArticle.objects.of(ann).for_list()))

    in_order = [EntryTag(tag.pk, tag.name) for tag in tags[::-1]]
    assert [list(entry.tags) for entry in entries] == [in_order] * 5
    assert len({entry.thumbnail for entry in entries}) == 5
