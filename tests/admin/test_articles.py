"""Articles on the desk: acts with a reason, stored pages in a sandbox, private texts out of sight."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reader.models import Article, AuditEntry, Snapshot, User
from reader.values import Page
from tests.builders import make_article, make_saved
from tests.extraction.test_inert import HOSTILE
from tests.web.test_versions import make_version

pytestmark = pytest.mark.django_db

LIST = reverse("admin:reader_article_changelist")


def make_snapshot(article: Article, body: bytes = HOSTILE.encode()) -> Snapshot:
    page = Page(
        url=article.url,
        final_url=article.url,
        body=body,
        content_type="text/html; charset=utf-8",
        fetched_at=timezone.now(),
    )
    return Snapshot.objects.store(article.pk, page)


@pytest.fixture
def article(client: Client, ann: User, mia: User) -> Article:
    """A shared article with a version and a hostile snapshot; a moderator is at the desk."""
    client.force_login(mia)
    article = make_article(
        title="Kampung Rindang",
        authors=["Sari <b>", "Budi"],
        trace=["decode: utf-8"],
        quality_reasons=["short"],
    )
    make_saved(ann, article=article)
    make_version(article)
    make_snapshot(article)
    return article


def act(client: Client, article: Article, **values: str) -> Article:
    url = reverse("admin:reader_article_act", args=[article.pk])
    client.post(url, {"reason": "sebab", **values})
    return Article.objects.get(pk=article.pk)


def test_a_page_tells_how_an_article_came_about(client: Client, article: Article) -> None:
    page = client.get(reverse("admin:reader_article_change", args=[article.pk])).content.decode()

    assert "decode: utf-8" in page
    assert "short" in page
    assert "Sari &lt;b&gt;, Budi" in page
    assert reverse("admin:reader_snapshot_change", args=[article.snapshots.get().pk]) in page
    version = reverse("admin:reader_articleversion_change", args=[article.versions.get().pk])
    assert version in page
    assert client.get(version).status_code == 200


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("rindang KAMPUNG", ["Kampung Rindang"]),
        ("sungai lain.example", ["Sungai"]),
        ("lain.example/read/7", ["Sungai"]),
        ("read/7", ["Sungai"]),
        ("00142", ["Sungai"]),
        ("pribadi", []),
        ("100%", []),
    ],
)
def test_articles_are_found_by_title_site_and_address(
    client: Client, article: Article, ann: User, sought: str, found: list[str]
) -> None:
    make_article(title="Sungai", url="https://lain.example/read/7/00142", host="lain.example")
    make_article(title="Catatan pribadi", owner=ann)

    page = client.get("/admin/reader/article/", {"q": sought})

    assert [each.title for each in page.context["cl"].result_list] == found


def test_an_article_is_taken_down_and_restored_from_its_page(client: Client, article: Article) -> None:
    assert act(client, article, act="take_down").taken_down_why == "sebab"
    shown = client.get(reverse("admin:reader_article_change", args=[article.pk])).content.decode()
    assert 'value="restore"' in shown
    assert 'value="take_down"' not in shown

    assert act(client, article, act="restore").title == "Kampung Rindang"


@pytest.mark.parametrize("name", ["refetch", "reextract"])
def test_work_is_begun_with_a_reason_and_written_down(client: Client, article: Article, name: str) -> None:
    act(client, article, act=name)

    entry = AuditEntry.objects.get(act=f"article.{name}")
    assert (entry.actor_name, entry.reason, entry.target_id) == ("mia", "sebab", article.pk)


def test_nothing_is_done_without_a_reason_or_by_another_name(client: Client, article: Article) -> None:
    before = Article.objects.values().get(pk=article.pk)
    act(client, article, act="take_down", reason=" ")
    url = reverse("admin:reader_article_act", args=[article.pk])

    assert client.post(url, {"act": "lain", "reason": "sebab"}).status_code == 404
    assert client.get(url).status_code == 405
    assert Article.objects.values().get(pk=article.pk) == before


def test_many_are_taken_down_after_a_page_that_says_what_it_means(client: Client, article: Article) -> None:
    other = make_article()
    chosen = {"action": "take_down", "_selected_action": [article.pk, other.pk]}

    asked = client.post(LIST, chosen)
    assert "Kampung Rindang" in asked.content.decode()
    assert "30" in asked.content.decode()
    assert not Article.objects.filter(taken_down_at__isnull=False).exists()
    refused = client.post(LIST, {**chosen, "confirmed": "1", "reason": ""})
    assert refused.status_code == 200
    assert not Article.objects.filter(taken_down_at__isnull=False).exists()

    client.post(LIST, {**chosen, "confirmed": "1", "reason": "sebab"})
    assert Article.objects.filter(taken_down_why="sebab").count() == 2
    assert AuditEntry.objects.filter(act="article.take_down").count() == 2


def test_a_stored_page_is_answered_with_a_sandbox_around_it(client: Client, article: Article) -> None:
    snapshot = article.snapshots.get()
    page = client.get(reverse("admin:reader_snapshot_page", args=[snapshot.pk]))

    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline';")
    assert "allow-" not in policy
    assert "frame-ancestors 'self'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script" not in page.content.decode()

    around = client.get(reverse("admin:reader_snapshot_change", args=[snapshot.pk]))
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]
    assert "unsafe" not in around.headers["Content-Security-Policy"]
    assert 'sandbox=""' in around.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in around.content.decode()
    assert "<script>alert" not in around.content.decode()


def test_a_stored_page_that_is_gone_says_so(client: Client, article: Article) -> None:
    snapshot = article.snapshots.get()
    snapshot.file.storage.delete(str(snapshot.file))

    page = client.get(reverse("admin:reader_snapshot_page", args=[snapshot.pk]))
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert client.get(reverse("admin:reader_snapshot_change", args=[snapshot.pk])).status_code == 200


def test_a_text_of_ones_own_shows_its_size_and_state_and_nothing_else(
    client: Client, ann: User, article: Article
) -> None:
    own = make_article(
        owner=ann, title="Rahasia Ann", url="https://rahasia.example/a", host="rahasia.example"
    )
    version, snapshot = make_version(own), make_snapshot(own)
    private = client.get(reverse("admin:reader_privatearticle_changelist")).content.decode()

    assert str(own.pk) in private
    pages = [private, client.get(LIST).content.decode()]
    for name, pk in (("article", own.pk), ("articleversion", version.pk), ("snapshot", snapshot.pk)):
        pages.append(client.get(reverse(f"admin:reader_{name}_changelist")).content.decode())
        assert client.get(reverse(f"admin:reader_{name}_change", args=[pk])).status_code == 302
    for page in pages:
        assert "ahasia" not in page
        assert ">ann<" not in page
    assert client.get(reverse("admin:reader_privatearticle_change", args=[own.pk])).status_code == 302
    assert client.get(reverse("admin:reader_snapshot_page", args=[snapshot.pk])).status_code == 404
    for name in ("take_down", "refetch", "reextract"):
        url = reverse("admin:reader_article_act", args=[own.pk])
        assert client.post(url, {"act": name, "reason": "sebab"}).status_code == 404
