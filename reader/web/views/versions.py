"""An article's versions, for those who have the article on their list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reader.models import SavedArticle
from reader.web.places import Place, reader_of
from reader.web.versions import make_comparison, make_earlier_text, make_version_list


@require_safe
def show_versions(request: HttpRequest, article_id: int) -> HttpResponse:
    saved = _get_saved(request, article_id)
    return _render(request, "list", saved, make_version_list(saved))


@require_safe
def show_version(request: HttpRequest, article_id: int, version_id: int) -> HttpResponse:
    """Show an earlier text as it was."""
    saved = _get_saved(request, article_id)
    return _render(request, "version", saved, make_earlier_text(saved, version_id))


@require_safe
def show_changes(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show what changed between two versions, word by word."""
    saved = _get_saved(request, article_id)
    return _render(request, "changes", saved, make_comparison(saved, request.GET))


def _get_saved(request: HttpRequest, article_id: int) -> SavedArticle:
    own = SavedArticle.objects.of(reader_of(request)).present().select_related("article")
    return get_object_or_404(own, article_id=article_id)


def _render(request: HttpRequest, name: str, saved: SavedArticle, reading: object | None) -> HttpResponse:
    """Answer with the page, or with 404 where there is no such version."""
    if reading is None:
        raise Http404
    place = Place("archive" if saved.archived_at else "list")
    return render(request, f"versions/{name}.html", {"reading": reading, "place": place})
