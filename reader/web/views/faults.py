"""Error pages. The two that can meet a half-started request stand in both languages and need nothing."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import patch_cache_control

from reader.web.signed_out import find_written


def show_server_error(request: HttpRequest) -> HttpResponse:
    return _show_plain("500.html", HTTPStatus.INTERNAL_SERVER_ERROR)


def show_storage_failed(request: HttpRequest) -> HttpResponse:
    response = _show_plain("503.html", HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"] = "60"
    return response


def show_bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show_plain("400.html", HTTPStatus.BAD_REQUEST)


def show_csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do, and give back what was written, if a page of ours sent it."""
    is_ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    written = find_written(request) if is_ours else ()
    response = render(request, "403_csrf.html", {"written": written}, status=HTTPStatus.FORBIDDEN)
    patch_cache_control(response, private=True, no_store=True)
    return response


def show_too_many_requests(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = "60"
    return response


def _show_plain(template: str, status: int) -> HttpResponse:
    """Render without session, user or language; without style when the collected files are missing."""
    try:
        stylesheet = static("css/teduh.css")
    except ValueError:
        stylesheet = ""
    return HttpResponse(render_to_string(template, {"stylesheet": stylesheet}), status=status)
