"""A person's preferences: how pages look, what reading does by itself, and saving from other pages."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reader.services import preferences
from reader.web.places import find_next, is_number, reader_of, see_other

_WORDS = ("theme", "face")
_NUMBERS = ("text_size", "line_height", "text_width", "kept_offline")
_CHECKS = ("is_justified", "archives_at_end", "saves_data")
# It only goes to another page, so no site's own policy for scripts stops it.
_BOOKMARKLET = "javascript:location.href='{address}?url='+encodeURIComponent(location.href)"


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Show the preferences; keep those that are posted and go back to where they were chosen."""
    if request.method == "POST":
        return _keep(request)
    bookmarklet = _BOOKMARKLET.format(address=request.build_absolute_uri(reverse("save")))
    next_page = find_next(request) or request.get_full_path()
    return render(request, "preferences/preferences.html", {"bookmarklet": bookmarklet, "next": next_page})


def _keep(request: HttpRequest) -> HttpResponse:
    user = reader_of(request)
    if request.POST.get("reset"):
        preferences.reset_reading(user=user)
    else:
        preferences.set_reading(user=user, values=_read_choices(request.POST.dict()))
    if request.POST.get("quiet"):
        return HttpResponse(status=204)
    messages.success(request, _("Kept"))
    return see_other(find_next(request) or reverse("preferences"))


def _read_choices(data: Mapping[str, str]) -> dict[str, object]:
    """Return what was chosen by the names of columns; what was not sent is not there."""
    chosen: dict[str, object] = {name: data[name] for name in _WORDS if name in data}
    chosen |= {name: bool(data[name]) for name in _CHECKS if name in data}
    numbers = {name: data[name] for name in _NUMBERS if name in data}
    chosen |= {name: int(value) for name, value in numbers.items() if is_number(value, 3)}
    return chosen
