"""How accounts behave here: who may sign up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] - allauth publishes no types
    """allauth's behaviour, with sign-up as the operator has set it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.READER_SIGNUP == "open")
