"""Stored pictures that nobody needs go after a day of grace; needed ones and fresh ones never do."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from reader import tasks
from reader.ingest import sweep_assets, sweep_snapshot_files
from reader.models import Asset, Measure, Snapshot
from tests.builders import make_article, make_asset, make_picture
from tests.models.test_snapshot import make_page

pytestmark = pytest.mark.django_db
URL = "https://gambar.example/1.jpg"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for alias in ("assets", "snapshots"):
        monkeypatch.setattr(storages[alias], "_location", str(tmp_path / alias))
        for cached in ("base_location", "location"):
            storages[alias].__dict__.pop(cached, None)


def sweep_in(days: float) -> int:
    return sweep_assets(timezone.now() + timedelta(days=days))


def is_stored(asset: Asset) -> bool:
    return storages["assets"].exists(str(asset.file))


def test_what_an_article_shows_stays_in_both_sizes() -> None:
    large, small = make_asset(b"besar"), make_asset(b"kecil")
    make_picture(make_article(), URL, asset=large, small=small)

    assert [sweep_in(0), sweep_in(2), sweep_in(4)] == [0, 0, 0]
    assert is_stored(large)
    assert is_stored(small)


def test_what_nobody_needs_goes_a_day_after_that_was_seen() -> None:
    asset = make_asset()

    assert [sweep_in(0), sweep_in(0.9)] == [0, 0]
    assert is_stored(asset)
    assert sweep_in(1.1) == 1
    assert not is_stored(asset)
    assert not Asset.objects.exists()


def test_the_pictures_of_an_article_that_is_deleted_go_too() -> None:
    article = make_article()
    picture = make_picture(article, URL)
    article.delete()
    sweep_in(0)
    sweep_in(1.1)

    assert picture.asset is not None
    assert not is_stored(picture.asset)


def test_what_is_needed_again_in_time_stays() -> None:
    asset = make_asset()
    sweep_in(0)

    assert make_asset() == asset
    assert sweep_in(1.1) == 0
    make_picture(make_article(), URL, asset=asset)
    assert sweep_in(9) == 0
    assert is_stored(asset)


def test_the_same_bytes_after_a_sweep_are_a_file_of_their_own() -> None:
    old = str(make_asset().file)
    sweep_in(0)
    sweep_in(1.1)
    fresh = make_asset()
    # A sweeper that had deleted the row, and only now deletes the file.
    storages["assets"].delete(old)

    assert is_stored(fresh)


def test_a_file_that_no_row_names_goes_when_it_is_a_day_old(tmp_path: Path) -> None:
    name = storages["assets"].save("ab/abc.webp", ContentFile(b"rest"))
    assert sweep_in(0) == 0
    before = time.time() - 2 * 86_400
    os.utime(tmp_path / "assets" / name, (before, before))

    assert sweep_in(0) == 1
    assert not storages["assets"].exists(name)


def test_the_page_of_a_killed_worker_goes_when_it_is_a_day_old_and_a_named_one_stays() -> None:
    named, unnamed = [Snapshot.objects.store(make_article().pk, make_page(body)) for body in (b"a", b"b")]
    unnamed.delete()
    sweep_snapshot_files(timezone.now())
    assert Path(unnamed.file.path).exists()

    assert sweep_snapshot_files(timezone.now() + timedelta(days=2)) == 1

    assert not Path(unnamed.file.path).exists()
    assert named.read_page().body == b"a"


def test_with_a_database_that_is_not_theirs_no_file_is_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.ingest.unnamed_files._FEW", 1)
    snapshots = [Snapshot.objects.store(make_article().pk, make_page(b"%d" % number)) for number in range(3)]
    Snapshot.objects.exclude(pk=snapshots[0].pk).delete()

    assert sweep_snapshot_files(timezone.now() + timedelta(days=2)) == 0

    assert all(Path(snapshot.file.path).exists() for snapshot in snapshots)


def test_a_sweep_of_nothing_does_nothing() -> None:
    assert sweep_in(0) == 0
    assert sweep_snapshot_files(timezone.now()) == 0


def test_the_sweeper_rings_for_it_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[None] = []
    monkeypatch.setattr(tasks, "sweep_stored_files", lambda: rung.append(None))

    tasks.sweep.call_local()
    tasks.sweep.call_local()
    assert len(rung) == 1
    Measure.objects.note("assets_swept_at", time.time() - 25 * 3600)
    tasks.sweep.call_local()
    assert len(rung) == 2
