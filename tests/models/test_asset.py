"""Stored pictures: one file a content, found damaged when it is."""

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from reader.models import Asset
from reader.models.asset import AssetDamaged
from tests.builders import make_article, make_asset, make_picture

pytestmark = pytest.mark.django_db


def count_files(asset: Asset) -> int:
    names = storages["assets"].listdir(asset.sha256[:2])[1]
    return sum(name.startswith(asset.sha256) for name in names)


def test_the_same_bytes_are_one_asset_in_one_file() -> None:
    one, other = make_asset(b"satu isi"), make_asset(b"satu isi")

    assert one == other
    assert count_files(one) == 1
    assert one.read_whole() == b"satu isi"


def test_the_loser_of_two_workers_with_the_same_bytes_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = make_asset(b"serempak")
    answers = iter([None, first])
    monkeypatch.setattr(type(Asset.objects.all()), "_find_for_use", lambda *_: next(answers))

    assert make_asset(b"serempak") == first
    assert count_files(first) == 1


@pytest.mark.parametrize("harm", ["changed", "cut", "longer", "gone"])
def test_damage_is_found(harm: str) -> None:
    asset = make_asset(f"utuh {harm}".encode())
    path = storages["assets"].path(str(asset.file))
    if harm == "gone":
        storages["assets"].delete(str(asset.file))
    else:
        with open(path, "r+b") as file:  # noqa: PTH123
            whole = file.read()
            file.seek(0)
            file.truncate()
            file.write({"changed": b"X" + whole[1:], "cut": whole[:-1], "longer": whole + b"X"}[harm])

    with pytest.raises(AssetDamaged):
        asset.read_whole()


def test_a_kept_picture_is_never_without_its_asset() -> None:
    picture = make_picture(make_article(), "https://gambar.example/1.jpg")
    with pytest.raises(IntegrityError), transaction.atomic():
        type(picture).objects.update(asset=None)
