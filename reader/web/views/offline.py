"""Reading without a network: the worker, the manifest, what a device should keep, and what it sends late."""

from http import HTTPStatus
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from reader.services.sending_late import NOT_UNDERSTOOD, SentAct, carry_out
from reader.web.offline import (
    describe_refusal,
    dump_articles,
    find_articles,
    name_person,
    read_chosen,
    read_worker,
)
from reader.web.places import is_number, reader_of
from reader.web.progress import read_number
from reader.web.thrift import is_thrifty

_PAPER, _GREEN = "#fbfaf6", "#2c6049"


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker of the whole site; asked for again at every check, so that releases arrive."""
    response = HttpResponse(read_worker(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the site is installed, and that links may be shared with it, in the reader's language."""
    told = {
        "id": "/",
        "name": "Teduh",
        "short_name": "Teduh",
        "description": _("Read articles in calm, without ads."),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": reverse("list"),
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _GREEN,
        "categories": ["news", "books"],
        "icons": [
            _icon("teduh-192.png", "192x192"),
            _icon("teduh-512.png", "512x512"),
            _icon("teduh-maskable-512.png", "512x512", "maskable"),
            {"src": static("icons/teduh.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        ],
        "shortcuts": [
            _shortcut(_("Starred"), "starred"),
            _shortcut(_("Search"), "search"),
            _shortcut(_("Kept on this device"), "offline"),
        ],
        # By GET, which only asks: whoever leads a browser here saves nothing.
        "share_target": {
            "action": reverse("save"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(told, content_type="application/manifest+json")


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what is kept on this device; the page names nobody, so that it can be kept."""
    return render(request, "offline/offline.html", {"is_for_anybody": True})


@never_cache
@require_safe
def list_articles(request: HttpRequest) -> JsonResponse:
    """Tell a device which articles to keep, those that were chosen on it included."""
    chosen = read_chosen(request.GET.get("also", ""))
    articles = find_articles(reader_of(request), chosen, has_pictures=not is_thrifty(request))
    return JsonResponse({"articles": dump_articles(articles)})


@never_cache
@require_safe
def give_token(request: HttpRequest) -> JsonResponse:
    """Give a fresh token for what is sent late: that of the kept page may be of an earlier login."""
    return JsonResponse({"token": get_token(request)})


def _icon(name: str, sizes: str, purpose: str = "any") -> dict[str, str]:
    return {"src": static(f"icons/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}


def _shortcut(name: str, view: str) -> dict[str, object]:
    return {"name": name, "url": reverse(view), "icons": [_icon("teduh-192.png", "192x192")]}


@never_cache
@require_POST
def take_act(request: HttpRequest) -> JsonResponse:
    """Do one act that was done without a network; tell in a sentence why not, where it cannot be done.

    409 to the acts of another person: they wait on the device for theirs.
    """
    user = reader_of(request)
    if request.POST.get("person") != name_person(user):
        return JsonResponse({}, status=HTTPStatus.CONFLICT)
    act = _read_act(request)
    if act is None:
        return JsonResponse(
            {"refused": describe_refusal(NOT_UNDERSTOOD)}, status=HTTPStatus.UNPROCESSABLE_ENTITY
        )
    refusal = carry_out(user=user, act=act)
    return JsonResponse({"refused": describe_refusal(refusal) if refusal else ""})


def _read_act(request: HttpRequest) -> SentAct | None:
    data = request.POST
    article = data.get("article", "")
    try:
        key = UUID(data.get("key", ""))
    except ValueError:
        return None
    return SentAct(
        key=key,
        name=data.get("act", ""),
        article_id=int(article) if is_number(article) else 0,
        links=data.get("links", ""),
        progress=round(read_number(data.get("progress", ""))),
        position=read_number(data.get("position", "")),
        is_read=bool(data.get("done")),
        seconds_ago=read_number(data.get("ago", "")),
    )
