"""The acts on an entry and how each is undone: stateless, so a reload or a second click does no harm."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reader.models import SavedArticle, Tag, User
from reader.services import tidying
from reader.web.entries import shorten_url
from reader.web.places import is_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act: the service call, what is said of it, the act that undoes it, and how to see it done."""

    do: Callable[..., None]
    done: Promise
    undo: str
    is_done: Callable[[SavedArticle], bool]


def _is_archived(saved: SavedArticle) -> bool:
    return saved.archived_at is not None and saved.deleted_at is None


def _is_unread(saved: SavedArticle) -> bool:
    return saved.archived_at is None and saved.deleted_at is None


ACTS: dict[str, Act] = {
    "archive": Act(do=tidying.archive, done=_("Archived"), undo="unarchive", is_done=_is_archived),
    "unarchive": Act(do=tidying.unarchive, done=_("Back on the list"), undo="archive", is_done=_is_unread),
    "star": Act(
        do=tidying.star,
        done=_("Starred"),
        undo="unstar",
        is_done=lambda saved: saved.starred_at is not None and saved.deleted_at is None,
    ),
    "unstar": Act(
        do=tidying.unstar,
        done=_("Star removed"),
        undo="star",
        is_done=lambda saved: saved.starred_at is None and saved.deleted_at is None,
    ),
    "delete": Act(
        do=tidying.delete,
        done=_("Deleted"),
        undo="restore",
        is_done=lambda saved: saved.deleted_at is not None,
    ),
    "restore": Act(
        do=tidying.restore,
        done=_("Restored"),
        undo="delete",
        is_done=lambda saved: saved.deleted_at is None,
    ),
}
# Acts that may meet an entry in the trash: the undo of a deletion, and a second click on it.
REACH_TRASH = frozenset({"delete", "restore"})
_TAGGED = _("Tags changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoNotice:
    """What was just done to what, and the form that takes it back; without a ``url`` there is nothing to."""

    done: str | Promise
    url: str
    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def make_undo_notice(saved: SavedArticle, act: str) -> UndoNotice:
    undo = reverse("change", args=[saved.article_id, ACTS[act].undo])
    return UndoNotice(title=name_of(saved), done=ACTS[act].done, url=undo)


def make_tags_notice(saved: SavedArticle, former: list[str]) -> UndoNotice:
    """Offer to give the entry its former tags back."""
    url = reverse("entry-tags", args=[saved.article_id])
    return UndoNotice(title=name_of(saved), done=_TAGGED, url=url, fields={"tags": ", ".join(former)})


def find_undo_notice(user: User, text: str, former: str = "") -> UndoNotice | None:
    """Return the notice for "archive-12", if that is the person's entry and it really is in that state.

    For "tags-12", ``former`` are the numbers of the person's tags that the entry had before.
    """
    act, _dash, article_id = text.partition("-")
    if (act not in ACTS and act != "tags") or not is_number(article_id):
        return None
    saved = SavedArticle.objects.of(user).for_list().filter(article_id=int(article_id)).first()
    if saved is None:
        return None
    if act == "tags":
        numbers = [int(part) for part in former.split(".")[:30] if is_number(part)]
        names = Tag.objects.of(user).filter(pk__in=numbers).values_list("name", flat=True)
        return make_tags_notice(saved, list(names))
    return make_undo_notice(saved, act) if ACTS[act].is_done(saved) else None


def name_of(saved: SavedArticle) -> str:
    return saved.own_title or saved.article.title or shorten_url(saved.article.url)
