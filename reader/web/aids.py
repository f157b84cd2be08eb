"""What only scripts show and say on a page: fetched when it is first wanted, kept with the site's files.

It is the same for everybody who reads in the language: a page that is only read need not bring it.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from reader.models import User
from reader.models.highlight import Highlight


@dataclass(frozen=True, slots=True)
class Aids:
    """The JSON of one language, and the hash of it by which browsers keep it for ever."""

    content: str
    version: str


@cache
def read_aids(language: str) -> Aids:
    """Return what scripts show in the language; a script fills in whose page it is then."""
    blanks = {"person": User(), "colours": Highlight.Colour.choices, "csrf_token": "-", "next": "/"}
    with translation.override(language):
        lines = render_to_string("aids/aids.html", blanks).splitlines()
    html = "\n".join(filter(None, map(str.strip, lines)))
    content = json.dumps({"html": html}, ensure_ascii=False)
    return Aids(content, hashlib.sha256(content.encode()).hexdigest()[:12])


def find_aids_address(language: str | None = None) -> str:
    """Return where they are in the language, or in that of the page that is being made."""
    chosen = language or translation.get_language() or ""
    if chosen not in dict(settings.LANGUAGES):
        chosen = settings.LANGUAGE_CODE
    return reverse("aids", args=[chosen, read_aids(chosen).version])
