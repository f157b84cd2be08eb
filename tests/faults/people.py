"""Making people inside an installation; run there by `manage.py shell`."""

import json

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from reader.models import User


def print_sessions(names: tuple[str, ...]) -> None:
    """Make each person who is not there yet, log them in, and print the session keys by name."""
    print(json.dumps({name: _begin_session(name) for name in names}))


def _begin_session(name: str) -> str:
    person, _ = User.objects.get_or_create(username=name)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
