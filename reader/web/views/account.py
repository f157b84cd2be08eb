"""A person's own account: what it may hold, all of it to take along, and leaving."""

from datetime import datetime

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.models import User
from reader.services import leaving
from reader.services.limits import MEGABYTE, measure_usage
from reader.services.roles import LastAdministrator
from reader.web.moments import format_moment
from reader.web.places import reader_of, see_other
from reader.web.taking_along import write_archive
from reader.web.views.faults import show_too_many_requests


class LeaveForm(forms.Form):
    """The password, so that nobody else at this browser deletes the account."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self._user.check_password(password):
            raise forms.ValidationError(_("This is not your password. Nothing was deleted."))
        return password


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what the account holds and may hold, and the ways to take it along and to leave."""
    usage = measure_usage(user=reader_of(request))
    limits = usage.limits
    held = [
        (_("New articles saved today"), _group(usage.saves), _group(limits.saves_per_day)),
        (
            _name_stored(usage.stored_counted_at),
            _group(-(-usage.stored_bytes // MEGABYTE)),
            _group(limits.stored_megabytes),
        ),
        (_("Highlights"), _group(usage.highlights), _group(limits.most_highlights)),
    ]
    return render(request, "account/account.html", {"held": held})


@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """Give all that is the person's own as one archive, as it is made."""
    user = reader_of(request)
    if not ratelimit.consume(request, action="export", user=user):
        return show_too_many_requests(request)
    response = StreamingHttpResponse(write_archive(user), content_type="application/zip")
    name = f"teduh-{timezone.localdate().isoformat()}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ask for the password, then let the account be deleted after some days."""
    user = reader_of(request)
    if request.method == "POST" and not ratelimit.consume(request, action="delete_account", user=user):
        return show_too_many_requests(request)
    form = LeaveForm(request.POST or None, user=user)
    if form.is_bound and form.is_valid():
        try:
            leaving.leave(user=user, actor=user)
        except LastAdministrator:
            form.add_error(
                None,
                _("You are the last administrator here. Make somebody else one first."),
            )
        else:
            return see_other(reverse("account"))
    context = {"form": form, "days": leaving.DAYS}
    return render(request, "account/leave.html", context, status=422 if form.is_bound else 200)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the account after all."""
    user = reader_of(request)
    if leaving.stay(user=user, actor=user):
        messages.success(request, _("Your account stays."))
    return see_other(reverse("account"))


def _name_stored(counted_at: datetime | None) -> str:
    if counted_at is None:
        return _("Pages and pictures on your list, in megabytes")
    words = _("Pages and pictures on your list, in megabytes (counted on %(moment)s)")
    return words % {"moment": format_moment(counted_at)}


def _group(number: int) -> str:
    return number_format(number, force_grouping=True)
