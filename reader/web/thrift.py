"""Saving data: when a page waits with its pictures, and what that and reading here save."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reader.models import Article
from reader.web.pictures import Picture
from reader.web.places import reader_of


def is_thrifty(request: HttpRequest) -> bool:
    """Whether the person wants it, or the browser asks every site for it."""
    return reader_of(request).saves_data or request.headers.get("Save-Data", "").lower() == "on"


def describe_thrift(article: Article, pictures: Mapping[str, Picture], original_bytes: int) -> str:
    """Say what waits, and what the publisher's page weighs by what of it is known."""
    waiting = len(pictures)
    weight = filesizeformat(sum(picture.size_bytes for picture in pictures.values()))
    sentences = []
    if waiting:
        text = ngettext(
            "%(count)d picture waits for your tap (%(weight)s).",
            "%(count)d pictures wait for your tap (%(weight)s).",
            waiting,
        )
        sentences.append(text % {"count": waiting, "weight": weight})
    text_bytes = len(article.content.encode())
    if original_bytes > text_bytes:
        sentences.append(
            _("The text is %(text)s; the original page is %(original)s, before its pictures and scripts.")
            % {"text": filesizeformat(text_bytes), "original": filesizeformat(original_bytes)}
        )
    return " ".join(sentences)
