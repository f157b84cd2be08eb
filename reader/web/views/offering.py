"""What a bookmarklet or another program brings: shown, and saved only when the person says so.

Any site can lead a browser here, and the browser brings the person's session along: see
``docs/decisions/0021-saving-from-other-pages.md``.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reader.errors import LinkRefused
from reader.links import canonicalise, check_link, find_links
from reader.services.knowing import find_known
from reader.web.places import reader_of
from reader.web.sentences import Sentence, sentence_for

_MOST_CHARACTERS = 8000
_MOST_LINKS = 20
_MOST_TITLE_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """What would be saved: the links, the article of one that is on the list already, or why nothing is."""

    links: tuple[str, ...] = ()
    title: str = ""
    known: int | None = None
    refusal: Sentence | None = None


def offer(request: HttpRequest) -> HttpResponse:
    """Ask whether the links of the address are to be saved; nothing is saved by looking."""
    return render(request, "list/offer.html", {"offer": _make_offer(request)})


def _make_offer(request: HttpRequest) -> Offer:
    # The names are those of a share target; phones often put the link into the text.
    brought = [request.GET.get(name, "")[:_MOST_CHARACTERS] for name in ("url", "text", "title")]
    try:
        links = next(filter(None, map(_find_links, brought)), ())
        if not links:
            return Offer(refusal=sentence_for("no_link_found"))
        known = find_known(user=reader_of(request), links=links)
        if not known:
            check_link(canonicalise(links[0]))
    except LinkRefused as error:
        return Offer(refusal=sentence_for(error.code))
    title = "" if links == find_links(brought[2]) else brought[2][:_MOST_TITLE_CHARACTERS]
    return Offer(links=links, title=title, known=known.get(links[0]) if len(links) == 1 else None)


def _find_links(text: str) -> tuple[str, ...]:
    return find_links(text, limit=_MOST_LINKS)
