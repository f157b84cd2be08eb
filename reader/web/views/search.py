"""Searching, and the searches that a person keeps under a name."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader.models import SavedSearch
from reader.search import MAX_QUERY_CHARACTERS
from reader.services import searching
from reader.web.acts import find_undo_notice
from reader.web.many import find_many_notice
from reader.web.offers import find_offer_notice
from reader.web.places import SearchPlace, reader_of, see_other
from reader.web.search import Results, find_saved_searches, make_results
from reader.web.thrift import is_thrifty


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Search the whole list; without a query, say how one searches, and which searches are kept."""
    place = SearchPlace.of(request.GET.dict())
    results = make_results(reader_of(request), place, place.text)
    return _show(request, place, results)


@require_safe
def show_saved(request: HttpRequest, search_id: int) -> HttpResponse:
    """Show what a kept search finds now."""
    user = reader_of(request)
    saved_search = get_object_or_404(SavedSearch.objects.of(user), pk=search_id)
    place = SearchPlace.of(request.GET.dict(), kept=search_id)
    return _show(request, place, make_results(user, place, saved_search.query), saved_search)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the search under a name."""
    text = _read_text(request.POST.get("q", ""))
    kept = searching.keep_search(user=reader_of(request), name=request.POST.get("name", ""), text=text)
    if kept is None:
        messages.error(request, _("A search is kept under a name, and there may be a hundred of them."))
        return see_other(reverse("search"))
    messages.success(request, _("The search is kept"))
    return see_other(reverse("saved-search", args=[kept.pk]))


@require_POST
def drop(request: HttpRequest, search_id: int) -> HttpResponse:
    """Keep the search no longer; nothing else is deleted."""
    kept = get_object_or_404(SavedSearch.objects.of(reader_of(request)), pk=search_id)
    searching.drop_search(saved_search=kept)
    messages.success(request, _("The search “%(name)s” is no longer kept") % {"name": kept.name})
    return see_other(reverse("search"))


def _show(
    request: HttpRequest, place: SearchPlace, results: Results, saved_search: SavedSearch | None = None
) -> HttpResponse:
    user, asked = reader_of(request), request.GET
    done = asked.get("undo", "")
    notices = {
        "undo": find_undo_notice(user, done, asked.get("former", "")) or find_offer_notice(user, done),
        "many": find_many_notice(user, asked.get("many", "")),
    }
    kept = () if results.is_asked else find_saved_searches(user)
    context = {"results": results, "saved_searches": kept, "place": place, "saved_search": saved_search}
    return render(request, "search/search.html", {**context, **notices, "is_thrifty": is_thrifty(request)})


def _read_text(text: str) -> str:
    """One character more than is searched, so that a query that is too long is said to be."""
    return text.replace("\x00", "")[: MAX_QUERY_CHARACTERS + 1]
