"""Pages of the desk that are no lists or forms of Django's: who may see them, and their frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reader.models.user import MODERATE

View = Callable[..., HttpResponse]


def for_moderators(view: Callable[..., Any]) -> View:
    """Let only moderators in: strangers are led to the login, readers are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(MODERATE):
            raise PermissionDenied
        return cast("HttpResponse", view(request, *args, **kwargs))

    return cast("View", admin.site.admin_view(guarded))


def render_desk(
    request: HttpRequest, template: str, *, title: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page in the frame of the admin."""
    frame = admin.site.each_context(request)
    return render(request, f"admin/{template}", {**frame, "title": title, **context}, status=status)
