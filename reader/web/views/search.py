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
from reader.web.places import Place, reader_of, see_other
from reader.web.search import find_saved_searches, make_results


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Search the whole list; without a query, say how one searches, and which searches are kept."""
    user = reader_of(request)
    asked = request.GET
    results = make_results(
        user, _read_text(asked.get("q", "")), sort=asked.get("sort", ""), before=asked.get("before", "")
    )
    kept = () if results.entries else find_saved_searches(user)
    context = {"results": results, "saved_searches": kept, "place": Place.top("all")}
    return render(request, "search/search.html", context)


@require_safe
def show_saved(request: HttpRequest, search_id: int) -> HttpResponse:
    """Show what a kept search finds now."""
    user = reader_of(request)
    saved_search = get_object_or_404(SavedSearch.objects.of(user), pk=search_id)
    asked = request.GET
    results = make_results(
        user,
        saved_search.query,
        sort=asked.get("sort", ""),
        before=asked.get("before", ""),
        address=request.path_info,
    )
    context = {"results": results, "saved_search": saved_search, "place": Place.top("all")}
    return render(request, "search/search.html", context)


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


def _read_text(text: str) -> str:
    """One character more than is searched, so that a query that is too long is said to be."""
    return text.replace("\x00", "")[: MAX_QUERY_CHARACTERS + 1]
