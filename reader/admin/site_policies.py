"""Sites on the desk: blocked or allowed with a reason, what becomes of what is saved, how they are asked."""

import re
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reader.admin.confirming import Question, ask_first
from reader.admin.desk import DeskAdmin, actor_of
from reader.errors import LinkMalformed
from reader.models import DomainPolicy
from reader.models.domain_policy import LONGEST_PAUSE_SECONDS
from reader.services.site_policies import remove_policy, set_policy
from reader.sites.domains import normalise_pattern

_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]*([\x20-\x7e]{0,500})")
_MOST_HEADERS = 10
# Who we are at a site is nobody's, and a log-in of somebody's would be everybody's.
_REFUSED_HEADERS = frozenset({"authorization", "cookie", "host", "proxy-authorization"})


class HeadersField(forms.CharField):
    """Headers as people write them, one a line, and the table that is kept."""

    widget = forms.Textarea(attrs={"rows": "3", "cols": "60"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return "\n".join(f"{name}: {text}" for name, text in value.items())
        return value

    def clean(self, value: Any) -> dict[str, str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found = [_HEADER.fullmatch(line) for line in lines]
        if len(lines) > _MOST_HEADERS or not all(found):
            raise forms.ValidationError(_("Write one “Name: value” a line, ten at most."))
        headers = {match[1]: match[2] for match in found if match}
        if any(name.lower() in _REFUSED_HEADERS for name in headers):
            raise forms.ValidationError(_("Headers that log in are not sent."))
        return headers


class PolicyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """One site policy; its reason is shown to those whose articles it takes down."""

    headers = HeadersField(
        label=gettext_lazy("Headers"),
        required=False,
        max_length=6_000,
        help_text=gettext_lazy("Sent along to this site only, one “Name: value” a line."),
    )

    class Meta:
        model = DomainPolicy
        fields = ("pattern", "access", "takes_down", "reason", "pause_seconds", "headers")
        help_texts = {
            "pattern": gettext_lazy(
                "“example.com” is that host alone, “*.example.com” it and all below, “*.xxx” a whole "
                "registry; a star elsewhere stands for any characters. The most exact one that fits decides."
            ),
            "takes_down": gettext_lazy(
                "Only where the site is blocked. Removing the policy restores it for 30 days; without this, "
                "what is saved stays readable."
            ),
            "reason": gettext_lazy("Shown where articles are taken down; it stands in the audit log."),
            "pause_seconds": gettext_lazy(
                "Half a second where nothing is said. There is never more than one connection at a time."
            ),
        }
        widgets = {"reason": forms.TextInput(attrs={"size": "60"})}

    def clean_pattern(self) -> str:
        try:
            return normalise_pattern(self.cleaned_data["pattern"])
        except LinkMalformed as error:
            raise forms.ValidationError(_("This is neither a site nor a pattern of sites.")) from error

    def clean_pause_seconds(self) -> float | None:
        pause: float | None = self.cleaned_data["pause_seconds"]
        if pause is not None and not 0 <= pause <= LONGEST_PAUSE_SECONDS:
            text = _("Between 0 and %(most)d seconds.") % {"most": LONGEST_PAUSE_SECONDS}
            raise forms.ValidationError(text)
        return pause

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("takes_down") and values.get("access") != DomainPolicy.Access.BLOCK:
            self.add_error("takes_down", _("Only what is blocked is taken down."))
        return values


@admin.register(DomainPolicy)
class DomainPolicyAdmin(DeskAdmin):
    form = PolicyForm
    list_display = ("pattern", "access", "takes_down", "pause_seconds", "reason", "changed_at")
    list_filter = ("access",)
    search_fields = ("pattern", "reason")
    actions = ("remove",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Removing needs a reason, and restores what was taken down.
        return False

    def save_model(self, request: HttpRequest, obj: DomainPolicy, form: Any, change: bool) -> None:
        set_policy(policy=obj, actor=actor_of(request))

    @admin.action(description=gettext_lazy("Remove these policies"), permissions=["change"])
    def remove(self, request: HttpRequest, policies: QuerySet[DomainPolicy]) -> HttpResponse | None:
        question = Question(
            action="remove",
            title=gettext_lazy("Remove these policies"),
            effect=gettext_lazy("These sites are as any other, and what the policies took down is restored."),
            undoing=gettext_lazy("It can be undone by writing them again; the audit log has what they said."),
            button=gettext_lazy("Remove"),
        )
        form = ask_first(self, request, policies, question)
        if isinstance(form, HttpResponse):
            return form
        chosen = list(policies)
        actor, reason = actor_of(request), form.cleaned_data["reason"]
        removed = [remove_policy(policy=policy, actor=actor, reason=reason) for policy in chosen]
        text = ngettext("%(count)d policy removed.", "%(count)d policies removed.", sum(removed))
        self.message_user(request, text % {"count": sum(removed)}, messages.SUCCESS)
        if not all(removed):
            text = _("What the others took down is still coming back; remove them again when it has.")
            self.message_user(request, text, messages.INFO)
        return None
