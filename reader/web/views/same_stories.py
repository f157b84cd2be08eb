"""The same story twice: all that is offered side by side, and the person's word on a pair."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reader.models import StoryPair
from reader.services import merging, same_story
from reader.web.offers import find_offer_notice, make_offered_pairs
from reader.web.places import Place, is_number, reader_of, see_other

_PAGE_SIZE = 15
_HERE = "same"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the pairs that wait for the person's word, both entries side by side."""
    user = reader_of(request)
    below = request.GET.get("below", "")
    pairs = same_story.list_offers(
        user=user, below=int(below) if is_number(below) else 0, most=_PAGE_SIZE + 1
    )
    shown = pairs[:_PAGE_SIZE]
    context = {
        "pairs": make_offered_pairs(shown),
        "older": shown[-1].pk if len(pairs) > _PAGE_SIZE else 0,
        "undo": find_offer_notice(user, request.GET.get("undo", "")),
    }
    return render(request, "same/same.html", context)


@require_POST
def merge(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Make the two one, keeping the better copy or the one that is named."""
    chosen = request.POST.get("keep", "")
    keep = int(chosen) if is_number(chosen) else 0
    pair = merging.merge(pair=_find_pair(request, pair_id), keep_article_id=keep)
    return _go_back(request, f"merged-{pair.pk}")


@require_POST
def keep_both(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Offer the pair no more."""
    pair = _find_pair(request, pair_id)
    same_story.keep_both(pair=pair)
    return _go_back(request, f"both-{pair.pk}")


@require_POST
def undo(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Take back what was said of the pair: bring the merged entry back, or offer the pair again."""
    pair = _find_pair(request, pair_id)
    merging.take_back(pair=pair)
    same_story.offer_again(pair=pair)
    return _go_back(request)


def _find_pair(request: HttpRequest, pair_id: int) -> StoryPair:
    return get_object_or_404(StoryPair.objects.of(reader_of(request)), pk=pair_id)


def _go_back(request: HttpRequest, done: str = "") -> HttpResponseRedirect:
    """Lead back to where the person was, where what was done can be undone."""
    if request.POST.get("back") == _HERE:
        return see_other(reverse("same-stories") + (f"?undo={done}" if done else ""))
    return see_other(Place.read(request.POST.dict()).url(undo=done))
