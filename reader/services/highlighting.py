"""Highlights: marking a passage, noting something there, changing and deleting it, and taking that back."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reader.anchoring import CONTEXT_CHARACTERS, Quote, locate, quote_at, tidy
from reader.errors import NothingHighlighted, PassageTooLong, TooManyHighlights
from reader.listing import is_current
from reader.models import Article, Highlight, SavedArticle
from reader.models.plain import plain
from reader.models.tag import fold
from reader.sanitising import read_plain
from reader.services.editing import tidy_note
from reader.services.limits import check_highlights

MAX_QUOTE_CHARACTERS = 5_000
MAX_OF_AN_ARTICLE = 2_000
_MOST = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What a person wants to be kept of a passage."""

    client_id: UUID
    quote: Quote
    colour: str = ""
    note: str = ""


def highlight(*, saved: SavedArticle, marking: Marking) -> Highlight:
    """Keep the highlight; what is sent twice is kept once, and one deleted meanwhile stays deleted.

    A passage that the text does not have (it changed under the reader) is kept by its words. Raises
    HighlightRefused where it is none, too long, or one too many.
    """
    known = saved.highlights.filter(client_id=marking.client_id).first()
    if known:
        return known
    wanted = _tidy_quote(marking.quote)
    content = Article.objects.values_list("content", flat=True).get(pk=saved.article_id)
    text = read_plain(content)
    place = locate(wanted, text)
    kept = quote_at(text, place.start, place.end) if place else wanted
    now = timezone.now()
    new = Highlight(
        user_id=saved.user_id,
        quote=kept.exact[:MAX_QUOTE_CHARACTERS],
        prefix=kept.prefix,
        suffix=kept.suffix,
        start=kept.start if place else None,
        length=place.end - kept.start if place else 0,
        colour=_known_colour(marking.colour),
        note=tidy_note(marking.note),
        made_at=now,
        changed_at=now,
    )
    return _store(saved, marking.client_id, new, content)


def change_highlight(*, highlight: Highlight, colour: str, note: str) -> None:
    """Give the highlight this colour and note; the former ones are kept for the next undo."""
    wanted = {"colour": _known_colour(colour, highlight.colour), "note": tidy_note(note)}
    former = {"colour": highlight.colour, "note": highlight.note}
    if wanted != former:
        _write(highlight, wanted, former)


def delete_highlight(*, highlight: Highlight) -> None:
    """Take the highlight away; for thirty days it can come back."""
    if highlight.deleted_at is None:
        highlight.deleted_at = timezone.now()
        highlight.save(update_fields=["deleted_at"])


def undo_highlight(*, highlight: Highlight, what: str = "") -> None:
    """Take the deletion back, else the last change; with neither, do nothing.

    ``what`` is "deletion" or "change" where a form offered just that: a second click on it does nothing.
    """
    if highlight.deleted_at is not None:
        if what != "change":
            highlight.deleted_at = None
            highlight.save(update_fields=["deleted_at"])
    elif highlight.former and what != "deletion":
        _write(highlight, highlight.former, None)


def _store(saved: SavedArticle, client_id: UUID, new: Highlight, content: str) -> Highlight:
    new.words_key = _fold_words(new)
    with transaction.atomic():
        check_highlights(user_id=saved.user_id)
        new.is_stale = not is_current(saved.article_id, content)
        if saved.highlights.count() >= MAX_OF_AN_ARTICLE:
            raise TooManyHighlights
        values = {
            field.attname: getattr(new, field.attname)
            for field in Highlight._meta.concrete_fields
            if field.attname not in {"id", "saved_id", "client_id"}
        }
        return Highlight.objects.get_or_create(saved=saved, client_id=client_id, defaults=values)[0]


def _write(highlight: Highlight, values: dict[str, str], former: dict[str, str] | None) -> None:
    highlight.colour, highlight.note = values["colour"], values["note"]
    highlight.former, highlight.changed_at = former, timezone.now()
    highlight.words_key = _fold_words(highlight)
    highlight.save(update_fields=["colour", "note", "former", "changed_at", "words_key"])


def _fold_words(highlight: Highlight) -> str:
    return fold(f"{highlight.quote} {highlight.note}")


def _tidy_quote(quote: Quote) -> Quote:
    exact = tidy(plain(quote.exact)).strip()
    if len(exact) > MAX_QUOTE_CHARACTERS:
        raise PassageTooLong
    if not any(character.isalnum() for character in exact):
        raise NothingHighlighted
    return Quote(
        exact,
        tidy(plain(quote.prefix))[-CONTEXT_CHARACTERS:],
        tidy(plain(quote.suffix))[:CONTEXT_CHARACTERS],
        min(max(quote.start, 0), _MOST),
    )


def _known_colour(colour: str, otherwise: str = Highlight.Colour.YELLOW) -> str:
    return colour if colour in Highlight.Colour.values else otherwise
