"""One article: reading it, moving it between lists, fetching it again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader.errors import LinkRefused
from reader.models import ListAct, SavedArticle
from reader.services import refetching, tidying
from reader.services.acting import act_on_many
from reader.services.progress import keep_progress
from reader.services.saving import save_links
from reader.web.acts import ACTS, REACH_TRASH, make_undo_notice
from reader.web.counts import count_lists
from reader.web.entries import make_list_entry
from reader.web.middleware import is_htmx
from reader.web.places import Place, find_place, is_number, reader_of, see_other
from reader.web.progress import read_number
from reader.web.reading import make_reading
from reader.web.related import web_url
from reader.web.reports import make_report_state
from reader.web.sentences import sentence_for
from reader.web.thrift import is_thrifty


@require_safe
def read(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the article, or where it is on its way; a page that asks again gets 204 while nothing changed."""
    user = reader_of(request)
    own = SavedArticle.objects.of(user).present().select_related("article").for_reading()
    saved = get_object_or_404(own, article_id=article_id)
    if is_htmx(request) and request.GET.get("seen") == saved.article.state:
        response = HttpResponse(status=204)
    else:
        place = find_place(request, Place.top("archive" if saved.archived_at else "list"))
        reading = make_reading(saved, user, place, is_thrifty=is_thrifty(request))
        is_reported = getattr(saved, "is_reported", True)
        report = make_report_state(user, saved.article, is_reported=is_reported)
        context = {"reading": reading, "place": place, "report": report}
        response = render(request, "reading/reading.html", context)
    patch_vary_headers(response, ("HX-Request", "Save-Data"))
    return response


@require_POST
def change(request: HttpRequest, article_id: int, act: str) -> HttpResponse:
    """Archive, star, delete, or take one of these back, and offer to undo it where the person was.

    In place, an entry that still belongs to the list is shown as it now is; its button is then the other one.
    """
    own = SavedArticle.objects.of(reader_of(request)).for_list().with_offer()
    saved = get_object_or_404(own if act in REACH_TRASH else own.present(), article_id=article_id)
    ACTS[act].do(saved=saved)
    place = Place.read(request.POST.dict())
    is_undo = request.POST.get("undo") == "1"
    if is_htmx(request):
        common = {"place": place, "counts": count_lists(reader_of(request)) if place.is_list else {}}
        if is_undo or place.has(saved):
            focus = "title" if is_undo else ACTS[act].undo
            context = {**common, "entry": make_list_entry(saved), "focus": focus}
            return render(request, "list/entry.html", context)
        return render(request, "list/undo_row.html", {**common, "undo": make_undo_notice(saved, act)})
    if request.POST.get("stay"):
        return see_other(_stay(request, "foot"))
    return see_other(place.url() if is_undo else place.url(undo=f"{act}-{article_id}"))


@require_POST
def note_progress(request: HttpRequest, article_id: int) -> HttpResponse:
    """Keep how far the person was; what was read to its end goes to the archive, for who likes that.

    The answer says whether it did just now.
    """
    user = reader_of(request)
    saved = get_object_or_404(SavedArticle.objects.of(user).present(), article_id=article_id)
    is_newest = keep_progress(
        saved=saved,
        progress=round(read_number(request.POST.get("progress", ""))),
        position=read_number(request.POST.get("position", "")),
        seconds_ago=read_number(request.POST.get("ago", "")),
    )
    is_done = bool(is_newest and request.POST.get("done") and user.archives_at_end and not saved.archived_at)
    if is_done:
        tidying.archive(saved=saved)
    return JsonResponse({"archived": is_done})


@require_POST
def save_related(request: HttpRequest, article_id: int) -> HttpResponse:
    """Save one of the links that the article names, and stay on its page."""
    user = reader_of(request)
    own = SavedArticle.objects.of(user).present().select_related("article")
    related = get_object_or_404(own, article_id=article_id).article.related
    number = request.POST.get("number", "")
    if not (is_number(number, 4) and int(number) < len(related)):
        raise Http404
    try:
        outcome = save_links(user=user, text=web_url(related[int(number)].get("url", "")))
        refused: list[LinkRefused] = [each.error for each in outcome.refused]
    except LinkRefused as error:
        refused = [error]
    for refusal in refused:
        sentence = sentence_for(refusal.code)
        messages.error(request, f"{sentence.happened} {sentence.advice}")
    return see_other(_stay(request, "related"))


def _stay(request: HttpRequest, fragment: str) -> str:
    """Return the address of the article's page, with the list that it was opened from."""
    article_id = request.resolver_match.kwargs["article_id"]  # type: ignore[union-attr]  # a view has one
    place = Place.read(request.POST.dict())
    return f"{reverse('reading', args=[article_id])}{place.as_query}#{fragment}"


@require_POST
def retry(request: HttpRequest, article_id: int) -> HttpResponse:
    """Fetch the article again; what is on its way already is left alone."""
    own = SavedArticle.objects.of(reader_of(request)).present()
    saved = get_object_or_404(own, article_id=article_id)
    act = act_on_many(user=reader_of(request), name=ListAct.Name.RETRY, article_ids=[saved.article_id])
    if request.POST.get("back") == "reading":
        return see_other(request.path_info.removesuffix("retry/"))
    return see_other(Place.read(request.POST.dict()).url(many=str(act.pk)))


@require_POST
def refetch(request: HttpRequest, article_id: int) -> HttpResponse:
    """Fetch the article again although it is whole, in case the publisher changed it."""
    own = SavedArticle.objects.of(reader_of(request)).present()
    saved = get_object_or_404(own, article_id=article_id)
    if not refetching.refetch_for_reader(article_id=saved.article_id):
        messages.info(request, _("It was fetched a moment ago; ask again in ten minutes."))
    return see_other(request.path_info.removesuffix("refetch/"))
