"""Highlights as pages show them: those of one article, and one page of all of a person's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Self
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from reader.listing import find_places
from reader.models import Highlight, SavedArticle, Tag, Tagging, User
from reader.models.highlight import HighlightQuerySet
from reader.models.plain import plain
from reader.web.acts import name_of
from reader.web.entries import make_entry
from reader.web.marks import Mark
from reader.web.moments import format_moment
from reader.web.places import is_number

PAGE_SIZE = 30
_LINES_ON_A_PAGE = 100
# What a page may spend on places that the worker has not looked up yet.
_SECONDS = 0.2
_MOST_CHOICES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One highlight in a list, every string plain text."""

    id: int
    paragraphs: tuple[str, ...]
    note: str
    colour: str
    colour_name: str | Promise
    moment: str
    moment_iso: str
    place_url: str
    is_orphaned: bool
    title: str = ""
    site: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHighlights:
    """The highlights of one article on its page; ``summary`` tells a script of all, and which have notes.

    ``undo`` is the one that was just changed or deleted.
    """

    article_id: int
    marks: tuple[Mark, ...] = ()
    lines: tuple[Line, ...] = ()
    orphans: tuple[Line, ...] = ()
    summary: str = ""
    more_url: str = ""
    source: str = ""
    made: Highlight | None = None
    undo: Highlight | None = None

    @property
    def is_shown(self) -> bool:
        """Whether the page shows anything of highlights before a script makes one."""
        return bool(self.lines or self.orphans or self.undo)


def read_highlights(
    saved: SavedArticle, *, made: Highlight | None = None, undo: Highlight | None = None
) -> ArticleHighlights:
    """Return the highlights of the entry, each where it stands in the text as it is now.

    One query, and none where `with_highlighted` said of the entry that it has none.
    """
    is_highlighted = getattr(saved, "is_highlighted", True)
    rows = (
        list(saved.highlights.shown().in_text_order().defer("words_key", "former")) if is_highlighted else []
    )
    place_stale(rows, saved)
    placed = [row for row in rows if row.start is not None]
    language = saved.article.language
    lines = tuple(make_line(row, language=language) for row in placed[:_LINES_ON_A_PAGE])
    orphans = [row for row in rows if row.start is None]
    is_more = len(placed) > _LINES_ON_A_PAGE or len(orphans) > _LINES_ON_A_PAGE
    return ArticleHighlights(
        article_id=saved.article_id,
        marks=tuple(_make_mark(row) for row in placed),
        lines=lines,
        orphans=tuple(make_line(row, language=language) for row in orphans[:_LINES_ON_A_PAGE]),
        summary=" ".join(f"{row.pk}:{row.colour}:{int(bool(row.note))}" for row in placed),
        more_url=f"{reverse('highlights')}?article={saved.article_id}" if is_more else "",
        source=_describe_source(saved),
        made=made,
        undo=undo,
    )


def place_stale(rows: Sequence[Highlight], saved: SavedArticle) -> None:
    """Look up, in these rows alone, the places that a change of the text made doubtful."""
    stale = [row for row in rows if row.is_stale]
    if not stale:
        return
    found = find_places(stale, saved.article.content, seconds=_SECONDS)
    for row in stale:
        place = found.get(row.pk)
        row.start, row.length = (place.start, place.end - place.start) if place else (None, 0)


def _make_mark(row: Highlight) -> Mark:
    start = row.start or 0
    return Mark(id=row.pk, start=start, end=start + row.length, colour=row.colour, has_note=bool(row.note))


def _describe_source(saved: SavedArticle) -> str:
    entry = make_entry(saved)
    return "\n".join(filter(None, (", ".join(filter(None, (entry.title, entry.site))), entry.original_url)))


def make_line(row: Highlight, *, has_source: bool = False, language: str = "") -> Line:
    """Prepare one highlight; with its source, entry and article must have been brought along."""
    reading = reverse("reading", args=[row.saved.article_id])
    article = row.saved.article if has_source else None
    return Line(
        id=row.pk,
        paragraphs=tuple(row.quote.split("\n")),
        note=row.note,
        colour=row.colour,
        colour_name=Highlight.Colour(row.colour).label,
        moment=format_moment(row.made_at),
        moment_iso=row.made_at.isoformat(),
        place_url=f"{reading}#highlight-{row.pk}" if row.is_orphaned else f"{reading}#mark-{row.pk}",
        is_orphaned=row.is_orphaned,
        title=name_of(row.saved) if article else "",
        site=(article.site_name or article.host.removeprefix("www.") or _("Pasted text")) if article else "",
        language=article.language if article else language,
    )


# --- all of a person's ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What narrows a person's highlights; empty or 0 narrows nothing."""

    NAMES: ClassVar[tuple[str, ...]] = ("q", "colour", "tag", "site", "article")

    q: str = ""
    colour: str = ""
    tag: int = 0
    site: str = ""
    article: int = 0

    @classmethod
    def read(cls, data: Mapping[str, str]) -> Self:
        """Return what the address says; what makes no sense narrows nothing."""
        colour, tag, article = data.get("colour", ""), data.get("tag", ""), data.get("article", "")
        return cls(
            q=_clean(data.get("q", "")),
            colour=colour if colour in Highlight.Colour.values else "",
            tag=int(tag) if is_number(tag) else 0,
            site=_clean(data.get("site", "")),
            article=int(article) if is_number(article) else 0,
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.as_query)

    @property
    def as_query(self) -> str:
        values = {name: getattr(self, name) for name in self.NAMES}
        return urlencode({name: value for name, value in values.items() if value})

    def of(self, user: User) -> HighlightQuerySet:
        """Return the person's highlights that are meant."""
        found = Highlight.objects.of(user).shown()
        if self.colour:
            found = found.filter(colour=self.colour)
        if self.tag:
            tagged = Tagging.objects.filter(tag_id=self.tag, tag__user=user)
            found = found.filter(saved_id__in=tagged.values("saved_id"))
        if self.site:
            found = found.filter(saved__site=self.site)
        if self.article:
            found = found.filter(saved__article_id=self.article)
        return found.with_words(self.q) if self.q else found


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightsPage:
    """One page of a person's highlights, the newest first."""

    chosen: Chosen
    lines: tuple[Line, ...]
    tags: tuple[Tag, ...]
    sites: tuple[str, ...]
    older_url: str = ""
    newest_url: str = ""
    colours: Sequence[tuple[str, str | Promise]] = field(default_factory=lambda: Highlight.Colour.choices)


def make_page(user: User, chosen: Chosen, before: str) -> HighlightsPage:
    """Read one page: four queries at most, however many highlights."""
    found = chosen.of(user)
    cursor = _find_cursor(user, before)
    rows = list(_after(found, cursor).with_source().newest_first()[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    address, query = reverse("highlights"), chosen.as_query
    older = f"{query}&before={shown[-1].pk}".lstrip("&") if len(rows) > PAGE_SIZE else ""
    marked = Highlight.objects.of(user).kept().filter(saved__deleted_at=None)
    given = Tagging.objects.filter(saved__in=marked.values("saved_id"))
    tags = Tag.objects.of(user).filter(pk__in=given.values("tag_id"))
    sites = marked.exclude(saved__site="").order_by("saved__site").values_list("saved__site", flat=True)
    return HighlightsPage(
        chosen=chosen,
        lines=tuple(make_line(row, has_source=True) for row in shown),
        tags=tuple(tags.order_by("key")[:_MOST_CHOICES]),
        sites=tuple(sites.distinct()[:_MOST_CHOICES]),
        older_url=f"{address}?{older}" if older else "",
        newest_url=f"{address}?{query}" if cursor else "",
    )


def _find_cursor(user: User, before: str) -> Highlight | None:
    if not is_number(before):
        return None
    return Highlight.objects.of(user).filter(pk=int(before)).only("made_at").first()


def _after(found: HighlightQuerySet, cursor: Highlight | None) -> HighlightQuerySet:
    if cursor is None:
        return found
    same = Q(made_at=cursor.made_at, pk__lt=cursor.pk)
    return found.filter(Q(made_at__lt=cursor.made_at) | same, made_at__lte=cursor.made_at)


def _clean(text: str) -> str:
    return plain(text).strip()[:300]
