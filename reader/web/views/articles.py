"""One article: reading it, moving it between lists, fetching it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader.models import SavedArticle
from reader.services import refetching
from reader.web.acts import ACTS, REACH_TRASH, make_undo_notice
from reader.web.entries import make_list_entry
from reader.web.middleware import is_htmx
from reader.web.places import Place, reader_of, see_other
from reader.web.reading import make_reading
from reader.web.reports import make_report_state


@require_safe
def read(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the article, or where it is on its way; a page that asks again gets 204 while nothing changed."""
    own = SavedArticle.objects.of(reader_of(request)).present().select_related("article")
    saved = get_object_or_404(own, article_id=article_id)
    if is_htmx(request) and request.GET.get("seen") == saved.article.state:
        response = HttpResponse(status=204)
    else:
        place = Place.top("archive" if saved.archived_at else "list")
        report = make_report_state(reader_of(request), saved.article)
        context = {"reading": make_reading(saved), "place": place, "report": report}
        response = render(request, "reading/reading.html", context)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_POST
def change(request: HttpRequest, article_id: int, act: str) -> HttpResponse:
    """Archive, star, delete, or take one of these back, and offer to undo it where the person was.

    In place, an entry that still belongs to the list is shown as it now is; its button is then the other one.
    """
    own = SavedArticle.objects.of(reader_of(request)).for_list()
    saved = get_object_or_404(own if act in REACH_TRASH else own.present(), article_id=article_id)
    ACTS[act].do(saved=saved)
    place = Place.read(request.POST.dict())
    is_undo = request.POST.get("undo") == "1"
    if is_htmx(request):
        if is_undo or place.has(saved):
            focus = "title" if is_undo else ACTS[act].undo
            context = {"entry": make_list_entry(saved), "place": place, "focus": focus}
            return render(request, "list/entry.html", context)
        return render(request, "list/undo_row.html", {"undo": make_undo_notice(saved, act), "place": place})
    return see_other(place.url() if is_undo else place.url(undo=f"{act}-{article_id}"))


@require_POST
def retry(request: HttpRequest, article_id: int) -> HttpResponse:
    """Fetch the article again; what is on its way already is left alone."""
    own = SavedArticle.objects.of(reader_of(request)).present()
    saved = get_object_or_404(own, article_id=article_id)
    refetching.retry(article_ids=[saved.article_id])
    if request.POST.get("back") == "reading":
        return see_other(request.path_info.removesuffix("retry/"))
    return see_other(Place.read(request.POST.dict()).url())


@require_POST
def refetch(request: HttpRequest, article_id: int) -> HttpResponse:
    """Fetch the article again although it is whole, in case the publisher changed it."""
    own = SavedArticle.objects.of(reader_of(request)).present()
    saved = get_object_or_404(own, article_id=article_id)
    if not refetching.refetch_for_reader(article_id=saved.article_id):
        messages.info(request, _("It was fetched a moment ago; ask again in ten minutes."))
    return see_other(request.path_info.removesuffix("refetch/"))
