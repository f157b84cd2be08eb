"""Verifying finds what is broken, and names it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from reader.backup.files import find_storages
from reader.models import Article, SavedArticle, Snapshot, User
from reader.services.verifying import verify
from tests.builders import make_article
from tests.models.test_snapshot import make_page

pytestmark = pytest.mark.django_db

NOTHING = {
    "database": 0,
    "references": 0,
    "snapshots of shown texts": 0,
    "files of snapshots": 0,
    "files of stored pictures": 0,
    "files that no row names": 0,
}


@pytest.fixture(autouse=True)
def _own_storages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for alias, storage in find_storages().items():
        monkeypatch.setattr(storage, "location", str(tmp_path / alias))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def find() -> dict[str, int]:
    return {finding.kind: finding.found for finding in verify()}


def store(count: int) -> list[Snapshot]:
    article = make_article()
    return [Snapshot.objects.store(article.pk, make_page(b"%d" % number)) for number in range(count)]


def test_a_whole_site_is_whole() -> None:
    store(3)

    assert find() == NOTHING
    assert {finding.kind: finding.checked for finding in verify()}["files of snapshots"] == 3


def test_every_damaged_file_counts_and_the_first_are_named() -> None:
    snapshots = store(30)
    for snapshot in snapshots[:25]:
        Path(snapshot.file.path).unlink()
    Path(snapshots[29].file.path).write_bytes(Path(snapshots[28].file.path).read_bytes())

    finding = next(each for each in verify() if each.kind == "files of snapshots")

    assert (finding.checked, finding.found, len(finding.told)) == (30, 26, 20)
    assert f"snapshot {snapshots[0].pk}:" in finding.told[0]


def test_a_file_that_no_row_names_is_told_and_kept(tmp_path: Path) -> None:
    kept, gone = store(2)
    gone.delete()

    assert find() == {**NOTHING, "files that no row names": 1}
    assert Path(gone.file.path).exists()
    assert not any(finding.is_damage for finding in verify() if finding.kind == "files that no row names")
    assert kept.read_page()


def test_a_snapshot_that_a_text_was_read_from_and_that_is_gone_is_named() -> None:
    kept, gone = store(2)
    Article.objects.update(content_snapshots=[kept.pk, gone.pk])
    elsewhere = make_article(content_snapshots=[kept.pk])
    number = gone.pk
    gone.delete()

    finding = next(each for each in verify() if each.kind == "snapshots of shown texts")

    assert finding.told == (
        f"article {kept.article_id}: its snapshot {number} is not there",
        f"article {elsewhere.pk}: its snapshot {kept.pk} is not there",
    )


def test_a_broken_reference_is_named(ann: User) -> None:
    if connection.vendor != "sqlite":
        # PostgreSQL lets none break; there the constraints themselves are asked for.
        assert find() == NOTHING
        return
    saved = SavedArticle.objects.create(user=ann, article_id=4711)

    finding = next(each for each in verify() if each.kind == "references")

    assert finding.found == 1
    assert "reader_savedarticle" in finding.told[0]
    assert "reader_article" in finding.told[0]
    saved.delete()


def test_a_damaged_page_of_an_earlier_text_is_told_and_is_no_damage() -> None:
    old, new = store(2)
    Article.objects.update(content_snapshots=[new.pk])
    Path(old.file.path).unlink()

    assert find() == {**NOTHING, "files of snapshots, damaged and replaced by a newer fetch": 1}

    Article.objects.update(content_snapshots=[old.pk, new.pk])
    assert find() == {**NOTHING, "files of snapshots": 1}
