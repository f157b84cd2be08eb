"""The queue of reports at the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import AuditEntry, Report, User
from reader.services import deciding
from reader.services.reporting import report_article
from tests.builders import make_article

pytestmark = pytest.mark.django_db

LIST = reverse("admin:reader_report_changelist")


@pytest.fixture
def reports(client: Client, ann: User, ben: User, mia: User) -> list[Report]:
    """Two of one article and one of another site's; a moderator is at the desk."""
    client.force_login(mia)
    article = make_article(title="Kampung <i>Rindang</i>")
    other = make_article(host="lain.example", title="Lain")
    return [
        report_article(user=ann, article=article, kind=Report.Kind.TEXT, passage="<b>kalimat</b>"),
        report_article(user=ben, article=article, kind=Report.Kind.ADVERTISING),
        report_article(user=ann, article=other, kind=Report.Kind.UNLAWFUL),
    ]


def shown(client: Client, **query: object) -> list[Report]:
    return list(client.get(LIST, query).context["cl"].result_list)  # type: ignore[arg-type]


def test_the_queue_shows_what_is_open_and_narrows(client: Client, reports: list[Report], mia: User) -> None:
    deciding.claim(report=reports[0], actor=mia)
    deciding.reject(report=reports[2], actor=mia)

    assert shown(client) == [reports[1], reports[0]]
    assert shown(client, state="mine") == [reports[0]]
    assert shown(client, state="free") == [reports[1]]
    assert shown(client, state="rejected") == [reports[2]]
    assert shown(client, state="all") == reports[::-1]
    assert shown(client, kind__exact="advertising") == [reports[1]]


def test_reports_are_grouped_by_article_and_by_site(client: Client, reports: list[Report]) -> None:
    by_article = client.get(reverse("admin:reader_report_by_article"))
    by_site = client.get(reverse("admin:reader_report_by_site"))

    assert [(name, count) for name, _query, count, _first in by_article.context["rows"]] == [
        ("Kampung <i>Rindang</i>", 2),
        ("Lain", 1),
    ]
    assert "<i>Rindang" not in by_article.content.decode()
    assert [row[2] for row in by_site.context["rows"]] == [2, 1]
    for page in (by_article, by_site):
        query = page.context["rows"][0][1]
        assert client.get(f"{LIST}?{query}").context["cl"].result_count == 2


@pytest.mark.parametrize(
    ("act", "state"),
    [("claim", "open"), ("answer", "open"), ("resolve", "resolved"), ("reject", "rejected")],
)
def test_a_report_is_acted_on_from_its_page(
    client: Client, reports: list[Report], act: str, state: str
) -> None:
    page = reverse("admin:reader_report_change", args=[reports[0].pk])
    assert "&lt;b&gt;kalimat&lt;/b&gt;" in client.get(page).content.decode()

    answer = client.post(
        reverse("admin:reader_report_act", args=[reports[0].pk]), {"act": act, "text": "Terima kasih"}
    )

    assert (answer.status_code, answer["Location"]) == (303, page)
    reports[0].refresh_from_db()
    assert reports[0].state == state
    assert AuditEntry.objects.get(act=f"report.{act}").actor_name == "mia"
    assert client.get(page).status_code == 200


def test_a_report_names_its_reporter_without_a_link_to_a_page_of_people(
    client: Client, reports: list[Report], mia: User
) -> None:
    deciding.claim(report=reports[0], actor=mia)

    page = client.get(reverse("admin:reader_report_change", args=[reports[0].pk])).content.decode()

    assert ">ann<" in page
    assert "/admin/reader/user/" not in page


def test_a_click_that_comes_too_late_says_so(client: Client, reports: list[Report], mia: User) -> None:
    deciding.resolve(report=reports[0], actor=mia)

    act = reverse("admin:reader_report_act", args=[reports[0].pk])
    answer = client.post(act, {"act": "reject"}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["warning"]
    assert client.post(act, {"act": "lain"}).status_code == 404
    assert client.get(act).status_code == 405


def test_many_are_decided_after_a_page_that_asks(client: Client, reports: list[Report]) -> None:
    chosen = {"action": "resolve", "_selected_action": [report.pk for report in reports]}

    asked = client.post(LIST, chosen)
    assert asked.status_code == 200
    assert asked.context["count"] == 3
    assert Report.objects.open().count() == 3

    client.post(LIST, {**chosen, "confirmed": "1", "text": "Sudah", "reason": "aturan"})
    assert set(Report.objects.values_list("state", "answer")) == {("resolved", "Sudah")}
    assert AuditEntry.objects.filter(act="report.resolve", reason="aturan").count() == 3
