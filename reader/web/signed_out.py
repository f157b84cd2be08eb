"""What somebody wrote on a page that outlived the session: given back, and what was pasted kept for an hour.

It is shown to whoever sent it, in the answer. What is kept waits in the browser's own session for the person
whose page it was: it stands in their paste box after they signed in, and is saved when they say so. Who else
signs in on this browser is not shown it. See ``docs/decisions/0031-what-was-written-after-the-session.md``.
"""

import time
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.core.signing import BadSignature, Signer
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_cache_control

from reader.models import User
from reader.web.offline import KEEPS_HEADER

# The fields of all forms in which somebody writes; passwords are not among them.
WRITTEN: Final = ("links", "title", "passage", "note", "tags", "many-tag", "value", "name")
_LONGEST_KEPT = 100_000
_KEPT_SECONDS = 3600
_PASTED = "pasted"
# A page of somebody who was signed in says so; nobody else's pastes are kept.
_SIGNER = Signer(salt="reader.web.signed_out")


def sign_owner(user: User) -> str:
    """Return what the person's own paste box says of whose it is."""
    return _SIGNER.sign(str(user.pk))


def find_written(request: HttpRequest) -> tuple[str, ...]:
    """Return what was written in the fields of the form that was sent."""
    return tuple(filter(str.strip, (request.POST.get(name, "") for name in WRITTEN)))


def give_back(request: HttpRequest, written: tuple[str, ...]) -> HttpResponse | None:
    """Show what was written and the way to the login; nothing to a script, which has it still."""
    is_htmx = bool(request.headers.get("HX-Target"))
    if not is_htmx and "text/html" not in request.headers.get("Accept", ""):
        return None
    is_kept = _keep_pasted(request)
    context = {"written": written, "is_kept": is_kept, "next": _find_page(request, is_kept=is_kept)}
    # htmx puts no other answer of this kind into the page.
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_htmx else HTTPStatus.FORBIDDEN
    response = render(request, "account/signed_out.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    for name, value in {"Retarget": "#main", "Reswap": "innerHTML", "Reselect": "#page"}.items():
        response.headers[f"HX-{name}"] = value
    return response


def _find_page(request: HttpRequest, *, is_kept: bool) -> str:
    """Return the page that the form stood on; the list, where what was pasted is."""
    came = urlsplit(request.headers.get("Referer", ""))
    if is_kept or came.netloc != request.get_host():
        return resolve_url("list")
    return f"{came.path}?{came.query}" if came.query else came.path


def _keep_pasted(request: HttpRequest) -> bool:
    """Tell whether what was pasted is kept; with what was pasted before, if that was the same person's.

    What a worker keeps by itself, and sends after the login, is not to stand in the box as well.
    """
    if KEEPS_HEADER in request.headers:
        return False
    text = request.POST.get("links", "")
    try:
        owner = int(_SIGNER.unsign(request.POST.get("owner", "")))
    except (BadSignature, ValueError):
        return False
    former = _read(request, owner)
    # Sent twice, it is there once.
    if former and former != text:
        text = former if former.endswith(f"\n\n{text}") else f"{former}\n\n{text}"
    if not text.strip() or len(text) > _LONGEST_KEPT:
        return False
    try:
        if not ratelimit.consume(request, action="keep_pasted", key=str(owner)):
            return False
        request.session[_PASTED] = {"owner": owner, "text": text, "until": time.time() + _KEPT_SECONDS}
        request.session.set_expiry(_KEPT_SECONDS)
        request.session.save()
    except OperationalError:
        request.session.modified = False
        return False
    return True


def _read(request: HttpRequest, owner: int) -> str:
    kept = request.session.get(_PASTED)
    if not kept or kept["owner"] != owner or kept["until"] < time.time():
        return ""
    return str(kept["text"])


def find_pasted(request: HttpRequest, user: User) -> str:
    """Return what the person pasted on this browser after their session had ended, and has not saved yet."""
    return _read(request, user.pk)


def forget_pasted(request: HttpRequest) -> None:
    """Keep it no longer: it was put away."""
    request.session.pop(_PASTED, None)


def forget_if_saved(request: HttpRequest, text: str) -> None:
    """Keep it no longer if it was saved, or what was left of it; something else may be saved first."""
    if _PASTED not in request.session:
        return
    saved, kept = set(text.split()), set(request.session[_PASTED]["text"].split())
    if 2 * len(saved & kept) >= min(len(saved), len(kept)):
        forget_pasted(request)


def hand_over(request: HttpRequest, user: User) -> None:
    """Leave in the session of who signs in only what is theirs."""
    if _PASTED not in request.session:
        return
    request.session.set_expiry(None)
    if not find_pasted(request, user):
        forget_pasted(request)
