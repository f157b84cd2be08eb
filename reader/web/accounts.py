"""How accounts behave here: who may sign up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth publishes no types
    """allauth's behaviour, with sign-up as the operator has set it and our own words where people fail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts. Please wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.READER_SIGNUP == "open")
