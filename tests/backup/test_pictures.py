"""Pictures are part of a backup, and come back as what they are: rows and files that belong together."""

from pathlib import Path

import pytest

from tests.backup.installations import KINDS, make_installation

MAKE = (
    "from tests.builders import make_article, make_asset, make_picture;"
    " make_picture(make_article(), 'https://gambar.example/1.jpg', asset=make_asset(b'besar' * 900),"
    " small=make_asset(b'kecil' * 90, width=800), thumbnail=make_asset(b'mungil' * 9, width=288))"
)
READ = (
    "from reader.models import ArticlePicture; picture = ArticlePicture.objects.get();"
    " print(picture.state, len(picture.asset.read_whole()), len(picture.small.read_whole()),"
    " len(picture.thumbnail.read_whole()))"
)


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_come_back_whole(tmp_path: Path, kind: str) -> None:
    source, target = make_installation(tmp_path, KINDS[0]), make_installation(tmp_path, kind)
    source.run("prepare")
    source.call(MAKE)
    archive = tmp_path / "teduh.tar"
    source.run("backup", str(archive))

    target.run("restore", str(archive))

    assert target.call(READ).split() == ["kept", "4500", "450", "54"]
    assert target.describe() == source.describe()
    assert "stored pictures: 3 checked, none damaged" in target.run("verify")
