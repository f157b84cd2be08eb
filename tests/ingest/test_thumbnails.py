"""Pictures that were kept before there were thumbnails get theirs, whatever became of their files."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from reader import tasks
from reader.imaging import stop_picture_pool
from reader.ingest import make_thumbnails, sweep_assets, thumbnails
from reader.models import ArticlePicture, Asset
from tests.builders import make_article, make_asset, make_picture
from tests.pictures import encode, make_photo

pytestmark = pytest.mark.django_db
URL = "https://gambar.example/1.jpg"


@pytest.fixture(scope="module", autouse=True)
def _decoder() -> Iterator[None]:
    yield
    stop_picture_pool()


def make_former(*, seed: int = 1) -> ArticlePicture:
    """A picture as it was kept: two sizes and no thumbnail."""
    large, small = (encode(make_photo(width, width, seed=seed), "WEBP") for width in (1200, 800))
    return make_picture(make_article(), URL, asset=make_asset(large), small=make_asset(small))


def thumbnail_of(picture: ArticlePicture) -> Asset | None:
    picture.refresh_from_db()
    return picture.thumbnail


def test_former_pictures_get_thumbnails_some_at_a_time_the_newest_first() -> None:
    first, second = make_former(seed=1), make_former(seed=2)

    assert make_thumbnails(1) == 1
    assert thumbnail_of(first) is None
    assert (made := thumbnail_of(second)) is not None
    assert (made.width, made.height, made.read_whole()[8:12]) == (288, 192, b"WEBP")

    tasks.make_missing_thumbnails.call_local()
    assert thumbnail_of(first) is not None
    assert make_thumbnails(9) == 0


def test_one_thread_makes_them_and_another_leaves_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slice can take longer than from one sweep to the next, which rings again."""
    begun: list[int] = []

    def make(most: int) -> int:
        begun.append(most)
        tasks.make_missing_thumbnails.call_local()
        if len(begun) == 1:
            raise OSError("the worker's own trouble")
        return 0

    monkeypatch.setattr(tasks, "make_thumbnails", make)
    with pytest.raises(OSError, match="trouble"):
        tasks.make_missing_thumbnails.call_local()
    assert len(begun) == 1
    tasks.make_missing_thumbnails.call_local()
    assert len(begun) == 2


def test_what_takes_long_goes_on_at_the_next_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    make_former(seed=1)
    make_former(seed=2)

    monkeypatch.setattr(thumbnails, "_MOST_SECONDS", 0)
    assert [make_thumbnails(9) for _ in range(3)] == [1, 1, 0]


def test_where_the_file_is_gone_or_no_picture_the_smallest_size_stands_for_the_thumbnail() -> None:
    gone, broken = make_former(seed=1), make_picture(make_article(), URL, asset=make_asset(b"RIFF"))
    assert gone.small is not None
    storages["assets"].delete(str(gone.small.file))

    assert make_thumbnails(9) == 2
    assert (thumbnail_of(gone), thumbnail_of(broken)) == (gone.small, broken.asset)


def test_on_a_full_disk_thumbnails_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = make_former()

    def refuse(*args: object, **options: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storages["assets"], "_save", refuse)
        assert make_thumbnails(9) == 0
    assert thumbnail_of(picture) is None
    assert make_thumbnails(9) == 1


def test_what_cannot_be_read_just_now_waits_and_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bucket that does not answer is no picture that is gone."""
    other, picture = make_former(seed=1), make_former(seed=2)
    assert picture.small is not None
    name, storage = str(picture.small.file), storages["assets"]
    read = storage._open  # type: ignore[attr-defined]

    def refuse(asked: str, mode: str) -> object:
        if asked == name:
            raise OSError(5, "ConnectTimeoutError")
        return read(asked, mode)

    with monkeypatch.context() as patch:
        patch.setattr(storage, "_open", refuse)
        assert make_thumbnails(9) == 1
    assert thumbnail_of(picture) is None
    assert thumbnail_of(other) is not None
    assert make_thumbnails(9) == 1


def test_the_sweeper_leaves_thumbnails_that_are_shown() -> None:
    picture = make_former()
    make_thumbnails(9)
    now = timezone.now()
    sweep_assets(now)
    sweep_assets(now + timedelta(days=3))

    assert (kept := thumbnail_of(picture)) is not None
    assert kept.read_whole()
    assert Asset.objects.count() == 3
