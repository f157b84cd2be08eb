"""The public page of numbers: for everybody where it is switched on, and of nobody."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from reader.models import Report, User
from reader.services import deciding
from reader.services.reporting import report_article
from reader.services.taking_down import restore, take_down
from tests.builders import make_article, make_user

pytestmark = pytest.mark.django_db

PAGE = reverse("transparency")


@pytest.fixture(autouse=True)
def _count_anew() -> None:
    cache.clear()


def test_strangers_read_numbers_and_nothing_of_anybody(client: Client, ann: User, mia: User) -> None:
    article = make_article(title="Judul Rahasia", host="rahasia.example")
    report = report_article(user=ann, article=article, kind=Report.Kind.TEXT, note="catatan ann")
    deciding.reject(report=report, actor=mia)
    report_article(user=ann, article=article, kind=Report.Kind.UNLAWFUL)
    take_down(article_id=article.pk, actor=mia, reason="alasan")
    restore(article_id=article.pk, actor=mia, reason="keliru")

    answer = client.get(PAGE)

    counted = answer.context["counted"]
    assert (counted.reports, counted.open, counted.resolved, counted.rejected) == (2, 0, 1, 1)
    assert (counted.taken_down, counted.restored) == (1, 1)
    (month,) = counted.months
    assert (month.reports, month.taken_down, month.restored) == (2, 1, 1)
    page = answer.content.decode()
    for secret in ("Rahasia", "rahasia.example", "catatan", "alasan", ">ann<", ">mia<"):
        assert secret not in page


def test_the_page_is_not_there_unless_it_is_wanted(client: Client, settings: Settings) -> None:
    make_user("ann")
    settings.READER_TRANSPARENCY = False

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE).status_code == 405
