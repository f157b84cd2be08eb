"""What holds for every page: first set-up, login, language, and the headers that close what is not needed."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import middleware as auth_middleware
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from reader.models import User
from reader.services import setup
from reader.services.people import note_active
from reader.web.offline import LOCATION_HEADER, PERSON_HEADER, WORKER_HEADER, name_person
from reader.web.signed_out import find_written, give_back
from reader.web.views.faults import show_storage_failed

logger = logging.getLogger(__name__)

_GetResponse = Callable[[HttpRequest], HttpResponse]

_FEATURES = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media fullscreen "
    "geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer microphone "
    "midi payment picture-in-picture screen-wake-lock serial storage-access usb xr-spatial-tracking"
)
_PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _FEATURES.split())
_OTHERS_PREFIXES = ("/admin/", "/accounts/")
_PAGE_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
# Answered without session and user, and before there is one.
_BARE_PREFIXES = ("/health/", "/metrics", "/sw.js", "/aids/", settings.STATIC_URL)


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether htmx asks, so that a part of the page may answer."""
    return bool(getattr(request, "htmx", False))


class PermissionsPolicyMiddleware:
    """Switches off the browser features that no page uses, and keeps private pages out of shared caches."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = _PERMISSIONS_POLICY
        if "Cache-Control" not in response.headers:
            # Asked for again at every visit, but not `no-store`: going back in the browser stays instant.
            patch_cache_control(response, private=True, no_cache=True)
        return response


class OddMethodsMiddleware:
    """Answers 405 where Django's and allauth's own views would take any method for GET."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in _PAGE_METHODS or not request.path_info.startswith(_OTHERS_PREFIXES):
            return self.get_response(request)
        return HttpResponseNotAllowed(_PAGE_METHODS)


class StorageFailedMiddleware:
    """Says so where nothing can be read or written now: it passes, and it is no fault of the page."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError):
            return None
        logger.error("%s %s: the database failed", request.method, request.path, exc_info=exception)
        return show_storage_failed(request)


class SetupMiddleware:
    """Sends everybody to the set-up page while no user exists; the positive answer is remembered."""

    is_set_up = False

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not SetupMiddleware.is_set_up and not request.path_info.startswith(_BARE_PREFIXES):
            SetupMiddleware.is_set_up = setup.is_set_up()
            allowed = {reverse("setup"), reverse("language")}
            if not SetupMiddleware.is_set_up and request.path_info not in allowed:
                return redirect("setup")
        return self.get_response(request)


class LoginRequiredMiddleware(auth_middleware.LoginRequiredMiddleware):
    """Login for every view that does not say otherwise, and back to the page that one was on."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            # Asked first: Django's own middleware loads session and user even then.
            return None
        response: HttpResponseBase | None = super().process_view(request, view_func, view_args, view_kwargs)
        return response

    def get_login_url(self, view_func: Any) -> str:
        """One entrance for all; the desk has no login of its own."""
        return settings.LOGIN_URL

    def handle_no_permission(  # type: ignore[override]  # some answers are pages
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        written = find_written(request) if request.method == "POST" else ()
        given_back = give_back(request, written) if written else None
        if given_back:
            return given_back
        if is_htmx(request):
            # A part of a page must not be replaced by the login form: htmx is told to leave the page.
            page = request.htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)  # type: ignore[attr-defined]
            return cast("HttpResponse", HttpResponseClientRedirect(redirect_to_login(page).url))
        if request.method not in {"GET", "HEAD"}:
            # Nothing was written, and coming back to this address by GET would be a dead end.
            return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))
        return cast("HttpResponse", super().handle_no_permission(request, view_func))


class PersonMiddleware:
    """Says for whom a page was made, in a name that means nothing elsewhere; browsers keep by it.

    A redirect that answers the service worker is told in a header, as it could not see whose it is.
    """

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not request.path_info.startswith((*_BARE_PREFIXES, "/pictures/")):
            response.headers[PERSON_HEADER] = name_person(request.user)
            if WORKER_HEADER in request.headers and "Location" in response.headers:
                response.headers[LOCATION_HEADER] = response.headers["Location"]
                del response.headers["Location"]
                response.status_code = HTTPStatus.OK
        return response


class ReaderLanguageMiddleware:
    """Puts the person's own choice of language before the browser's."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(_BARE_PREFIXES):
            user = request.user
            if isinstance(user, User) and user.language:
                translation.activate(user.language)
        return self.get_response(request)


class LastActiveMiddleware:
    """Notes on which day a person was last there, whenever they do something that writes anyway.

    Reading a page writes nothing, and so works also while nothing can be written.
    """

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and not request.path_info.startswith(_BARE_PREFIXES):
            user = request.user
            if isinstance(user, User) and response.status_code < HTTPStatus.BAD_REQUEST:
                note_active(user=user)
        return response
