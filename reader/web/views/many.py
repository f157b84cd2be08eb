"""Acts on many entries: begin one, ask how far it is, undo it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from reader.models import ListAct
from reader.services.acting import act_on_many, undo_act
from reader.services.tagging import find_tag
from reader.web.many import make_many_notice
from reader.web.places import Place, is_number, reader_of, see_other

# More cannot be on one page, however often one asked for older ones.
_MOST_PICKED = 5000
_TAG_ACTS = frozenset({ListAct.Name.TAG, ListAct.Name.UNTAG})


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do the act on the picked entries, on all of the page, or on all that the list has.

    Numbers that are not the person's are passed by. Without anything picked, or a tag without a name,
    nothing is done.
    """
    user = reader_of(request)
    place = Place.read(request.POST.dict())
    name = request.POST.get("act", "")
    if name not in ListAct.OFFERED:
        raise Http404
    tag = None
    if name in _TAG_ACTS:
        tag = find_tag(user=user, name=request.POST.get("many-tag", ""), make=name == ListAct.Name.TAG)
        if tag is None:
            return see_other(place.url())
    scope = request.POST.get("scope", "")
    if scope == "all" and place.is_list:
        begun = act_on_many(user=user, name=name, chosen=place.chosen, tag=tag)
    else:
        picked = _read_picked(request, "page" if scope == "page" else "ids")
        if not picked:
            return see_other(place.url())
        begun = act_on_many(user=user, name=name, article_ids=picked, tag=tag)
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


def _read_picked(request: HttpRequest, field: str) -> list[int]:
    listed = request.POST.getlist(field)[:_MOST_PICKED]
    return [int(number) for number in listed if is_number(number)]
