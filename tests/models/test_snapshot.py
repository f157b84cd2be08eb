"""Snapshots give back the very bytes that were fetched, or say that they cannot."""

from pathlib import Path

import pytest
from django.utils import timezone

from reader.models import Snapshot
from reader.models.snapshot import SnapshotDamaged
from reader.values import Page
from tests.builders import make_article

pytestmark = pytest.mark.django_db


def make_page(body: bytes = b"<p>Isi</p>" * 100) -> Page:
    return Page(
        url="https://a.example/x",
        final_url="https://a.example/y",
        body=body,
        content_type="text/html",
        headers={"etag": '"1"'},
        fetched_at=timezone.now(),
    )


@pytest.mark.parametrize(
    "body", [b"", b"<p>Isi</p>" * 100, bytes(range(256)) * 40], ids=["empty", "html", "binary"]
)
def test_a_page_comes_back_as_it_was_stored(body: bytes) -> None:
    page = make_page(body)
    stored = Snapshot.objects.store(make_article().pk, page)

    again = Snapshot.objects.get(pk=stored.pk)

    assert again.read_page() == page
    assert again.body_bytes == len(body)


def test_the_same_bytes_are_kept_for_each_fetch() -> None:
    article = make_article()
    first = Snapshot.objects.store(article.pk, make_page())
    second = Snapshot.objects.store(article.pk, make_page())

    assert first.file.name != second.file.name
    assert second.read_page().body == first.read_page().body


@pytest.mark.parametrize("damage", ["lost", "cut", "changed"])
def test_damaged_bytes_are_never_taken_for_the_page(damage: str) -> None:
    stored = Snapshot.objects.store(make_article().pk, make_page())
    other = Snapshot.objects.store(make_article().pk, make_page(b"lain"))
    file = Path(stored.file.path)
    if damage == "lost":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:-4])
    else:
        file.write_bytes(Path(other.file.path).read_bytes())

    with pytest.raises(SnapshotDamaged):
        stored.read_page()


def test_the_snapshots_of_a_copy_and_those_after_it_are_found() -> None:
    article = make_article().pk
    old, new, newer = (
        Snapshot.objects.store(article, make_page(body)) for body in (b"lama", b"baru", b"lagi")
    )
    other = Snapshot.objects.store(make_article().pk, make_page())

    assert list(Snapshot.objects.of_copy(article, [new.pk, other.pk])) == [new]
    assert list(Snapshot.objects.of_copy(article, [])) == [old, new, newer]
    assert list(Snapshot.objects.fetched_after(article, [old.pk, new.pk])) == [newer]
