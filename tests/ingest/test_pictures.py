"""Pictures of a stored text: listed once, fetched when due, kept or truthfully failed, whatever is killed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.imaging import stop_picture_pool
from reader.ingest import give_up_on_pictures, keep_picture, list_pictures
from reader.killable import CallDied, KillablePool
from reader.models import Article, ArticlePicture, Asset
from reader.models.article import LEASE_SECONDS
from tests.builders import make_article
from tests.page_server import PageServer
from tests.pictures import encode, make_jpeg, make_long_gif, make_photo, make_png_bomb

HOST = "https://gambar.example"
State = ArticlePicture.State


@pytest.fixture(scope="module", autouse=True)
def _decoder() -> Iterator[None]:
    yield
    stop_picture_pool()


def figure(url: str) -> str:
    return f'<figure><figcaption><a href="{url}" rel="noopener noreferrer">Warga</a></figcaption></figure>'


def make_illustrated(*names: str, lead: str = "utama.jpg") -> Article:
    content = "<p>Awal.</p>" + "".join(figure(f"{HOST}/{name}") for name in names)
    return make_article(content=content, lead_image_url=f"{HOST}/{lead}" if lead else "")


def keep(article: Article) -> list[ArticlePicture]:
    for picture_id in list_pictures(article.pk):
        keep_picture(picture_id)
    return list(article.pictures.order_by("pk"))


def test_pictures_are_kept_in_two_sizes_where_that_is_worth_it_and_as_thumbnails(
    db: None, server: PageServer
) -> None:
    server.add(f"{HOST}/utama.jpg", make_jpeg(1200, 800))
    server.add(f"{HOST}/1.jpg?w=8", make_jpeg(700, 400, seed=2))

    lead, body = keep(make_illustrated("1.jpg?w=8"))

    assert (lead.state, body.state) == (State.KEPT, State.KEPT)
    assert lead.asset is not None
    assert lead.small is not None
    assert (lead.asset.width, lead.small.width, body.small) == (1200, 800, None)
    assert [each.thumbnail.width for each in (lead, body) if each.thumbnail] == [288, 288]
    for asset in Asset.objects.all():
        assert asset.read_whole()[8:12] == b"WEBP"
        assert asset.size_bytes == len(asset.read_whole())
        assert str(asset.file).startswith(f"{asset.sha256[:2]}/{asset.sha256}-")


def test_the_same_picture_of_two_articles_is_stored_once(db: None, server: PageServer) -> None:
    server.add(f"{HOST}/utama.jpg", make_jpeg())

    ((one,), (other,)) = keep(make_illustrated()), keep(make_illustrated())

    assert (one.asset, one.thumbnail) == (other.asset, other.thumbnail)
    assert Asset.objects.count() == 2


def test_a_picture_is_listed_once_however_often_it_stands_in_the_text(db: None) -> None:
    article = make_illustrated("1.jpg", "1.jpg", "utama.jpg")

    assert len(list_pictures(article.pk)) == 2
    assert list_pictures(article.pk) == []


def test_a_newer_text_brings_its_new_pictures_and_the_known_ones_are_not_fetched_again(
    db: None, server: PageServer
) -> None:
    server.add(f"{HOST}/utama.jpg", make_jpeg())
    server.add(f"{HOST}/1.jpg", make_jpeg(seed=2))
    article = make_illustrated()
    keep(article)
    Article.objects.filter(pk=article.pk).update(content=figure(f"{HOST}/1.jpg"), are_pictures_listed=False)

    kept = keep(article)

    assert [picture.state for picture in kept] == [State.KEPT, State.KEPT]
    assert [request.target for request in server.requests] == ["/utama.jpg", "/1.jpg"]


def test_a_stored_text_is_to_be_listed_whoever_stored_it(db: None) -> None:
    make_article(state=Article.State.QUEUED)
    article = make_illustrated()
    assert list(Article.objects.with_unlisted_pictures()) == [article]
    list_pictures(article.pk)
    assert not Article.objects.with_unlisted_pictures().exists()


def test_a_text_with_thousands_of_pictures_gets_the_first_ones(db: None) -> None:
    article = make_illustrated(*(f"{number}.jpg" for number in range(3_000)))

    assert len(list_pictures(article.pk)) == 60


def test_addresses_that_are_none_of_a_picture_get_no_row(db: None) -> None:
    article = make_article(
        content=figure("mailto:a@surat.example") + figure(f"{HOST}/{'é' * 1500}.jpg"),
        lead_image_url="javascript:1",
    )

    assert list_pictures(article.pk) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(b"<html></html>", "not_a_picture", id="a page"),
        pytest.param(b"<svg onload='alert(1)'></svg>", "not_a_picture", id="SVG under the name of a JPEG"),
        pytest.param(make_png_bomb(60_000, 60_000), "picture_too_large", id="a bomb of pixels"),
        pytest.param(encode(make_photo(1, 1), "GIF"), "picture_too_small", id="a counter"),
        pytest.param(make_jpeg()[:3000], "picture_broken", id="cut off"),
        pytest.param(
            b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 50, "picture_broken", id="only its beginning"
        ),
        pytest.param(
            b"RIFF\x00\x10\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\xfe\x3f\x00\xfe\x3f\x00"
            + bytes(4_000),
            "picture_too_large",
            id="a WebP of 16,383 × 16,383 that has no frame",
        ),
    ],
)
def test_what_is_no_picture_is_not_asked_for_again(
    db: None, server: PageServer, body: bytes, code: str
) -> None:
    server.add(f"{HOST}/utama.jpg", body, headers={"Content-Type": "image/jpeg"})

    (picture,) = keep(make_illustrated())

    assert (picture.state, picture.error_code, picture.due_at) == (State.FAILED, code, None)
    assert not Asset.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(make_jpeg() + b"<script>alert(1)</script>", id="a page behind a JPEG"),
        pytest.param(make_jpeg(comment=b"<script>alert(1)</script>"), id="a page within a JPEG"),
        pytest.param(make_long_gif(20_000), id="a film"),
    ],
)
def test_only_the_pixels_of_an_odd_picture_are_kept(db: None, server: PageServer, body: bytes) -> None:
    server.add(f"{HOST}/utama.jpg", body)

    (picture,) = keep(make_illustrated())

    assert picture.asset is not None
    assert b"<script" not in picture.asset.read_whole()


def test_a_busy_publisher_is_asked_again_later_and_at_most_five_times(db: None, server: PageServer) -> None:
    server.add(f"{HOST}/utama.jpg", b"", status=500)
    (picture,) = keep(make_illustrated())
    assert (picture.state, picture.error_code) == (State.WAITING, "publisher_busy")
    assert picture.due_at is not None
    assert picture.due_at > timezone.now()
    keep_picture(picture.pk)
    assert len(server.requests) == 1

    for _ in range(5):
        ArticlePicture.objects.filter(state=State.WAITING).update(due_at=timezone.now())
        keep_picture(picture.pk)
    picture.refresh_from_db()

    assert len(server.requests) == 5
    assert picture.state == State.FAILED
    assert picture.due_at is None


def test_a_picture_is_too_large_only_when_its_process_died_every_time(
    db: None, server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise CallDied

    server.add(f"{HOST}/utama.jpg", make_jpeg())
    monkeypatch.setattr(KillablePool, "call", die)
    (picture,) = keep(make_illustrated())
    assert (picture.state, picture.error_code) == (State.WAITING, "picture_interrupted")

    for _ in range(5):
        ArticlePicture.objects.filter(state=State.WAITING).update(due_at=timezone.now())
        keep_picture(picture.pk)
    picture.refresh_from_db()

    assert (picture.state, picture.error_code) == (State.FAILED, "picture_too_large")


def test_a_full_disk_is_a_passing_failure(
    db: None, server: PageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **options: object) -> str:
        raise OSError(28, "No space left on device")

    server.add(f"{HOST}/utama.jpg", make_jpeg())
    with monkeypatch.context() as patch:
        patch.setattr(storages["assets"], "_save", refuse)
        (picture,) = keep(make_illustrated())
    assert (picture.state, picture.error_code) == (State.WAITING, "storage_failed")

    ArticlePicture.objects.update(due_at=timezone.now())
    keep_picture(picture.pk)
    picture.refresh_from_db()

    assert picture.state == State.KEPT


# --- leases ---


def test_of_two_workers_one_gets_the_picture(db: None) -> None:
    (picture_id,) = list_pictures(make_illustrated().pk)
    now = timezone.now()

    assert ArticlePicture.objects.lease(picture_id, now=now)
    assert ArticlePicture.objects.lease(picture_id, now=now) is None


def test_a_killed_workers_picture_is_due_again_when_the_lease_is_over(db: None, server: PageServer) -> None:
    server.add(f"{HOST}/utama.jpg", make_jpeg())
    (picture_id,) = list_pictures(make_illustrated().pk)
    now = timezone.now()
    ArticlePicture.objects.update(due_at=now - timedelta(seconds=LEASE_SECONDS + 1))
    assert ArticlePicture.objects.lease(picture_id, now=now - timedelta(seconds=LEASE_SECONDS + 1))

    keep_picture(picture_id)

    assert ArticlePicture.objects.get().state == State.KEPT


def test_a_worker_that_lost_its_lease_changes_nothing(db: None) -> None:
    (picture_id,) = list_pictures(make_illustrated().pk)
    late = ArticlePicture.objects.lease(picture_id, now=timezone.now())
    assert late
    ArticlePicture.objects.update(due_at=timezone.now())
    assert ArticlePicture.objects.lease(picture_id, now=timezone.now())

    assert not ArticlePicture.objects.held_by(late).exists()


def test_a_lease_from_before_the_clock_was_set_back_holds_nothing_up(db: None) -> None:
    (picture_id,) = list_pictures(make_illustrated().pk)
    ArticlePicture.objects.update(due_at=timezone.now() + timedelta(days=3))

    assert ArticlePicture.objects.lease(picture_id, now=timezone.now())


def test_a_picture_that_kills_every_worker_is_given_up(db: None) -> None:
    (picture_id,) = list_pictures(make_illustrated().pk)
    now = timezone.now()
    for _ in range(5):
        ArticlePicture.objects.update(due_at=now)
        assert ArticlePicture.objects.lease(picture_id, now=now)
    ArticlePicture.objects.update(due_at=now)

    assert ArticlePicture.objects.lease(picture_id, now=now) is None
    assert give_up_on_pictures(now) == 1
    assert ArticlePicture.objects.get().error_code == "gave_up"


def test_sweeping_asks_as_few_questions_as_there_are_kinds(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        list_pictures(make_illustrated("1.jpg", "2.jpg").pk)

    with django_assert_num_queries(1):
        assert len(ArticlePicture.objects.to_ring(timezone.now() + timedelta(minutes=5))) == 15
