"""What comes before reading: first set-up, language, a lost password, and the sign of life."""

from allauth.account import views as account_views
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.models import User
from reader.services import preferences, setup
from reader.services.inviting import is_invitation
from reader.web.accounts import INVITATION, KEPT_OUT
from reader.web.forms import SetupForm
from reader.web.places import find_next, see_other
from reader.web.views.faults import show_too_many_requests


@login_not_required
@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Make the first moderator with the code of the console; gone once there is a user."""
    if setup.is_set_up():
        raise Http404
    if request.method == "POST" and not ratelimit.consume(request, action="setup"):
        return show_too_many_requests(request)
    form = SetupForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "setup/setup.html", {"form": form}, status=422 if form.is_bound else 200)
    moderator = setup.create_first_moderator(
        username=form.cleaned_data["username"], password=form.cleaned_data["password"]
    )
    if moderator is None:
        return redirect(settings.LOGIN_URL)
    login(request, moderator, backend=settings.AUTHENTICATION_BACKENDS[0])
    messages.success(request, _("Welcome. Paste your first link below."))
    return see_other(resolve_url(settings.LOGIN_REDIRECT_URL))


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language: in a cookie for this browser, and for the person who is logged in."""
    language = request.POST.get("language", "")
    response = see_other(find_next(request) or resolve_url(settings.LOGIN_REDIRECT_URL))
    if language not in dict(settings.LANGUAGES):
        return response
    if isinstance(request.user, User):
        preferences.set_language(user=request.user, language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@login_not_required
def log_out(request: HttpRequest) -> HttpResponse:
    """Sign out as allauth does it, and have the browser forget what it keeps of the person."""
    response: HttpResponse = account_views.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_safe
def explain_password_reset(request: HttpRequest) -> HttpResponse:
    """There is no mail server: an administrator sets a new password at the desk."""
    return render(request, "account/password_reset.html")


@login_not_required
@never_cache
@require_safe
def open_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the invitation and lead to the form; it is used up when the account is made."""
    if not is_invitation(token):
        return render(request, "account/signup_closed.html", {"had_invitation": True}, status=404)
    if request.user.is_authenticated:
        messages.info(
            request, _("You have an account already; the invitation can be given to somebody else.")
        )
        return redirect(settings.LOGIN_REDIRECT_URL)
    request.session[INVITATION] = token
    return redirect("account_signup")


@login_not_required
@never_cache
@require_safe
def explain_kept_out(request: HttpRequest) -> HttpResponse:
    """Say why somebody who knew the password was not let in; the reason once, as others may sit here next."""
    told = request.session.get(KEPT_OUT, {})
    if told.get("why"):
        request.session[KEPT_OUT] = {"waits": told["waits"]}
    return render(request, "account/account_inactive.html", {"told": told})
