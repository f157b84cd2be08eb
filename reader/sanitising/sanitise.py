"""Untrusted HTML → HTML that may stand on a page of ours: three gates, each with the same policy."""

import threading

import bleach
import nh3

from reader.sanitising.policy import (
    ATTRIBUTES,
    DROPPED_WITH_CONTENT,
    ELEMENTS,
    SCHEMES,
    allowed_value,
)
from reader.sanitising.shape import shape, shape_text

# Unusual markup may need a second round before all gates read it alike; none is known that needs four.
MAX_ROUNDS = 4


def sanitise(html: str) -> str:
    """The part of ``html`` that the policy allows; "" when nothing is. Never raises, on any string.

    Idempotent: the result is what every gate gives back unchanged. Where the gates cannot agree on one
    reading of the markup, it is the text alone, in paragraphs.
    """
    pieces = shape(html)
    for _ in range(MAX_ROUNDS):
        shaped = "".join(pieces)
        gated = _gate_nh3("".join(map(_gate_bleach, pieces)))
        pieces = shape(gated)
        if shaped == gated == "".join(pieces):
            return shaped
    return "".join(shape_text(shaped))


class _Cleaners(threading.local):
    """One bleach cleaner a thread: it keeps its parser's state on itself and may not be shared."""

    def __init__(self) -> None:
        self.cleaner = bleach.Cleaner(
            tags=ELEMENTS,
            attributes=_is_allowed,
            protocols=SCHEMES,
            strip=True,
            strip_comments=True,
        )


def _is_allowed(element: str, attribute: str, value: str) -> bool:
    return allowed_value(element, attribute, value) == value


_cleaners = _Cleaners()


def _gate_bleach(html: str) -> str:
    return str(_cleaners.cleaner.clean(html))


def _gate_nh3(html: str) -> str:
    return nh3.clean(
        html,
        tags=_ELEMENTS,
        clean_content_tags=_DROPPED_WITH_CONTENT,
        attributes=_ATTRIBUTES,
        attribute_filter=allowed_value,
        strip_comments=True,
        link_rel=None,
        url_schemes=_SCHEMES,
        url_relative="deny",
    )


_ELEMENTS = set(ELEMENTS)
_DROPPED_WITH_CONTENT = set(DROPPED_WITH_CONTENT)
_ATTRIBUTES = {element: set(names) for element, names in ATTRIBUTES.items()}
_SCHEMES = set(SCHEMES)
