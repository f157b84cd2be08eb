"""A person's own words for an entry: tags, title, date and note."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reader.models import SavedArticle
from reader.services.editing import edit_entry, reset_entry
from reader.services.tagging import set_tags
from reader.web.acts import make_tags_notice, name_of
from reader.web.entries import make_list_entry
from reader.web.forms import EntryForm
from reader.web.middleware import is_htmx
from reader.web.places import Place, reader_of, see_other

_MOST_TAG_CHARACTERS = 2000


@require_http_methods(["GET", "HEAD", "POST"])
def change_tags(request: HttpRequest, article_id: int) -> HttpResponse:
    """Show the tags of an entry to change them, in place or on a page; offer to undo a change.

    Who changes nothing gets the row back as it is.
    """
    user = reader_of(request)
    own = SavedArticle.objects.of(user).present().for_list().with_offer()
    saved = get_object_or_404(own, article_id=article_id)
    former = list(saved.tags.all())
    place = Place.read(request.POST.dict() or request.GET.dict())
    if request.method != "POST" and request.GET.get("as") == "row":
        context = {"entry": make_list_entry(saved), "place": place, "focus": "title"}
        return render(request, "list/entry.html", context)
    if request.method != "POST":
        names = ", ".join(tag.name for tag in former)
        context = {"id": article_id, "title": name_of(saved), "names": names, "place": place}
        page = "list/tags_form.html" if is_htmx(request) else "list/tags_page.html"
        return render(request, page, context)
    set_tags(saved=saved, user=user, names=request.POST.get("tags", "")[:_MOST_TAG_CHARACTERS].split(","))
    is_undo = request.POST.get("undo") == "1"
    if is_htmx(request):
        notice = None if is_undo else make_tags_notice(saved, [tag.name for tag in former])
        entry = make_list_entry(get_object_or_404(own, pk=saved.pk))
        context = {"entry": entry, "place": place, "focus": "title", "undo": notice}
        return render(request, "list/entry.html", context)
    if is_undo:
        return see_other(place.url())
    numbers = ".".join(str(tag.pk) for tag in former)
    return see_other(place.url(undo=f"tags-{article_id}", former=numbers))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, article_id: int) -> HttpResponse:
    """Change what the entry says for this person, or show the publisher's words again."""
    user = reader_of(request)
    saved = get_object_or_404(SavedArticle.objects.of(user).present().for_list(), article_id=article_id)
    place = Place.read(request.POST.dict() or request.GET.dict())
    here = f"{place.url()}#entry-{article_id}"
    if request.method == "POST" and request.POST.get("reset"):
        reset_entry(saved=saved)
        messages.success(request, _("Title and date are the site’s again."))
        return see_other(here)
    form = EntryForm(request.POST or None, initial=_read_entry(saved))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        edit_entry(
            saved=saved, title=values["title"], published_on=values["published_on"], note=values["note"]
        )
        set_tags(saved=saved, user=user, names=values["tags"].split(","))
        messages.success(request, _("Your changes are kept."))
        return see_other(here)
    context = {
        "form": form,
        "id": article_id,
        "saved": saved,
        "title": name_of(saved),
        "place": place,
        "here": here,
    }
    return render(request, "list/edit.html", context, status=422 if form.is_bound else 200)


def _read_entry(saved: SavedArticle) -> dict[str, object]:
    article = saved.article
    return {
        "title": saved.own_title or article.title,
        "published_on": saved.own_published_on or article.published_on,
        "note": saved.note,
        "tags": ", ".join(tag.name for tag in saved.tags.all()),
    }
