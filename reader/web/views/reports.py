"""Reporting an article, and putting away the news of what came of it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reader.models import Report, SavedArticle
from reader.refusals import ReportRefused
from reader.services.reporting import put_news_away, report_article
from reader.web.entries import make_entry
from reader.web.places import Place, is_number, reader_of, see_other
from reader.web.reports import ReportForm, make_report_state
from reader.web.sentences import sentence_for

_MOST_NEWS = 100


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the form, or send the report; what is refused comes back with what was written."""
    user = reader_of(request)
    own = SavedArticle.objects.of(user).present().for_list()
    saved = get_object_or_404(own, article_id=article_id, article__owner=None)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            report_article(
                user=user,
                article=saved.article,
                kind=Report.Kind(form.cleaned_data["kind"]),
                passage=form.cleaned_data["passage"],
                note=form.cleaned_data["note"],
            )
        except ReportRefused as error:
            sentence = sentence_for(error.code)
            form.add_error(None, f"{sentence.happened} {sentence.advice}")
        else:
            messages.success(request, _("Thank you. A moderator will look at it."))
            return see_other(f"{reverse('reading', args=[article_id])}#report")
    context = {"form": form, "entry": make_entry(saved), "report": make_report_state(user, saved.article)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "report/report.html", context, status=status)


@require_POST
def put_away(request: HttpRequest) -> HttpResponse:
    """Put the shown news away; what came in the meantime stays."""
    ids = request.POST.getlist("report")[:_MOST_NEWS]
    numbers = [int(text) for text in ids if is_number(text)]
    put_news_away(user=reader_of(request), report_ids=numbers)
    return see_other(Place.read(request.POST.dict()).url())
