"""The house rules on the desk: who may sign up, what one may keep, what the public is told."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reader.admin.desk import DeskAdmin, actor_of
from reader.admin.desk_pages import render_desk
from reader.models import HouseRules
from reader.models.house_rules import SignUp
from reader.models.user import ADMINISTER
from reader.services.joining import RULES, set_house_rules


class HouseRulesForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """The rules, and why they change."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=1000,
        help_text=gettext_lazy("It stands in the audit log."),
        widget=forms.Textarea(attrs={"rows": "2", "cols": "60"}),
    )

    class Meta:
        model = HouseRules
        fields = RULES
        help_texts = {
            "sign_up": gettext_lazy(
                "Where nothing is chosen, READER_SIGNUP decides, as the operator set it."
            ),
            "saves_per_day": gettext_lazy("New articles that one person may save in a day."),
            "stored_megabytes": gettext_lazy(
                "Pages, before compression, and pictures of all that is on one person's list."
            ),
            "most_highlights": gettext_lazy("In all articles of one person together."),
            "tells_public": gettext_lazy(
                "At /transparency/, also without an account: how much there was, and nothing of anybody. "
                "Where nothing is chosen, READER_TRANSPARENCY decides."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("As the operator set it: %(who)s") % {"who": SignUp(settings.READER_SIGNUP).label}
        self.fields["sign_up"] = forms.ChoiceField(
            label=self.fields["sign_up"].label, choices=[("", words), *SignUp.choices], required=False
        )


@admin.register(HouseRules)
class HouseRulesAdmin(DeskAdmin):
    needs = ADMINISTER

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the only row's form in place of a list of one."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = HouseRulesForm(request.POST or None, instance=HouseRules.read())
        if request.method == "POST" and form.is_valid():
            values = {name: form.cleaned_data[name] for name in RULES}
            reason = form.cleaned_data["reason"]
            set_house_rules(actor=actor_of(request), values=values, reason=reason)
            self.message_user(request, _("The house rules are changed."), messages.SUCCESS)
            address = reverse("admin:reader_houserules_changelist")
            return HttpResponseRedirect(address, status=303)
        title = str(HouseRules._meta.verbose_name).capitalize()
        status = 422 if form.is_bound else 200
        return render_desk(request, "house_rules.html", title=title, status=status, form=form)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse("admin:reader_houserules_changelist"))
