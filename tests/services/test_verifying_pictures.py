"""Verifying reads every stored picture, and names the one whose bytes are not its own."""

from pathlib import Path

import pytest

from reader.backup.files import find_storages
from reader.models import Asset
from reader.services.verifying import verify
from tests.builders import make_asset

pytestmark = pytest.mark.django_db


def test_a_picture_whose_bytes_are_not_its_own_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = find_storages()["assets"]
    monkeypatch.setattr(storage, "location", str(tmp_path))
    monkeypatch.setattr(Asset._meta.get_field("file"), "storage", storage)
    whole, changed, gone = (make_asset(body) for body in (b"utuh", b"berubah", b"hilang"))
    Path(changed.file.path).write_bytes(b"BERUBAH")
    Path(gone.file.path).unlink()

    finding = next(each for each in verify() if str(Asset._meta.verbose_name_plural) in each.kind)

    assert (finding.checked, finding.found, finding.is_damage) == (3, 2, True)
    assert f"{changed.pk}: the hash differs" in finding.told[0]
    assert str(gone.pk) in finding.told[1]
    assert whole.read_whole() == b"utuh"
