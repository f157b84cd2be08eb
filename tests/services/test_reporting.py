"""Reports: one open a person and article, limited, decided once, and the reader is told."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest

from reader.models import AuditEntry, Report, User
from reader.refusals import AlreadyReported, TooManyReports
from reader.services import deciding
from reader.services.reporting import MAX_REPORTS_AN_HOUR, put_news_away, report_article
from tests.builders import make_article
from tests.services.at_once import run_at_once

Kind = Report.Kind


def make_report(user: User, **values: str) -> Report:
    return report_article(user=user, article=make_article(), kind=Kind.TEXT, **values)


@pytest.mark.django_db
def test_a_report_keeps_what_was_said_within_limits(ann: User) -> None:
    report = make_report(ann, passage=" kalimat ", note="x" * 5000)

    assert (report.passage, len(report.note), report.host) == ("kalimat", Report.MAX_WORDS, "berita.example")


@pytest.mark.django_db
def test_one_is_open_at_a_time_for_each_person_and_article(ann: User, ben: User, mia: User) -> None:
    article = make_article()
    first = report_article(user=ann, article=article, kind=Kind.TEXT)
    report_article(user=ben, article=article, kind=Kind.TEXT)

    with pytest.raises(AlreadyReported):
        report_article(user=ann, article=article, kind=Kind.OTHER)
    deciding.resolve(report=first, actor=mia)
    report_article(user=ann, article=article, kind=Kind.OTHER)
    assert not deciding.reopen(report=first, actor=mia)
    assert Report.objects.open().count() == 2


@pytest.mark.django_db
def test_there_is_a_limit_an_hour(ann: User) -> None:
    for _ in range(MAX_REPORTS_AN_HOUR):
        make_report(ann)

    with pytest.raises(TooManyReports):
        make_report(ann)


@pytest.mark.django_db(transaction=True)
def test_clicks_at_once_make_one_report(ann: User) -> None:
    article = make_article()

    def click() -> bool:
        try:
            report_article(user=ann, article=article, kind=Kind.TEXT)
        except AlreadyReported:
            return False
        return True

    assert sum(run_at_once(4, click)) == 1
    assert Report.objects.count() == 1


@pytest.mark.django_db
def test_a_report_goes_its_way_and_each_step_is_written_down(ann: User, mia: User) -> None:
    report = make_report(ann)

    assert deciding.claim(report=report, actor=mia)
    assert not deciding.claim(report=report, actor=mia)
    assert deciding.release(report=report, actor=mia)
    assert deciding.answer(report=report, actor=mia, text="sebentar")
    assert deciding.resolve(report=report, actor=mia, text="sudah", reason="aturan diperbaiki")
    assert not deciding.reject(report=report, actor=mia)
    assert deciding.reopen(report=report, actor=mia)
    assert deciding.reject(report=report, actor=mia)

    acts = AuditEntry.objects.filter(act__startswith="report.").order_by("pk").values_list("act", flat=True)
    assert [act.removeprefix("report.") for act in acts] == [
        "claim",
        "release",
        "answer",
        "resolve",
        "reopen",
        "reject",
    ]
    resolved = AuditEntry.objects.get(act="report.resolve")
    assert (resolved.before["state"], resolved.after["state"]) == ("open", "resolved")
    assert (resolved.reason, resolved.after["answer"]) == ("aturan diperbaiki", "sudah")


@pytest.mark.django_db
def test_the_reader_is_told_until_they_put_it_away(ann: User, ben: User, mia: User) -> None:
    first, second = make_report(ann), make_report(ann)

    def has_news() -> bool:
        return User.objects.get(pk=ann.pk).has_report_news

    deciding.resolve(report=first, actor=mia)
    deciding.reject(report=second, actor=mia)
    assert has_news()
    put_news_away(user=ben, report_ids=[first.pk, second.pk])
    put_news_away(user=ann, report_ids=[first.pk])
    assert has_news()
    put_news_away(user=ann, report_ids=[second.pk])
    assert not has_news()


def do_next(acts: Iterator[Callable[[], object]]) -> object:
    return next(acts)()


@pytest.mark.django_db(transaction=True)
def test_news_that_comes_while_other_news_is_put_away_is_told(ann: User, mia: User) -> None:
    for _ in range(5):
        first, second = make_report(ann), make_report(ann)
        deciding.resolve(report=first, actor=mia)
        acts: list[Callable[[], object]] = [
            partial(put_news_away, user=ann, report_ids=[first.pk]),
            partial(deciding.resolve, report=second, actor=mia),
        ]
        run_at_once(2, partial(do_next, iter(acts)))
        assert User.objects.get(pk=ann.pk).has_report_news
        put_news_away(user=ann, report_ids=[second.pk])


@pytest.mark.django_db
def test_a_report_outlives_its_reader(ann: User, mia: User) -> None:
    report = make_report(ann)
    ann.delete()

    report.refresh_from_db()
    assert report.reporter is None
    assert deciding.resolve(report=report, actor=mia)
