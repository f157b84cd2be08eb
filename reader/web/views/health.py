"""What machines ask of the site: whether it lives, whether it is ready for readers, and its numbers."""

from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.services.monitoring import check_readiness, measure_site
from reader.web.exposition import CONTENT_TYPE, render_metrics


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks neither session nor database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say of each thing that readers depend on how it is, without secrets; 503 unless all is well."""
    checks = check_readiness()
    is_ready = all(check.is_ok for check in checks)
    told = {check.name: {"ok": check.is_ok, "told": check.told} for check in checks}
    status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse({"ready": is_ready, "checks": told}, status=status)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give the numbers to who brings the token; without a token set, there is no such page."""
    if not settings.READER_METRICS_TOKEN:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    is_known = constant_time_compare(token.strip(), settings.READER_METRICS_TOKEN)
    if scheme.lower() != "bearer" or not is_known:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(render_metrics(measure_site()), content_type=CONTENT_TYPE)
