"""Stored files on an object store behave as they do on a disk, its failures included."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.utils import timezone

from reader.backup.files import walk
from reader.object_storage import ObjectStorage
from reader.storing import read_storages
from tests.object_store import ObjectStore

PICTURE = bytes(range(256)) * 400


@pytest.fixture
def store() -> Iterator[ObjectStore]:
    with ObjectStore() as running:
        yield running


@pytest.fixture
def storage(store: ObjectStore) -> ObjectStorage:
    return ObjectStorage(
        bucket_name="teduh",
        endpoint_url=store.url,
        region_name="id-1",
        access_key="kunci",
        secret_key="rahasia",
        location="assets",
    )


def test_what_is_saved_is_read_listed_and_deleted(store: ObjectStore, storage: ObjectStorage) -> None:
    name = storage.save("ab/abc.webp", ContentFile(PICTURE))

    assert name == "ab/abc.webp"
    assert store.objects == {"teduh/assets/ab/abc.webp": PICTURE}
    with storage.open(name, "rb") as stored:
        assert stored.read() == PICTURE
    assert storage.exists(name)
    assert list(walk(storage)) == [name]
    assert abs((timezone.now() - storage.get_modified_time(name)).total_seconds()) < 60
    storage.delete(name)
    assert not storage.exists(name)
    assert store.objects == {}


def test_nothing_is_overwritten(storage: ObjectStorage) -> None:
    first, second = (storage.save("ab/abc.webp", ContentFile(body)) for body in (b"satu", b"dua"))

    assert first != second
    with storage.open(first) as stored:
        assert stored.read() == b"satu"


def test_what_is_not_there_is_not_found(storage: ObjectStorage) -> None:
    with pytest.raises(FileNotFoundError):
        storage.open("ab/tiada.webp")


def test_a_store_that_fails_is_a_disk_that_fails(store: ObjectStore, storage: ObjectStorage) -> None:
    name = storage.save("ab/abc.webp", ContentFile(PICTURE))
    store.is_broken = True
    with pytest.raises(OSError, match="500"):
        storage.open(name)
    with pytest.raises(OSError, match="500"):
        storage.save("ab/lain.webp", ContentFile(PICTURE))


def test_a_store_that_is_not_there_is_a_disk_that_fails(store: ObjectStore) -> None:
    dead = ObjectStorage(
        bucket_name="teduh",
        endpoint_url="http://127.0.0.1:9",
        access_key="a",
        secret_key="b",
        region_name="x",
    )
    with pytest.raises(OSError, match="EndpointConnectionError"):
        dead.save("ab/abc.webp", ContentFile(PICTURE))


# --- the settings ---


def test_the_disk_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READER_STORAGE", raising=False)
    kept = read_storages(tmp_path)

    assert {kind: each["OPTIONS"]["location"] for kind, each in kept.items()} == {
        "snapshots": tmp_path / "snapshots",
        "assets": tmp_path / "assets",
    }


def test_snapshots_and_pictures_have_folders_of_their_own_in_the_bucket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"STORAGE": "s3", "S3_BUCKET": "teduh", "S3_ENDPOINT_URL": "https://s3.surat.example"}
    for name, value in values.items():
        monkeypatch.setenv(f"READER_{name}", value)
    kept = read_storages(tmp_path)

    assert kept["assets"]["OPTIONS"] == {
        "bucket_name": "teduh",
        "endpoint_url": "https://s3.surat.example",
        "location": "assets",
    }
    assert kept["snapshots"]["OPTIONS"]["location"] == "snapshots"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param({}, "READER_S3_BUCKET", id="no bucket"),
        pytest.param({"BUCKET": "a", "ACCESS_KEY_ID": "k"}, "belong together", id="half a key"),
        pytest.param({"BUCKET": "a", "ENDPOINT_URL": "s3.example"}, "must be like https", id="no address"),
    ],
)
def test_what_makes_no_sense_stops_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: dict[str, str], told: str
) -> None:
    monkeypatch.setenv("READER_STORAGE", "s3")
    for name, value in values.items():
        monkeypatch.setenv(f"READER_S3_{name}", value)
    with pytest.raises(ImproperlyConfigured, match=told):
        read_storages(tmp_path)


def test_without_its_requirements_it_is_said_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_STORAGE", "s3")
    monkeypatch.setattr("reader.storing.importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements/s3\.txt"):
        read_storages(tmp_path)
