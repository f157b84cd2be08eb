"""Acts on many rows: first a page that says what will happen, to what, and whether it can be undone."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reader.admin.desk import DeskAdmin

# Each row is named on the page, and so exactly those are meant that were seen.
MOST_AT_ONCE = 500
_NAMED = 20


class ReasonForm(forms.Form):
    """Why it is done; it stands in the audit log."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("It stands in the audit log."),
        widget=forms.Textarea(attrs={"rows": "3", "cols": "60"}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What the page asks. ``undoing`` says how it is taken back, or that it cannot be."""

    action: str
    title: str | Promise
    effect: str | Promise
    undoing: str | Promise
    button: str | Promise
    form_class: type[forms.Form] = ReasonForm


def ask_first(
    desk: DeskAdmin, request: HttpRequest, rows: "QuerySet[Model]", question: Question
) -> forms.Form | HttpResponse:
    """Return the filled form once the person has confirmed; until then the page that asks."""
    form = question.form_class(request.POST if "confirmed" in request.POST else None)
    if form.is_bound and form.is_valid():
        return form
    chosen = list(rows[: MOST_AT_ONCE + 1])
    if len(chosen) > MOST_AT_ONCE:
        text = _("At most %(count)d at once; nothing was done. Narrow the list with a filter or a search.")
        desk.message_user(request, text % {"count": MOST_AT_ONCE}, messages.ERROR)
        return HttpResponse(status=303, headers={"Location": request.get_full_path()})
    context = {
        **desk.admin_site.each_context(request),
        "title": question.title,
        "question": question,
        "form": form,
        "opts": desk.opts,
        "count": len(chosen),
        "named": [str(row) for row in chosen[:_NAMED]],
        "more": max(0, len(chosen) - _NAMED),
        "ids": [row.pk for row in chosen],
        "checkbox": ACTION_CHECKBOX_NAME,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/confirm.html", context)
