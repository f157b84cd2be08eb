"""A person's own words for an entry: theirs alone, sorted by, and back to the publisher's."""

from datetime import UTC, date, datetime

import pytest

from reader.models import Article, User
from reader.services.editing import edit_entry, reset_entry
from tests.builders import make_article, make_saved

pytestmark = pytest.mark.django_db


def test_own_words_are_kept_sorted_by_and_nobody_elses(ann: User, ben: User) -> None:
    article = make_article(title="Judul Situs")
    own, other = make_saved(ann, article=article), make_saved(ben, article=article)

    edit_entry(saved=own, title="  Judul\nku\x00 ", published_on=date(2019, 5, 1), note="Ingat\r\nini ")

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.own_title, own.note, own.title_key) == ("Judul ku", "Ingat\nini", "judul ku")
    assert own.published_key == datetime(2019, 4, 30, 17, tzinfo=UTC)
    assert (other.title_key, other.own_title) == ("judul situs", "")
    assert Article.objects.get().title == "Judul Situs"


def test_what_is_as_the_publisher_has_it_is_not_ones_own(ann: User) -> None:
    saved = make_saved(ann)
    article = saved.article

    edit_entry(saved=saved, title=article.title, published_on=article.published_on, note="")

    assert (saved.own_title, saved.own_published_on) == ("", None)
    assert saved.published_key == article.published_at


def test_reset_shows_the_publishers_words_and_keeps_the_note(ann: User) -> None:
    saved = make_saved(ann)
    edit_entry(saved=saved, title="Lain", published_on=date(2001, 1, 1), note="Catatan")

    reset_entry(saved=saved)

    saved.refresh_from_db()
    assert (saved.own_title, saved.own_published_on, saved.note) == ("", None, "Catatan")
    assert saved.title_key == "warga menanam pohon di tepi sungai"
    assert saved.published_key == saved.article.published_at
