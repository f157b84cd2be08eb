"""Serving kept pictures: for whom they are kept, for good, and as nothing but pictures."""

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reader.models import Asset, SavedArticle, User
from reader.services.pictures import find_asset
from reader.web.awaited import find_arrivals
from reader.web.places import is_number, reader_of
from reader.web.thrift import is_thrifty

# Where nginx looks for the files; README.md shows the location that belongs to it.
_ACCEL_PREFIX: Final = "/_assets/"
_HEADERS: Final = {
    # The address says which bytes these are, so they never change. Private: who may see them is asked here.
    "Cache-Control": "private, max-age=31536000, immutable",
    # Opened by itself a picture is a document of this site, and may do nothing there.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@login_not_required
@require_safe
def show(request: HttpRequest, sha256: str) -> HttpResponse:
    """Answer with the picture; 404 to strangers, also in place of the login page, which is no picture."""
    asset = find_asset(user=request.user, sha256=sha256) if isinstance(request.user, User) else None
    if asset is None:
        raise Http404
    response = _hand_over(asset) if settings.READER_SERVE_ASSETS == "accel" else _send(asset)
    for name, value in _HEADERS.items():
        response.headers[name] = value
    return response


@require_safe
def show_arrivals(request: HttpRequest, article_id: int) -> HttpResponse:
    """Answer an open page with the pictures that came meanwhile, and with how it asks for the others."""
    own = SavedArticle.objects.of(reader_of(request)).present().select_related("article")
    article = get_object_or_404(own, article_id=article_id).article
    times = request.GET.get("times", "")
    number = int(times) if is_number(times, 3) else 0
    arrivals, awaiting = find_arrivals(article, request.GET.get("keys", ""), number)
    context = {"arrivals": arrivals, "awaiting": awaiting, "article_id": article_id}
    return render(request, "reading/arrivals.html", {**context, "thrift": is_thrifty(request)})


def _hand_over(asset: Asset) -> HttpResponse:
    response = HttpResponse(content_type=asset.content_type)
    response.headers["X-Accel-Redirect"] = f"{_ACCEL_PREFIX}{asset.file.name}"
    return response


def _send(asset: Asset) -> HttpResponse:
    """Send it in one piece: what we encode has a few hundred kilobytes at most."""
    try:
        with asset.file.open("rb") as stored:
            return HttpResponse(stored.read(), content_type=asset.content_type)
    except FileNotFoundError as error:
        raise Http404 from error
