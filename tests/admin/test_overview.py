"""The desk's first page: what needs attention now, each number with the way to its list."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.desk.charts import HEIGHT, make_chart
from reader.models import Article, Report, User
from reader.services.overseeing import find_failing_sites, measure_overview
from reader.services.reporting import report_article
from reader.services.taking_down import take_down
from tests.builders import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _count_anew() -> None:
    cache.clear()


def make_articles(count: int, *, days_ago: float, host: str = "rusak.example", **values: object) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    for _ in range(count):
        make_article(host=host, queued_at=at, **values)  # type: ignore[arg-type]  # columns of an article


def test_a_site_that_fails_more_than_before_is_found() -> None:
    make_articles(4, days_ago=10)
    make_articles(2, days_ago=1)
    make_articles(1, days_ago=1, state=Article.State.FAILED)
    make_articles(1, days_ago=1, state=Article.State.PARTIAL)
    make_articles(1, days_ago=1, quality=0.3)
    make_articles(5, days_ago=1, host="sehat.example")
    make_articles(2, days_ago=1, host="kecil.example", state=Article.State.FAILED)

    (site,) = find_failing_sites(timezone.now())

    assert site.host == "rusak.example"
    assert (site.week.bad, site.week.total, site.week.percent, site.week.percent_before) == (3, 5, 60, 0)
    assert site.week.is_worse
    assert (site.month.bad, site.month.total, site.month.percent_before) == (3, 9, None)


def test_what_was_taken_down_or_is_private_is_not_counted(ann: User, mia: User) -> None:
    make_articles(5, days_ago=1, state=Article.State.FAILED, owner=ann)
    make_articles(5, days_ago=1)
    for article in Article.objects.filter(owner=None):
        take_down(article_id=article.pk, actor=mia, reason="x")

    assert find_failing_sites(timezone.now()) == ()
    assert sum(day.total for day in measure_overview().articles) == 0


def test_the_days_are_all_there_and_fall_on_their_own(ann: User) -> None:
    make_articles(2, days_ago=0)
    make_articles(3, days_ago=5, state=Article.State.FAILED)
    make_articles(1, days_ago=40)

    days = measure_overview().articles

    assert len(days) == 30
    assert (days[-1].total, days[-6].total, days[-6].bad) == (2, 3, 3)
    assert sum(day.total for day in days) == 5
    chart = make_chart(days)
    assert max(bar.height for bar in chart.bars) == HEIGHT
    assert chart.bars[0].height == 0


def test_each_number_leads_to_its_list(client: Client, mia: User, ann: User) -> None:
    make_articles(4, days_ago=1, state=Article.State.FAILED)
    report_article(user=ann, article=make_article(), kind=Report.Kind.TEXT)
    client.force_login(mia)

    page = client.get("/admin/").content.decode()

    assert ">rusak.example</a>" in page
    for link in (
        "/admin/reader/report/",
        "/admin/reader/report/?state=free",
        "/admin/reader/article/?host=rusak.example&amp;trouble=yes",
        "/admin/reader/article/?state__exact=queued",
        "/admin/reader/article/?down=yes",
        "/admin/reader/domainpolicy/?access__exact=block",
        "/admin/reader/siterule/of/rusak.example/",
    ):
        assert f'href="{link}"' in page
        assert client.get(link.replace("&amp;", "&"), follow=True).status_code == 200
    listed = client.get("/admin/reader/article/?host=rusak.example&trouble=yes").context["cl"].result_count
    assert listed == 4
    assert 'href="/admin/reader/user/"' not in page
    assert "style=" not in page


def test_an_administrator_sees_people_and_no_articles(client: Client, adi: User) -> None:
    make_articles(4, days_ago=1, state=Article.State.FAILED)
    client.force_login(adi)

    page = client.get("/admin/").content.decode()

    assert 'href="/admin/reader/user/"' in page
    assert "rusak.example" not in page


def test_a_page_that_was_counted_costs_few_queries(
    client: Client, mia: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(mia)
    client.get("/admin/")

    with django_assert_max_num_queries(6):
        client.get("/admin/")
