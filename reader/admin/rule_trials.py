"""Trials of drafts on the desk: how far they are, what would be better and worse, and the words of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reader.admin.desk_pages import render_desk
from reader.admin.rule_editor import check_host, read_version, refuse
from reader.admin.rule_words import OUTCOMES, name_why
from reader.errors import ReaderError
from reader.models import RuleTrial, RuleTrialResult, SiteRule
from reader.services import previewing, ruling
from reader.web.middleware import is_htmx
from reader.web.word_diff import diff_texts

_MOST_SHOWN = 100
# Of the worst so many, the words can be read in the table; each costs an extraction when it is opened.
_MOST_INLINE = 5


def trial(request: HttpRequest, host: str) -> HttpResponse:
    """Show the trial of the rule, the worst first; by POST begin one."""
    check_host(host)
    rule = get_object_or_404(SiteRule, host=host)
    if request.method == "POST":
        return _begin(request, host)
    title = _("Regression of %(site)s") % {"site": host}
    return render_desk(request, "rules/trial.html", title=title, **_prepare(rule, request))


@require_safe
def progress(request: HttpRequest, host: str) -> HttpResponse:
    """Show how far the trial is: a part of its page."""
    check_host(host)
    rule = get_object_or_404(SiteRule, host=host)
    return render_desk(request, "rules/trial_state.html", **_prepare(rule, request))


@require_safe
def article(request: HttpRequest, host: str, article_id: int) -> HttpResponse:
    """Show, word by word, what the trial's draft would change in one article: a page or a part of one."""
    check_host(host)
    found = RuleTrialResult.objects.select_related("trial__rule").filter(
        trial__rule__host=host, article_id=article_id, article__owner=None
    )
    result = get_object_or_404(found)
    try:
        tried = previewing.try_article(trial=result.trial, article_id=article_id)
    except ReaderError:
        tried = None
    if tried is None:
        raise Http404
    return render_desk(
        request,
        "rules/trial_words.html" if is_htmx(request) else "rules/trial_article.html",
        title=str(tried.held),
        host=host,
        article_id=article_id,
        outcome=OUTCOMES.get(tried.outcome, ""),
        why=name_why(tried.why),
        diff=diff_texts(tried.held.text, tried.newer.text if tried.newer else ""),
    )


def _begin(request: HttpRequest, host: str) -> HttpResponse:
    try:
        ruling.begin_trial(host=host, version=read_version(request))
    except ReaderError as error:
        return refuse(request, host, error)
    return redirect("admin:reader_siterule_trial", host)


def _prepare(rule: SiteRule, request: HttpRequest) -> dict[str, Any]:
    trial = RuleTrial.objects.filter(rule=rule).order_by("-pk").first()
    outcome = request.GET.get("outcome", "")
    results: list[RuleTrialResult] = []
    if trial:
        chosen = trial.results.filter(article__owner=None)
        chosen = chosen.filter(outcome=outcome) if outcome in OUTCOMES else chosen
        shown = chosen.worst_first().select_related("article").defer("article__content", "article__text")
        results = list(shown[:_MOST_SHOWN])
    with_words = [each.pk for each in results if each.outcome in {"worse", "better"}]
    return {
        "host": rule.host,
        "rule": rule,
        "trial": trial,
        "is_current": trial is not None and trial.text == rule.draft,
        "inline": with_words[:_MOST_INLINE] if trial and trial.finished_at else [],
        "rows": [(each, OUTCOMES.get(each.outcome, ""), name_why(each.why)) for each in results],
    }
