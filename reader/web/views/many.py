"""Acts on many entries: begin one, ask how far it is, undo it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader.models import ListAct
from reader.models.tag import tidy_tag_name
from reader.services.acting import act_on_many, undo_act
from reader.services.searching import MOST_ACTED_ON, find_article_ids
from reader.services.tagging import find_tag
from reader.web.many import make_many_notice
from reader.web.places import Place, SearchPlace, is_number, reader_of, see_other
from reader.web.search import find_text

# More cannot be on one page, however often one asked for older ones.
_MOST_PICKED = 5000
_TAG_ACTS = frozenset({ListAct.Name.TAG, ListAct.Name.UNTAG})


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do the act on the picked entries, on all of the page, or on all that the list has.

    Numbers that are not the person's are passed by. Without anything picked, or a tag without a name,
    nothing is done, and the page says so.
    """
    user = reader_of(request)
    place = Place.read(request.POST.dict())
    name = request.POST.get("act", "")
    if name not in ListAct.OFFERED:
        raise Http404
    is_of_list = request.POST.get("scope") == "all" and place.is_list
    picked = None if is_of_list else _find_picked(request, place)
    if picked == []:
        return _say(request, place, _("Nothing is selected."))
    tag = None
    if name in _TAG_ACTS:
        written = tidy_tag_name(request.POST.get("many-tag", ""))
        tag = find_tag(user=user, name=written, make=name == ListAct.Name.TAG)
        if tag is None:
            return _say(request, place, _explain_no_tag(name, written))
    chosen = place.chosen if is_of_list else None
    begun = act_on_many(user=user, name=name, article_ids=picked, chosen=chosen, tag=tag)
    return see_other(place.url(many=str(begun.pk)))


@require_safe
def progress(request: HttpRequest, act_id: int) -> HttpResponse:
    """Say how far the act is; when it is done the page is shown anew, as much has changed on it."""
    act = get_object_or_404(ListAct.objects.of(reader_of(request)), pk=act_id)
    place = Place.read(request.GET.dict())
    response = render(request, "list/many.html", {"many": make_many_notice(act), "place": place})
    if act.finished_at is not None:
        response["HX-Redirect"] = place.url(many=str(act.pk))
    return response


@require_POST
def undo(request: HttpRequest, act_id: int) -> HttpResponse:
    """Take back what the act changed."""
    act = get_object_or_404(ListAct.objects.of(reader_of(request)), pk=act_id)
    undoing = undo_act(act=act)
    place = Place.read(request.POST.dict())
    return see_other(place.url(many=str(undoing.pk)) if undoing else place.url())


def _explain_no_tag(name: str, written: str) -> str:
    if not written:
        return _("Type a tag first.")
    if name == ListAct.Name.TAG:
        return _("You have as many tags as there can be. Delete one, or use one that is there.")
    return _("You have no tag “%(name)s”.") % {"name": written}


def _say(request: HttpRequest, place: Place, words: str) -> HttpResponseRedirect:
    messages.warning(request, words)
    return see_other(place.url())


def _find_picked(request: HttpRequest, place: Place) -> list[int]:
    """Return the articles that are meant: the picked ones, those of the page, or all that a search means."""
    scope = request.POST.get("scope", "")
    if scope == "all" and isinstance(place, SearchPlace):
        user = reader_of(request)
        found, is_whole = find_article_ids(user=user, text=find_text(user, place))
        if not is_whole:
            words = _(
                "A search acts on at most %(count)d entries, the newest. Add “before:” to reach older ones."
            )
            messages.info(request, words % {"count": MOST_ACTED_ON})
        return found
    field = "page" if scope == "page" else "ids"
    listed = request.POST.getlist(field)[:_MOST_PICKED]
    return [int(number) for number in listed if is_number(number)]
