"""The acts on an entry and how each is undone: stateless, so a reload or a second click does no harm."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reader.models import SavedArticle, User
from reader.services import tidying
from reader.web.entries import shorten_url


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoNotice:
    """What was just done to which entry, and the act that takes it back."""

    article_id: int
    title: str
    done: Promise
    undo_act: str


def make_undo_notice(saved: SavedArticle, act: str) -> UndoNotice:
    title = saved.article.title or shorten_url(saved.article.url)
    return UndoNotice(article_id=saved.article_id, title=title, done=ACTS[act].done, undo_act=ACTS[act].undo)


def find_undo_notice(user: User, text: str) -> UndoNotice | None:
    """Return the notice for "archive-12", if that is the person's entry and it really is in that state."""
    act, _dash, article_id = text.partition("-")
    if act not in ACTS or act == "restore" or not (article_id.isascii() and article_id.isdigit()):
        return None
    if len(article_id) > 18:
        return None
    saved = SavedArticle.objects.of(user).for_list().filter(article_id=int(article_id)).first()
    return make_undo_notice(saved, act) if saved and ACTS[act].is_done(saved) else None
