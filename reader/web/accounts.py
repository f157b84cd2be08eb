"""How accounts behave here: who may sign up, with what, and what those are told who are kept out."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm
from allauth.account.views import SignupView
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from reader.models import User
from reader.models.house_rules import SignUp
from reader.refusals import SignUpRefused
from reader.services import joining
from reader.services.inviting import is_invitation
from reader.web.signed_out import hand_over

# What a session remembers of a stranger.
INVITATION = "invitation"
KEPT_OUT = "kept-out"


def read_invitation(request: HttpRequest) -> str:
    """Return the token of the invitation with which this browser came, or nothing."""
    return str(request.session.get(INVITATION, ""))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """allauth's behaviour, with sign-up as administrators have set it and our own words where people fail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts. Please wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return joining.may_sign_up(token=read_invitation(request))

    def save_user(self, request: HttpRequest, user: User, form: forms.BaseForm, commit: bool = True) -> User:
        """Make the account in one transaction with what its invitation or its waiting is."""
        super().save_user(request, user, form, commit=False)
        application = form.cleaned_data.get("application", "")
        joining.join(user=user, token=read_invitation(request), application=application)
        request.session.pop(INVITATION, None)
        return user

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        hand_over(request, user)
        return super().post_login(request, user, **told)  # type: ignore[no-any-return]

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        # Only who knew the password, or has just signed up, comes here.
        request.session[KEPT_OUT] = {"waits": user.applied_at is not None, "why": user.suspended_why}
        return redirect("account_inactive")


class SignUpForm(SignupForm):  # type: ignore[misc]  # allauth publishes no types
    """User name and password; where administrators decide, also what they should know."""

    application = forms.CharField(
        label=_("Who are you, and why would you like to read here?"),
        help_text=_("An administrator reads this and decides."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(self, *args: Any, asks_why: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        application = self.fields.pop("application")
        if asks_why:
            # After what everybody is asked.
            self.fields["application"] = application

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        try:
            return super().try_save(request)  # type: ignore[no-any-return]
        except SignUpRefused:
            # The page says why it is closed now.
            return None, redirect("account_signup")


class SignUpView(SignupView):  # type: ignore[misc]  # allauth publishes no types
    """allauth's page; it says which way in there is."""

    def get_form_class(self) -> type[SignUpForm]:
        return SignUpForm

    def get_form_kwargs(self) -> dict[str, Any]:
        is_asked = joining.read_mode() == SignUp.APPROVAL and not is_invitation(read_invitation(self.request))
        return {**super().get_form_kwargs(), "asks_why": is_asked}

    def closed(self) -> HttpResponse:
        is_by_invitation = joining.read_mode() == SignUp.INVITATION
        context = {
            "is_by_invitation": is_by_invitation,
            "had_invitation": is_by_invitation and bool(read_invitation(self.request)),
        }
        return TemplateResponse(self.request, self.template_name_signup_closed, context)
