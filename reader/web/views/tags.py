"""A person's tags: all of them, one to rename, merge or delete, and the rules that give them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.models import Tag, TagRule
from reader.services import tagging
from reader.web.places import Place, reader_of, see_other


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the person's tags, with how many entries have each, and the rules."""
    user = reader_of(request)
    rules = TagRule.objects.filter(user=user).select_related("tag").order_by("tag__key", "kind", "value")
    context = {"tags": tagging.list_tags(user=user), "rules": rules, "kinds": TagRule.Kind.choices}
    return render(request, "tags/tags.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer with options for what is typed: names of tags that begin like its last one."""
    typed = request.GET.get("tags", request.GET.get("many-tag", ""))[:2000]
    before, comma, last = typed.rpartition(",")
    names = tagging.suggest_tags(user=reader_of(request), beginning=last.strip()) if last.strip() else []
    beginning = f"{before}{comma} " if comma else ""
    return render(request, "tags/options.html", {"options": [f"{beginning}{name}" for name in names]})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Show one tag, or rename it."""
    user = reader_of(request)
    tag = get_object_or_404(Tag.objects.of(user), pk=tag_id)
    refused = ""
    if request.method == "POST":
        name = request.POST.get("name", "")
        if tagging.rename_tag(tag=tag, name=name):
            messages.success(request, _("Renamed"))
            return see_other(reverse("tags"))
        refused = _("A tag needs a name that no other has; to make two tags one, merge them.")
    others = Tag.objects.of(user).exclude(pk=tag.pk)
    context = {"tag": tag, "others": others, "refused": refused}
    return render(request, "tags/tag.html", context, status=422 if refused else 200)


@require_POST
def merge(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Make this tag one with another of the person's."""
    user = reader_of(request)
    tag = get_object_or_404(Tag.objects.of(user), pk=tag_id)
    into = tagging.find_tag(user=user, name=request.POST.get("into", ""))
    if into is None or into.pk == tag.pk:
        messages.error(request, _("Choose another of your tags."))
        return see_other(reverse("tag", args=[tag.pk]))
    tagging.merge_tags(tag=tag, into=into)
    messages.success(request, _("The two tags are one now."))
    return see_other(reverse("tags"))


@require_POST
def delete(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Take the tag from all entries; a second click finds it gone and says the same."""
    tag = get_object_or_404(Tag.objects.of(reader_of(request)), pk=tag_id)
    tagging.delete_tag(tag=tag)
    messages.success(request, _("Tag deleted; its entries are still there."))
    return see_other(reverse("tags"))


@require_POST
def add_rule(request: HttpRequest) -> HttpResponse:
    """Keep a rule, run it over what is there, and show the entries that it tagged."""
    user = reader_of(request)
    tag = tagging.find_tag(user=user, name=request.POST.get("name", ""), make=True)
    act = None
    if tag:
        kind, value = request.POST.get("kind", ""), request.POST.get("value", "")
        act = tagging.add_rule(user=user, tag=tag, kind=kind, value=value)
    if act is None:
        messages.error(request, _("A rule needs a tag, and a site, a section or words."))
        return see_other(reverse("tags"))
    return see_other(Place.top("all").url(tag=str(act.tag_id), many=str(act.pk)))


@require_POST
def delete_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Give the tag no more by itself."""
    rule = get_object_or_404(TagRule, user=reader_of(request), pk=rule_id)
    tagging.delete_rule(rule=rule)
    messages.success(request, _("Rule deleted; entries keep their tags."))
    return see_other(reverse("tags"))
