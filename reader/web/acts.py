"""The acts on an entry and how each is undone: stateless, so a reload or a second click does no harm."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reader.models import ListAct, SavedArticle, Tag, User
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
# So many can be undone of one paste; their numbers stand in the address.
MOST_SAVED = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoNotice:
    """What was just done to what, and the form that takes it back; without a ``url`` there is nothing to.

    ``leads_to`` is where one sees what was done, if that is elsewhere.
    """

    done: str | Promise
    url: str
    title: str = ""
    leads_to: str = ""
    fields: tuple[tuple[str, str], ...] = ()


def make_undo_notice(saved: SavedArticle, act: str) -> UndoNotice:
    undo = reverse("change", args=[saved.article_id, ACTS[act].undo])
    return UndoNotice(title=name_of(saved), done=ACTS[act].done, url=undo)


def make_tags_notice(saved: SavedArticle, former: list[str]) -> UndoNotice:
    """Offer to give the entry its former tags back."""
    url = reverse("entry-tags", args=[saved.article_id])
    return UndoNotice(title=name_of(saved), done=_TAGGED, url=url, fields=(("tags", ", ".join(former)),))


def _find_saved_notice(user: User, article_ids: list[int]) -> UndoNotice | None:
    """Tell of new entries where they are not seen, and offer to delete them again."""
    own = SavedArticle.objects.of(user).present().for_list().filter(article_id__in=article_ids)
    saved = list(own.newest_first())
    if not saved:
        return None
    if len(saved) == 1:
        address = reverse("reading", args=[saved[0].article_id])
        notice = make_undo_notice(saved[0], "restore")
        return replace(notice, done=_("Saved to the unread list:"), leads_to=address)
    words = ngettext("%(count)d saved to the unread list", "%(count)d saved to the unread list", len(saved))
    numbers = [("ids", str(each.article_id)) for each in saved]
    return UndoNotice(
        done=words % {"count": len(saved)},
        url=reverse("many"),
        leads_to=reverse("list"),
        fields=(("act", str(ListAct.Name.DELETE)), ("scope", "ids"), *numbers),
    )


def name_saved(saved: Iterable[SavedArticle]) -> str:
    """Return how an address names new entries to ``find_undo_notice``."""
    return f"saved-{'.'.join(str(each.article_id) for each in saved)}"


def _read_numbers(text: str, most: int) -> list[int]:
    return [int(part) for part in text.split(".")[:most] if is_number(part)]


def find_undo_notice(user: User, text: str, former: str = "") -> UndoNotice | None:
    """Return the notice for "archive-12", if that is the person's entry and it really is in that state.

    For "tags-12", ``former`` are the numbers of the person's tags that the entry had before; "saved-12.13"
    are new entries.
    """
    act, _dash, article_id = text.partition("-")
    if act == "saved":
        return _find_saved_notice(user, _read_numbers(article_id, MOST_SAVED))
    if (act not in ACTS and act != "tags") or not is_number(article_id):
        return None
    saved = SavedArticle.objects.of(user).for_list().filter(article_id=int(article_id)).first()
    if saved is None:
        return None
    if act == "tags":
        names = Tag.objects.of(user).filter(pk__in=_read_numbers(former, 30)).values_list("name", flat=True)
        return make_tags_notice(saved, list(names))
    return make_undo_notice(saved, act) if ACTS[act].is_done(saved) else None


def name_of(saved: SavedArticle) -> str:
    return saved.own_title or saved.article.title or shorten_url(saved.article.url)
