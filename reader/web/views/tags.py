"""A person's tags: all of them, one to rename, merge or delete, and the rules that give them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader.models import Tag, TagLoss, TagRule
from reader.services import tag_losses, tagging
from reader.web.places import Place, is_number, reader_of, see_other


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the person's tags, with how many entries have each, and the rules."""
    user = reader_of(request)
    rules = TagRule.objects.filter(user=user).select_related("tag").order_by("tag__key", "kind", "value")
    lost = request.GET.get("lost", "")
    context = {
        "loss": TagLoss.objects.of(user).open().filter(pk=int(lost)).first() if is_number(lost) else None,
        "tags": tagging.list_tags(user=user),
        "most_counted": tagging.MOST_COUNTED,
        "rules": rules,
        "kinds": TagRule.Kind.choices,
    }
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
    loss = tag_losses.merge_tags(tag=tag, into=into)
    return see_other(f"{reverse('tags')}?lost={loss.pk}" if loss else reverse("tags"))


@require_POST
def delete(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Take the tag from all entries, and offer to undo it."""
    tag = get_object_or_404(Tag.objects.of(reader_of(request)), pk=tag_id)
    loss = tag_losses.delete_tag(tag=tag)
    return see_other(f"{reverse('tags')}?lost={loss.pk}" if loss else reverse("tags"))


@require_POST
def bring_back(request: HttpRequest, loss_id: int) -> HttpResponse:
    """Undo the deleting or merging of a tag; a second click says the same."""
    loss = get_object_or_404(
        TagLoss.objects.of(reader_of(request)).select_related("user", "into"), pk=loss_id
    )
    if tag_losses.bring_back(loss=loss) or not TagLoss.objects.open().filter(pk=loss.pk).exists():
        messages.success(request, _("The tag “%(name)s” is back.") % {"name": loss.name})
    else:
        messages.error(request, _("There are a thousand tags already; delete one first."))
    return see_other(reverse("tags"))


@require_POST
def add_rule(request: HttpRequest) -> HttpResponse:
    """Keep a rule, run it over what is there, and show the entries that it tagged."""
    user = reader_of(request)
    kind, value = request.POST.get("kind", ""), request.POST.get("value", "")
    if tagging.has_most_rules(user=user):
        messages.error(request, _("You have as many rules as there can be; delete one first."))
        return see_other(reverse("tags"))
    says_something = bool(tagging.tidy_rule_value(kind=kind, value=value))
    tag = tagging.find_tag(user=user, name=request.POST.get("name", ""), make=says_something)
    act = tagging.add_rule(user=user, tag=tag, kind=kind, value=value) if tag else None
    if act is None:
        messages.error(request, _("A rule needs a tag, and a site such as kompas.com, a section or words."))
        return see_other(reverse("tags"))
    return see_other(Place.top("all").url(tag=str(act.tag_id), many=str(act.pk)))


@require_POST
def delete_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Give the tag no more by itself."""
    rule = get_object_or_404(TagRule, user=reader_of(request), pk=rule_id)
    tagging.delete_rule(rule=rule)
    messages.success(request, _("Rule deleted; entries keep their tags."))
    return see_other(reverse("tags"))
