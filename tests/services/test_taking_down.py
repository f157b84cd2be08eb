"""Take-downs: the text is gone from everything at once, comes back whole for thirty days, then is deleted."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from reader.indexing import index_article
from reader.ingest import ingest, sweep_taken_down
from reader.ingest.reextract import Outcome, reextract
from reader.models import Article, ArticleVersion, AuditEntry, Report, SavedArticle, Snapshot, TakeDown, User
from reader.services import reextracting, refetching
from reader.services.pictures import find_asset
from reader.services.reporting import report_article
from reader.services.saving import save_links
from reader.services.taking_down import restore, take_down
from reader.values import Page
from tests.builders import make_article, make_asset, make_highlight, make_picture, make_saved
from tests.web.test_versions import make_version

pytestmark = pytest.mark.django_db

WHY = "Data pribadi seorang anak"


@pytest.fixture
def saved(ann: User) -> SavedArticle:
    """An entry with a text, a version, a picture and a snapshot."""
    saved = make_saved(ann, title="Kampung Rindang")
    article = saved.article
    make_version(article)
    make_highlight(saved, "seratus pohon")
    make_picture(article, "https://gambar.example/1.jpg", asset=make_asset(b"RIFF....WEBP"))
    page = Page(url=article.url, final_url=article.url, body=b"<p>x</p>", fetched_at=timezone.now())
    Snapshot.objects.store(article.pk, page)
    index_article(article.pk)
    return saved


def down(saved: SavedArticle, mia: User) -> Article:
    assert take_down(article_id=saved.article_id, actor=mia, reason=WHY)
    return Article.objects.get(pk=saved.article_id)


def read_row(pk: int) -> dict[str, object]:
    return dict(Article.objects.values().get(pk=pk))


def test_the_text_is_gone_from_everything_and_the_reason_is_there(
    client: Client, ann: User, saved: SavedArticle, mia: User
) -> None:
    sha256 = make_asset(b"RIFF....WEBP").sha256
    assert find_asset(user=ann, sha256=sha256)

    article = down(saved, mia)

    told = " ".join(str(value) for value in read_row(article.pk).values())
    assert "Kampung Rindang" not in told
    assert "Warga menanam" not in told
    assert find_asset(user=ann, sha256=sha256) is None
    assert not ArticleVersion.objects.of(saved).exists()
    client.force_login(ann)
    assert "seratus pohon" not in client.get("/highlights/").content.decode()
    mark = saved.highlights.get()
    for act in ("", "delete/", "undo/"):
        assert client.post(f"/highlights/{mark.pk}/{act}", {"note": "x"}).status_code == 404
    assert client.get(f"/highlights/{mark.pk}/").status_code == 404
    for page in ("/", f"/articles/{article.pk}/"):
        shown = client.get(page).content.decode()
        assert WHY in shown
        assert "Kampung Rindang" not in shown
        assert "seratus pohon" not in shown
        assert "/retry/" not in shown
    assert "Warga menanam" not in client.get(f"/articles/{article.pk}/versions/").content.decode()
    assert "Kampung Rindang" not in client.get("/search/", {"q": "gotong"}).content.decode()


def test_it_comes_back_as_it_was(ann: User, saved: SavedArticle, mia: User) -> None:
    before = read_row(saved.article_id)
    down(saved, mia)
    assert not take_down(article_id=saved.article_id, actor=mia, reason="dua kali")

    assert restore(article_id=saved.article_id, actor=mia, reason="keliru")

    assert read_row(saved.article_id) == before
    assert not restore(article_id=saved.article_id, actor=mia, reason="dua kali")
    assert SavedArticle.objects.get(pk=saved.pk).words == 480
    acts = AuditEntry.objects.filter(act__startswith="article.").order_by("pk")
    assert [(act.act, act.reason, act.target_name) for act in acts] == [
        ("article.take_down", WHY, "Kampung Rindang"),
        ("article.restore", "keliru", "Kampung Rindang"),
    ]


def test_nothing_brings_the_text_back_by_itself(ann: User, ben: User, saved: SavedArticle, mia: User) -> None:
    article = down(saved, mia)
    row = read_row(article.pk)

    outcome = save_links(user=ben, text=article.url)
    assert [refused.error.code for refused in outcome.refused] == ["taken_down"]
    assert not SavedArticle.objects.filter(user=ben).exists()
    assert refetching.retry(article_ids=[article.pk]) == refetching.refetch(article_ids=[article.pk]) == 0
    ingest(article.pk)
    assert reextracting.reextract_articles(article_ids=[article.pk]).total == 0
    assert reextract(article.pk, lambda: None)() == Outcome.SKIPPED
    assert read_row(article.pk) == row


def test_a_run_that_is_on_its_way_loses_its_lease(saved: SavedArticle, mia: User) -> None:
    Article.objects.filter(pk=saved.article_id).update(state=Article.State.QUEUED)
    lease = Article.objects.lease(saved.article_id, now=timezone.now())
    assert lease

    down(saved, mia)

    assert not Article.objects.held_by(lease).exists()
    restore(article_id=saved.article_id, actor=mia, reason="keliru")
    assert Article.objects.get(pk=saved.article_id).state == Article.State.QUEUED


def test_its_reports_are_resolved(ann: User, saved: SavedArticle, mia: User) -> None:
    report = report_article(user=ann, article=saved.article, kind=Report.Kind.UNLAWFUL)

    down(saved, mia)

    report.refresh_from_db()
    assert report.state == Report.State.RESOLVED


def test_after_thirty_days_the_text_is_deleted_and_the_tombstone_stays(
    saved: SavedArticle, mia: User
) -> None:
    article = down(saved, mia)
    name = str(article.snapshots.get().file)
    storage = article.snapshots.get().file.storage
    now = timezone.now()

    assert sweep_taken_down(now + timedelta(days=29)) == 0
    assert sweep_taken_down(now + timedelta(days=31)) == 1
    assert sweep_taken_down(now + timedelta(days=31)) == 0

    assert TakeDown.objects.get().kept == {}
    assert not storage.exists(name)
    assert not article.snapshots.exists()
    assert not article.versions.exists()
    assert not article.pictures.exists()
    article.refresh_from_db()
    assert article.taken_down_why == WHY

    assert restore(article_id=article.pk, actor=mia, reason="boleh lagi")
    article.refresh_from_db()
    assert (article.state, article.taken_down_at) == (Article.State.QUEUED, None)


def test_a_text_of_ones_own_is_not_the_moderators(ann: User, mia: User) -> None:
    own = make_article(owner=ann)

    assert not take_down(article_id=own.pk, actor=mia, reason=WHY)
    assert Article.objects.get(pk=own.pk).content
