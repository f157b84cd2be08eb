"""What only scripts show and say, under an address of its content."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from reader.web.aids import read_aids

_YEAR = 365 * 24 * 3600


@login_not_required
@require_safe
def show(request: HttpRequest, language: str, version: str) -> HttpResponse:
    """Give them, to be kept for ever; to a page of an earlier release those of now, to be asked for again."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    aids = read_aids(language)
    response = HttpResponse(aids.content, content_type="application/json")
    if version == aids.version:
        patch_cache_control(response, private=True, max_age=_YEAR, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response
