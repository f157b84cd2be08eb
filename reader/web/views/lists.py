"""The reading list: its views, pasting into it, and the progress of what is being fetched."""

import logging
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.errors import LinkRefused, StorageFailed, TextRefused
from reader.models import Article, SavedArticle
from reader.services import preferences
from reader.services.saving import SaveOutcome, save_pasted
from reader.web.acts import MOST_SAVED, find_undo_notice, name_saved
from reader.web.entries import make_list_entries
from reader.web.many import find_many_notice
from reader.web.offers import find_offer_notice
from reader.web.paging import PAGE_SIZE
from reader.web.places import Place, is_number, reader_of, see_other
from reader.web.reports import find_report_news
from reader.web.sentences import Sentence, sentence_for
from reader.web.shelf import Shelf, make_poller, make_shelf
from reader.web.signed_out import find_pasted, forget_if_saved, forget_pasted
from reader.web.thrift import is_thrifty
from reader.web.views.offering import offer

logger = logging.getLogger(__name__)

State = Article.State
_REFUSALS_SHOWN = 10
_LINK_SHOWN_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Refusal:
    """One link that was not saved, and why; the link is empty when the whole text was refused."""

    link: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class PasteBox:
    """The paste box: what stands in it, and what was refused of the last paste."""

    text: str = ""
    is_back: bool = False
    refusals: tuple[Refusal, ...] = ()
    more: str | Promise = ""


@require_safe
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of the list of that name, narrowed and sorted as the address says."""
    user = reader_of(request)
    place = Place.read(request.GET.dict(), name)
    done = request.GET.get("undo", "")
    shelf = make_shelf(
        user,
        place,
        undo=find_undo_notice(user, done, request.GET.get("former", "")) or find_offer_notice(user, done),
        many=find_many_notice(user, request.GET.get("many", "")),
    )
    pasted = find_pasted(request, user)
    return _render(request, shelf, PasteBox(pasted, is_back=bool(pasted)), news=find_report_news(user))


@require_safe
def explain_keys(request: HttpRequest, sheet: str = "list/keys.html") -> HttpResponse:
    """Show what the keys do, of the lists or as the other sheet says."""
    return render(request, sheet)


@require_POST
def choose_density(request: HttpRequest) -> HttpResponse:
    """Keep how close the entries of this person's lists stand."""
    preferences.set_density(user=reader_of(request), density=request.POST.get("density", ""))
    return see_other(Place.read(request.POST.dict()).url())


@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Save what was pasted, or only ask whether to save what an address brings.

    What is refused comes back in the box with a sentence; the rest is saved. So does all of it when the
    database cannot be written. What was dropped on another list (``stay``) is told there.
    """
    if request.method != "POST":
        return offer(request)
    if request.POST.get("away"):
        forget_pasted(request)
        return see_other(Place.top("list").url())
    text = request.POST.get("links", "")
    place = Place.read(request.POST.dict()) if request.POST.get("stay") else None
    try:
        outcome = save_pasted(user=reader_of(request), text=text)
    except (LinkRefused, TextRefused) as error:
        return _refuse(request, PasteBox(text, refusals=(Refusal("", sentence_for(error.code)),)), place)
    except OperationalError:
        logger.exception("a paste could not be stored, its person was told")
        box = PasteBox(text, refusals=(Refusal("", sentence_for(StorageFailed.code)),))
        return _refuse(request, box, status=HTTPStatus.SERVICE_UNAVAILABLE)
    forget_if_saved(request, text)
    new = [*outcome.captured, *outcome.saved]
    if place and len(new) <= MOST_SAVED and not outcome.refused:
        _tell_known(request, outcome)
        return see_other(place.url(undo=name_saved(new)) if new else place.url())
    _tell(request, outcome)
    if outcome.refused:
        return _refuse(request, _keep_refused(outcome), place)
    return see_other((place or Place.top("list")).url())


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Answer the page's question about its pending entries with those that have changed."""
    place = Place.read(request.GET.dict())
    asked, fetching = _read_ids(request.GET.get("ids", "")), _read_ids(request.GET.get("fetching", ""))
    turn = request.GET.get("turn", "")
    own = SavedArticle.objects.of(reader_of(request)).present().filter(article_id__in=asked)
    rows = list(own.for_list().with_offer().newest_first())
    entries = make_list_entries(rows)
    changed = [
        entry
        for entry, saved in zip(entries, rows, strict=True)
        if place.has(saved) and entry.state != (State.FETCHING if entry.id in fetching else State.QUEUED)
    ]
    next_turn = int(turn) + 1 if is_number(turn, 5) else 1
    poller = make_poller(entries, place, next_turn)
    return render(request, "list/progress.html", {"poller": poller, "changed": changed, "place": place})


def _refuse(
    request: HttpRequest,
    box: PasteBox,
    place: Place | None = None,
    *,
    status: int = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    if place:
        for refusal in box.refusals:
            sentence = refusal.sentence
            messages.error(request, f"{refusal.link} {sentence.happened} {sentence.advice}".strip())
        if box.more:
            messages.error(request, str(box.more))
        return see_other(place.url())
    return _render(request, make_shelf(reader_of(request), Place.top("list")), box, status)


def _render(
    request: HttpRequest, shelf: Shelf, box: PasteBox, status: int = HTTPStatus.OK, **more: object
) -> HttpResponse:
    context = {"shelf": shelf, "place": shelf.place, "box": box, "is_thrifty": is_thrifty(request), **more}
    return render(request, "list/list.html", context, status=status)


def _keep_refused(outcome: SaveOutcome) -> PasteBox:
    refusals = tuple(
        Refusal(refused.link[:_LINK_SHOWN_LENGTH], sentence_for(refused.error.code))
        for refused in outcome.refused[:_REFUSALS_SHOWN]
    )
    rest = len(outcome.refused) - len(refusals)
    more = ngettext("and %(count)d more", "and %(count)d more", rest) % {"count": rest} if rest else ""
    text = "\n".join(refused.link for refused in outcome.refused)
    return PasteBox(text, refusals=refusals, more=more)


def _tell(request: HttpRequest, outcome: SaveOutcome) -> None:
    saved = len(outcome.saved)
    if saved:
        text = ngettext("%(count)d link saved", "%(count)d links saved", saved) % {"count": saved}
        messages.success(request, text)
    if outcome.captured:
        messages.success(request, _("Text saved as an article"))
    _tell_known(request, outcome)


def _tell_known(request: HttpRequest, outcome: SaveOutcome) -> None:
    known = len(outcome.known)
    if known == 1:
        messages.info(request, _("Already on your list; moved to the top"))
    elif known:
        text = ngettext(
            "%(count)d was already on your list; moved to the top",
            "%(count)d were already on your list; moved to the top",
            known,
        )
        messages.info(request, text % {"count": known})


def _read_ids(text: str) -> set[int]:
    """Return the numbers in a comma-separated list, at most one page of them."""
    parts = text[: 20 * PAGE_SIZE].split(",")[:PAGE_SIZE]
    return {int(part) for part in parts if is_number(part)}
