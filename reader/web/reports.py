"""What a reader sees of reports: the form, how their own stands, and the news on the list."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reader.models import Article, Report, User
from reader.services.reporting import find_latest_report
from reader.web.moments import format_day

_NEWS_AT_ONCE = 5
_HOW_IT_STANDS: dict[str, Promise] = {
    Report.State.OPEN: _("You reported this article on %(day)s. A moderator will look at it."),
    Report.State.RESOLVED: _("Your report of %(day)s was looked at, and the article put right."),
    Report.State.REJECTED: _("Your report of %(day)s was looked at; the article stays as it is."),
}
_NEWS: dict[str, Promise] = {
    Report.State.OPEN: _("A moderator answers your report of"),
    Report.State.RESOLVED: _("Put right after your report:"),
    Report.State.REJECTED: _("Looked at after your report, and left as it is:"),
}


class ReportForm(forms.Form):
    """What is wrong with an article."""

    kind = forms.ChoiceField(label=_("What is wrong?"), choices=Report.Kind.choices, widget=forms.RadioSelect)
    passage = forms.CharField(
        label=_("The passage that it is about"),
        required=False,
        max_length=Report.MAX_WORDS,
        help_text=_("Mark it in the article before you open this form, or paste it here."),
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    note = forms.CharField(
        label=_("What should a moderator know?"),
        required=False,
        max_length=Report.MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """How the person's newest report of an article stands; all strings are plain text."""

    article_id: int
    text: str = ""
    answer: str = ""
    can_report: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNews:
    """What came of one report, for the list."""

    id: int
    article_id: int
    text: str | Promise
    title: str
    answer: str


def make_report_state(user: User, article: Article, *, is_reported: bool = True) -> ReportState | None:
    """Return how the person's report stands; None for a text of their own, which no moderator sees.

    Nothing is asked where it is known that there is no report.
    """
    if article.owner_id is not None:
        return None
    report = find_latest_report(user=user, article_id=article.pk) if is_reported else None
    if report is None:
        return ReportState(article_id=article.pk)
    return ReportState(
        article_id=article.pk,
        text=str(_HOW_IT_STANDS[report.state]) % {"day": format_day(report.created_at.date())},
        answer=report.answer,
        can_report=report.state != Report.State.OPEN,
    )


def find_report_news(user: User) -> tuple[ReportNews, ...]:
    """Return what the person has not put away yet, newest first; no query where there is nothing."""
    if not user.has_report_news:
        return ()
    found = Report.objects.unseen_outcomes_of(user).newest_first().select_related("article")
    rows = found.defer("article__content", "article__text", "article__trace", "article__related")
    return tuple(
        ReportNews(
            id=report.pk,
            article_id=report.article_id,
            text=_NEWS[report.state],
            title=str(report.article),
            answer=report.answer,
        )
        for report in rows[:_NEWS_AT_ONCE]
    )
