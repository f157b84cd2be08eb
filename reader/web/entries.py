"""What a template shows of one entry: every word prepared, nothing left to query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from reader.listing import TRASH_DAYS
from reader.models import Article, SavedArticle
from reader.models.saved_article import BEGUN, FINISHED
from reader.models.tag import tag_key
from reader.search import Piece
from reader.web.moments import format_day, format_moment, format_reading_time
from reader.web.pictures import Thumbnail
from reader.web.sentences import Sentence, sentence_for, sentence_for_missing, sentence_for_take_down


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Where an article is on its way: shown while it is pending, partial or failed."""

    name: str
    label: str | Promise
    happened: str | Promise = ""
    advice: str | Promise = ""
    next_attempt: str = ""
    can_retry: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """One act that is offered, by its name in addresses, and the key that does it.

    One that is of the page (``is_of_page``) changes more of it than the entry.
    """

    act: str
    label: Promise
    key: str = ""
    is_of_page: bool = False


_ARCHIVE = Button("archive", pgettext_lazy("verb", "Archive"), "a")
_UNARCHIVE = Button("unarchive", gettext_lazy("Back to the list"), "a")
_STAR = Button("star", pgettext_lazy("verb", "Star"), "s")
_UNSTAR = Button("unstar", gettext_lazy("Remove the star"), "s")
_DELETE = Button("delete", gettext_lazy("Delete"), "d")
_RESTORE = Button("restore", gettext_lazy("Restore"))
_RETRY = Button("retry", gettext_lazy("Try again"), is_of_page=True)


class Addresses(NamedTuple):
    """Where entries lead: looked up once for a page, as each look-up costs a tenth of its row."""

    all: str
    reading: str
    picture: str

    @classmethod
    def find(cls) -> "Addresses":
        reading = reverse("reading", args=[1]).replace("1", "{}")
        picture = reverse("picture", args=["0" * 64]).replace("0" * 64, "{}")
        return cls(reverse("all"), reading, picture)


class Offer(NamedTuple):
    """Another entry that tells the same story, and the pair that the two are."""

    pair_id: int
    url: str
    site: str


class EntryTag(NamedTuple):
    """One tag of an entry."""

    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the list, in the active language. All strings are plain text.

    ``original_url`` is empty for a pasted text that tells no address.
    """

    id: int
    url: str
    state: str
    title: str
    has_title: bool
    site: str
    byline: str
    date: str
    date_iso: str
    reading_time: str
    excerpt: str
    language: str
    original_url: str
    is_archived: bool
    is_starred: bool
    is_trashed: bool
    is_pending: bool
    status: Status | None
    section: str = ""
    site_url: str = ""
    section_url: str = ""
    buttons: tuple[Button, ...] = ()
    note: str = ""
    days_left: str = ""
    percent_read: int = 0
    tags: tuple[EntryTag, ...] = ()
    thumbnail: Thumbnail | None = None
    offer: Offer | None = None
    title_pieces: tuple[Piece, ...] = ()
    snippet: tuple[Piece, ...] = ()


def make_list_entries(rows: Sequence[SavedArticle]) -> tuple[Entry, ...]:
    """Prepare entries with the tags and pictures that ``for_list`` brought along."""
    addresses = Addresses.find()
    return tuple(make_entry(saved, addresses=addresses) for saved in rows)


def make_list_entry(saved: SavedArticle) -> Entry:
    """Prepare one entry with its tags and its picture."""
    return make_list_entries([saved])[0]


def make_entry(saved: SavedArticle, *, addresses: Addresses | None = None) -> Entry:
    """Prepare one entry; its article must have been brought along (`for_list`)."""
    article, status = saved.article, make_status(saved.article)
    day = saved.own_published_on or article.published_on
    addresses = addresses or Addresses.find()
    return Entry(
        id=article.pk,
        url=addresses.reading.format(article.pk),
        state=article.state,
        title=saved.own_title or article.title or shorten_url(article.url),
        has_title=bool(saved.own_title or article.title),
        site=article.site_name or article.host.removeprefix("www.") or _("Pasted text"),
        byline=join_names(article.authors),
        date=format_day(day) if day else "",
        date_iso=day.isoformat() if day else "",
        reading_time=format_reading_time(article.word_count) if article.is_readable else "",
        excerpt=article.excerpt,
        language=article.language,
        original_url=article.final_url or article.url,
        is_archived=saved.archived_at is not None,
        is_starred=saved.starred_at is not None,
        is_trashed=saved.deleted_at is not None,
        is_pending=article.is_pending,
        status=status,
        section=article.section,
        site_url=f"{addresses.all}?site={quote(saved.site)}" if saved.site else "",
        section_url=f"{addresses.all}?section={quote(article.section)}" if article.section else "",
        buttons=_choose_buttons(saved, status),
        note=saved.note,
        percent_read=_find_percent(saved.progress),
        tags=_read_tags(saved),
        thumbnail=_read_thumbnail(saved, addresses),
        offer=_read_offer(saved, addresses),
        days_left=_count_days_left(saved.deleted_at) if saved.deleted_at else "",
    )


def _read_tags(saved: SavedArticle) -> tuple[EntryTag, ...]:
    told: str | None = getattr(saved, "told_tags", None)
    if not told:
        return ()
    pairs = (line.split(":", 1) for line in told.split("\n"))
    tags = [EntryTag(int(tag_id), name) for tag_id, name in pairs]
    return tuple(sorted(tags, key=lambda tag: tag_key(tag.name)))


def _read_thumbnail(saved: SavedArticle, addresses: Addresses) -> Thumbnail | None:
    """Read the picture that ``for_list`` told; one who has the article in the trash may not see it."""
    told: str | None = getattr(saved, "told_picture", None)
    if not told or saved.deleted_at:
        return None
    sha256, width, height = told.split(":")
    return Thumbnail(addresses.picture.format(sha256), int(width), int(height))


def _read_offer(saved: SavedArticle, addresses: Addresses) -> Offer | None:
    """Read what ``with_offer`` brought along, if it did; nothing is offered of what lies in the trash."""
    told: str | None = getattr(saved, "offer", None)
    if not told or saved.deleted_at:
        return None
    pair_id, article_id, site = told.split(":", 2)
    return Offer(int(pair_id), addresses.reading.format(article_id), name_site(site))


def name_site(site: str) -> str:
    """Return the name of a site as entries show it; a pasted text that tells no address has none."""
    return site.removeprefix("www.") or _("Pasted text")


def _choose_buttons(saved: SavedArticle, status: Status | None) -> tuple[Button, ...]:
    if saved.deleted_at:
        return (_RESTORE,)
    usual = (_UNARCHIVE if saved.archived_at else _ARCHIVE, _UNSTAR if saved.starred_at else _STAR, _DELETE)
    return (_RETRY, *usual) if status and status.can_retry else usual


def _find_percent(per_mille: int) -> int:
    """Return how much was read: nothing of what was glanced at, all of what was read nearly to its end."""
    if per_mille < BEGUN:
        return 0
    return per_mille // 10 if per_mille < FINISHED else 100


def _count_days_left(deleted_at: datetime) -> str:
    days = max(1, TRASH_DAYS - (timezone.now() - deleted_at).days)
    return ngettext("Gone for good in %(count)d day", "Gone for good in %(count)d days", days) % {
        "count": days
    }


def make_status(article: Article) -> Status | None:
    """Return what to say of the article's state, or None when it is simply ready."""
    if article.state == Article.State.READY:
        return None
    if article.state == Article.State.QUEUED:
        return Status(name="pending", label=_("Waiting its turn"))
    if article.state == Article.State.FETCHING:
        return Status(name="pending", label=_("Being fetched"))
    sentence = _find_sentence(article)
    if article.taken_down_at:
        return Status(
            name="failed", label=_("Taken down"), happened=sentence.happened, advice=sentence.advice
        )
    is_partial = article.state == Article.State.PARTIAL
    return Status(
        name="partial" if is_partial else "failed",
        label=_("Not complete") if is_partial else _("Not fetched"),
        happened=sentence.happened,
        advice=sentence.advice,
        next_attempt=_describe_next_attempt(article),
        can_retry=True,
    )


def _find_sentence(article: Article) -> Sentence:
    if article.taken_down_at:
        return sentence_for_take_down(article.taken_down_why)
    if article.error_code == "missing_pages" and article.missing_pages:
        return sentence_for_missing(article.missing_pages)
    return sentence_for(article.error_code)


def join_names(names: list[str]) -> str:
    """Return "A", "A and B" or "A, B and C" in the active language."""
    return get_text_list(names, _("and"))


def shorten_url(url: str) -> str:
    """Return the address as one reads it: without scheme, leading www and closing slash."""
    parts = urlsplit(url)
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")


def _describe_next_attempt(article: Article) -> str:
    if article.next_attempt_at is None:
        return ""
    if article.next_attempt_at <= timezone.now():
        return _("We are about to try again.")
    return _("We will try again on %(moment)s.") % {"moment": format_moment(article.next_attempt_at)}
