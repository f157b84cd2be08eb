"""First set-up: the one-time code of the console makes the first person, who has both roles."""

import base64
import hmac

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from reader.models import User
from reader.services.roles import PERMISSIONS, give_role

_CODE_BYTES = 10


def is_set_up() -> bool:
    """Tell whether there is any user; until then the site shows the set-up page only."""
    return User.objects.exists()


def read_setup_code() -> str:
    """Return the code, four groups of four letters and digits.

    It is derived from the secret key, so that every process of an installation knows it and nothing
    is stored; it opens nothing once a user exists.
    """
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"teduh set-up code", "sha256")
    letters = base64.b32encode(digest[:_CODE_BYTES]).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def is_setup_code(code: str) -> bool:
    """Compare in constant time, forgiving case, spaces and missing dashes."""
    letters = "".join(character for character in code.upper() if character.isalnum())
    return constant_time_compare(letters, read_setup_code().replace("-", ""))


def create_first_moderator(*, username: str, password: str) -> User | None:
    """Make the first person, moderator and administrator, or return None when somebody else was first."""
    with transaction.atomic():
        if is_set_up():
            return None
        first = User.objects.create_user(username=username, password=password)
        for role in PERMISSIONS:
            give_role(user=first, role=role, reason="Set-up")
        return first
