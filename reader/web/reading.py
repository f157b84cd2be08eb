"""What the reading page shows of an article, prepared in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reader.models import Article, SavedArticle
from reader.values import Link
from reader.web.entries import Entry, join_names, make_entry
from reader.web.moments import format_moment
from reader.web.notes import Note, make_notes
from reader.web.pictures import Picture, Piece, find_pictures, make_pieces

_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The photo above the text; where it is not kept here, its caption with a link to it."""

    picture: Picture | None
    url: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article as it is read. ``pieces`` hold sanitised HTML; every other string is plain text."""

    entry: Entry
    is_readable: bool
    kicker: str
    byline: str
    editor: str
    moment: str
    moment_iso: str
    lead: Lead | None
    pieces: tuple[Piece, ...]
    related: tuple[Link, ...]
    notes: tuple[Note, ...]
    can_refetch: bool


def make_reading(saved: SavedArticle) -> Reading:
    """Prepare the article of one entry, with its text."""
    article = saved.article
    entry = make_entry(saved)
    pictures = find_pictures(article)
    return Reading(
        entry=entry,
        is_readable=article.is_readable,
        kicker=_join_once(article.section, *article.labels),
        byline=join_names(article.authors),
        editor=article.editor,
        moment=format_moment(article.published_at) if article.published_at else entry.date,
        moment_iso=article.published_at.isoformat() if article.published_at else entry.date_iso,
        lead=_make_lead(article, pictures),
        pieces=make_pieces(article.content, pictures),
        related=tuple(Link(link["title"], _web_url(link.get("url", ""))) for link in article.related),
        notes=make_notes(article),
        can_refetch=article.state == Article.State.READY and article.owner_id is None,
    )


def _join_once(*parts: str) -> str:
    """Join what is not empty; an advertorial in the section "Advertorial" is told once."""
    once: dict[str, str] = {}
    for part in filter(None, parts):
        once.setdefault(part.casefold(), part)
    return " · ".join(once.values())


def _make_lead(article: Article, pictures: dict[str, Picture]) -> Lead | None:
    if not (article.lead_image_url or article.lead_image_caption):
        return None
    picture = pictures.get(article.lead_image_url)
    return Lead(
        picture=picture,
        url=_web_url(article.lead_image_url),
        caption=article.lead_image_caption or ("" if picture else _("Photo")),
        credit=article.lead_image_credit,
    )


def _web_url(url: str) -> str:
    """Return the address if it is one of the web, so that no other scheme can ever stand in a link."""
    return url if url.startswith(_WEB) else ""
