"""Reporting from the reading page, without scripts too, and hearing what came of it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Report, SavedArticle, User
from reader.services import deciding
from reader.services.reporting import MAX_REPORTS_AN_HOUR, report_article
from tests.builders import make_article, make_saved

pytestmark = pytest.mark.django_db

SAID = {"kind": "advertising", "passage": "Beli <b>sekarang</b>", "note": "di tengah"}


@pytest.fixture
def saved(ann: User) -> SavedArticle:
    return make_saved(ann, title="Kampung Rindang")


@pytest.fixture
def page(client: Client, ann: User, saved: SavedArticle) -> str:
    client.force_login(ann)
    return reverse("report", args=[saved.article_id])


def test_a_reader_reports_and_sees_it_on_the_reading_page(client: Client, page: str) -> None:
    assert 'name="kind"' in client.get(page).content.decode()

    answer = client.post(page, SAID, follow=True)

    report = Report.objects.get()
    assert (report.kind, report.passage, report.note) == ("advertising", SAID["passage"], SAID["note"])
    assert answer.redirect_chain[0][0].endswith("#report")
    assert "Seorang moderator akan melihatnya." in answer.content.decode()


def test_strangers_are_turned_away(client: Client, saved: SavedArticle, ben: User) -> None:
    page = reverse("report", args=[saved.article_id])
    assert reverse("account_login") in client.get(page)["Location"]
    client.force_login(ben)
    assert client.get(page).status_code == client.post(page, SAID).status_code == 404
    assert not Report.objects.exists()


def test_a_text_of_ones_own_is_not_reported(client: Client, ann: User) -> None:
    own = make_saved(ann, article=make_article(owner=ann))
    client.force_login(ann)

    assert client.get(reverse("report", args=[own.article_id])).status_code == 404
    assert "/report/" not in client.get(reverse("reading", args=[own.article_id])).content.decode()


@pytest.mark.parametrize(
    "said", [{}, {**SAID, "kind": "lain"}, {**SAID, "note": "x" * 2001}], ids=["no kind", "odd kind", "long"]
)
def test_what_cannot_be_taken_comes_back(client: Client, page: str, said: dict[str, str]) -> None:
    answer = client.post(page, said)

    assert answer.status_code == 422
    assert "form-error" in answer.content.decode()
    assert not Report.objects.exists()


def test_a_second_report_and_too_many_are_refused_in_words(client: Client, page: str, ann: User) -> None:
    client.post(page, SAID)
    again = client.post(page, SAID)
    assert again.status_code == 422
    assert "sudah melaporkan artikel ini" in again.content.decode()
    assert "Beli &lt;b&gt;sekarang&lt;/b&gt;" in again.content.decode()

    for _ in range(MAX_REPORTS_AN_HOUR - 1):
        report_article(user=ann, article=make_article(), kind=Report.Kind.TEXT)
    other = make_saved(ann)
    refused = client.post(reverse("report", args=[other.article_id]), SAID)
    assert "dalam satu jam" in refused.content.decode()


def test_the_outcome_is_told_on_the_list_and_on_the_page(client: Client, page: str, mia: User) -> None:
    client.post(page, SAID)
    report = Report.objects.get()
    deciding.resolve(report=report, actor=mia, text="Sudah <b>bersih</b>")

    shown = client.get("/").content.decode()
    assert "Kampung Rindang" in shown
    assert "Sudah &lt;b&gt;bersih&lt;/b&gt;" in shown
    assert "Sudah &lt;b&gt;bersih&lt;/b&gt;" in client.get(f"/articles/{report.article_id}/").content.decode()

    client.post(reverse("report-news"), {"report": [report.pk, "x", "9" * 30]})
    assert "report-news" not in client.get("/").content.decode()


def test_news_of_an_article_that_was_deleted_leads_nowhere_wrong(
    client: Client, page: str, saved: SavedArticle, mia: User
) -> None:
    client.post(page, SAID)
    deciding.reject(report=Report.objects.get(), actor=mia)
    SavedArticle.objects.filter(pk=saved.pk).update(deleted_at=timezone.now())

    assert client.get("/").status_code == 200
    assert client.post(page, SAID).status_code == 404


def test_a_list_without_news_asks_nothing_more(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")
    with django_assert_max_num_queries(6) as queries:
        client.get("/")
    assert not any("reader_report" in query["sql"] for query in queries.captured_queries)
