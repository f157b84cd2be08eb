"""The moderators' desk: behind the same login, for staff only, content read-only, failures retried."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Article, AuditEntry, Reextraction, Snapshot, User
from reader.services.reextracting import reextract_all
from reader.values import Page
from tests.builders import make_article, make_asset, make_picture, make_saved

pytestmark = pytest.mark.django_db

TABLES = ["article", "articlepicture", "snapshot", "user"]
SOUGHT = {
    "article": "Judul",
    "articlepicture": "Judul",
    "snapshot": "berita.example",
    "user": "ann",
}
# What the page that asks first sends.
CONFIRMED = {"confirmed": "1", "reason": "aturan baru"}
READ_ONLY = ["article", "articlepicture", "snapshot", "reextraction"]


def list_url(table: str) -> str:
    return reverse(f"admin:reader_{table}_changelist")


@pytest.fixture
def shelf(ann: User) -> Article:
    """One saved article that failed, with a snapshot."""
    article = make_article(state=Article.State.FAILED, error_code="no_article", title="Judul <b>tebal</b>")
    make_saved(ann, article=article)
    page = Page(url=article.url, final_url=article.url, body=b"<p>x</p>", fetched_at=timezone.now())
    Snapshot.objects.store(article.pk, page)
    make_picture(article, "https://gambar.example/1.jpg", asset=make_asset(bytes(2048)))
    return article


@pytest.mark.parametrize("table", TABLES)
def test_each_table_is_seen_and_searched_by_those_who_look_after_it(
    client: Client, mia: User, adi: User, shelf: Article, table: str
) -> None:
    client.force_login(adi if table == "user" else mia)

    assert client.get(list_url(table)).status_code == 200
    found = client.get(list_url(table), {"q": SOUGHT[table]})
    assert found.status_code == 200
    assert found.context["cl"].result_count == 1


@pytest.mark.parametrize("table", TABLES)
def test_nobody_else_gets_in(client: Client, ann: User, table: str) -> None:
    anonymous = client.get(list_url(table))
    assert anonymous.status_code == 302
    assert anonymous["Location"].startswith(reverse("account_login"))

    client.force_login(ann)
    assert client.get(list_url(table)).status_code in {302, 403}


@pytest.mark.parametrize("table", READ_ONLY)
def test_content_can_be_looked_at_and_not_changed(
    client: Client, mia: User, shelf: Article, table: str
) -> None:
    client.force_login(mia)
    key = {
        "article": shelf,
        "articlepicture": shelf.pictures.get(),
        "snapshot": shelf.snapshots.get(),
        "reextraction": reextract_all(),
    }[table].pk
    change = reverse(f"admin:reader_{table}_change", args=[key])

    assert client.get(change).status_code == 200
    assert client.post(change, {"title": "lain"}).status_code == 403
    assert client.get(reverse(f"admin:reader_{table}_add")).status_code == 403


def test_a_hostile_title_is_shown_as_text(client: Client, mia: User, shelf: Article) -> None:
    client.force_login(mia)

    page = client.get(list_url("article")).content.decode()

    assert "Judul &lt;b&gt;tebal&lt;/b&gt;" in page
    assert "<b>tebal</b>" not in page


def test_failed_articles_are_retried_from_the_list(client: Client, mia: User, shelf: Article) -> None:
    ready = make_article(state=Article.State.READY)
    client.force_login(mia)

    answer = client.post(
        list_url("article"),
        {"action": "retry", "_selected_action": [shelf.pk, ready.pk], **CONFIRMED},
        follow=True,
    )

    assert len(answer.context["messages"]) == 1
    assert AuditEntry.objects.get(act="article.retry").reason == "aturan baru"
    shelf.refresh_from_db()
    ready.refresh_from_db()
    assert (shelf.state, ready.state) == (Article.State.QUEUED, Article.State.READY)


def test_whole_articles_are_fetched_again_from_the_list(client: Client, mia: User, shelf: Article) -> None:
    ready = make_article(state=Article.State.READY)
    client.force_login(mia)

    client.post(
        list_url("article"), {"action": "refetch", "_selected_action": [shelf.pk, ready.pk], **CONFIRMED}
    )

    assert set(Article.objects.values_list("state", flat=True)) == {Article.State.QUEUED}


@pytest.mark.parametrize(("action", "total"), [("reextract", 1), ("reextract_sites", 2)])
def test_articles_and_whole_sites_are_read_anew_from_the_list(
    client: Client, mia: User, shelf: Article, action: str, total: int
) -> None:
    other = make_article(host=shelf.host)
    page = Page(url=other.url, final_url=other.url, body=b"<p>x</p>", fetched_at=timezone.now())
    Snapshot.objects.store(other.pk, page)
    client.force_login(mia)

    client.post(list_url("article"), {"action": action, "_selected_action": [shelf.pk], **CONFIRMED})

    assert Reextraction.objects.get().total == total
    assert str(total) in client.get(list_url("reextraction")).content.decode()


@pytest.mark.parametrize("table", ["article", "snapshot"])
def test_lists_cost_the_same_at_ten_rows_and_at_twenty(
    client: Client, mia: User, ann: User, table: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(mia)
    # The first request of a process asks once whether anybody exists.
    client.get(list_url(table))
    counts = []
    for _ in range(2):
        for _ in range(10):
            article = make_article()
            make_saved(ann, article=article)
            page = Page(url=article.url, final_url=article.url, body=b"x", fetched_at=timezone.now())
            Snapshot.objects.store(article.pk, page)
        with django_assert_max_num_queries(20) as queries:
            client.get(list_url(table))
        counts.append(len(queries))

    assert counts[0] == counts[1]
