"""What the reading page shows of an article, prepared in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from reader.models import Article, SavedArticle, User
from reader.web.awaited import Awaiting, Room, await_rooms, find_pictures_and_rooms
from reader.web.entries import Entry, join_names, make_entry
from reader.web.figures import mark_figures
from reader.web.footnotes import find_footnotes
from reader.web.highlights import ArticleHighlights, read_highlights
from reader.web.hyphens import PARTED_LANGUAGES, ROOM, ROOM_IF_LARGE, hyphenate, keep_amounts_whole
from reader.web.marks import mark_pieces
from reader.web.moments import format_moment
from reader.web.notes import Note, make_notes
from reader.web.outline import ContentsLine, make_contents
from reader.web.pictures import Picture, Piece, make_pieces
from reader.web.places import Place
from reader.web.progress import Progress, make_progress
from reader.web.related import RelatedLink, StoryEntry, make_related, web_url
from reader.web.thrift import describe_thrift

# From this step on few words fit into a line of a phone.
_LARGE_TEXT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """The photo above the text; where it is not kept here, its caption with a link to it."""

    picture: Picture | Room | None
    url: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article as it is read. ``pieces`` hold sanitised HTML; every other string is plain text.

    ``title_room`` is the number of letters above which a word of the title may be parted; 0: none is.
    """

    entry: Entry
    title_room: int
    is_readable: bool
    kicker: str
    byline: str
    editor: str
    moment: str
    moment_iso: str
    lead: Lead | None
    pieces: tuple[Piece, ...]
    awaiting: Awaiting
    contents: tuple[ContentsLine, ...]
    related: tuple[RelatedLink, ...]
    same_story: tuple[StoryEntry, ...]
    notes: tuple[Note, ...]
    can_refetch: bool
    place: Place
    progress: Progress
    source: str
    is_thrifty: bool
    thrift: str
    highlights: ArticleHighlights


def make_reading(saved: SavedArticle, user: User, place: Place, *, is_thrifty: bool = False) -> Reading:
    """Prepare the article of the person's entry, with its text; a thrifty page waits with its pictures."""
    article = saved.article
    entry = make_entry(saved)
    found = find_pictures_and_rooms(article)
    kept = {url: each for url, each in found.items() if isinstance(each, Picture)}
    # A thrifty page waits for nothing: its pictures are fetched at a tap.
    pictures = kept if is_thrifty else found
    contents = make_contents(article.content, article.word_count)
    footnotes = find_footnotes(article.content)
    byline = join_names(article.authors)
    related, same_story = make_related(article, user)
    highlights = read_highlights(saved)
    pieces = mark_pieces(make_pieces(article.content, pictures, (*contents, *footnotes)), highlights.marks)
    is_large = user.text_size >= _LARGE_TEXT
    is_indonesian = article.language.partition("-")[0] in PARTED_LANGUAGES
    is_parted = is_indonesian and (user.is_justified or is_large)
    return Reading(
        entry=entry,
        title_room=(ROOM_IF_LARGE if is_large else ROOM) if is_indonesian else 0,
        is_readable=article.is_readable,
        kicker=_join_once(article.section, *article.labels),
        byline=byline,
        editor=article.editor,
        moment=format_moment(article.published_at) if article.published_at else entry.date,
        moment_iso=article.published_at.isoformat() if article.published_at else entry.date_iso,
        lead=_make_lead(article, pictures),
        pieces=_set_lines(pieces, is_parted=is_parted, is_large=is_large),
        awaiting=await_rooms(pictures.values()),
        contents=contents,
        related=related,
        same_story=same_story,
        notes=make_notes(article),
        can_refetch=article.state == Article.State.READY and article.owner_id is None,
        place=place,
        progress=make_progress(saved),
        source=", ".join(filter(None, (byline, f"“{entry.title}”", entry.site, entry.date))),
        is_thrifty=is_thrifty,
        thrift=describe_thrift(article, kept, getattr(saved, "original_bytes", None) or 0)
        if is_thrifty
        else "",
        highlights=highlights,
    )


def _set_lines(pieces: tuple[Piece, ...], *, is_parted: bool, is_large: bool) -> tuple[Piece, ...]:
    htmls = mark_figures([keep_amounts_whole(piece.html) for piece in pieces])
    parted = hyphenate(htmls, is_large=is_large) if is_parted else htmls
    return tuple(replace(piece, html=html) for piece, html in zip(pieces, parted, strict=True))


def _join_once(*parts: str) -> str:
    """Join what is not empty; an advertorial in the section "Advertorial" is told once."""
    once: dict[str, str] = {}
    for part in filter(None, parts):
        once.setdefault(part.casefold(), part)
    return " · ".join(once.values())


def _make_lead(article: Article, pictures: Mapping[str, Picture | Room]) -> Lead | None:
    if not (article.lead_image_url or article.lead_image_caption):
        return None
    picture = pictures.get(article.lead_image_url)
    return Lead(
        picture=picture,
        url=web_url(article.lead_image_url),
        caption=article.lead_image_caption or ("" if picture else _("Photo")),
        credit=article.lead_image_credit,
    )
