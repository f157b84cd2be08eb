"""Invitations on the desk: made, with a link that is shown once; seen; revoked."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reader.admin.confirming import Question, ask_first
from reader.admin.desk import DeskAdmin, actor_of
from reader.admin.desk_pages import render_desk
from reader.models import Invitation
from reader.models.house_rules import SignUp
from reader.models.user import ADMINISTER
from reader.services.inviting import LONGEST_DAYS, invite, revoke_invitation
from reader.services.joining import read_mode


class InvitationForm(forms.Form):
    """For whom, and for how long."""

    note = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only administrators see it."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Valid for how many days"), min_value=1, max_value=LONGEST_DAYS, initial=7
    )


@admin.register(Invitation)
class InvitationAdmin(DeskAdmin):
    needs = ADMINISTER
    list_display = ("__str__", "state", "made_by", "made_at", "expires_at", "used_by")
    list_display_links = None
    list_select_related = ("made_by", "used_by")
    search_fields = ("note",)
    ordering = ("-pk",)
    actions = ("revoke",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        return Invitation.objects.with_maker().order_by(*self.ordering)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Make an invitation, and show its link this once."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = InvitationForm(request.POST or None)
        context: dict[str, Any] = {"form": form, "is_closed": read_mode() == SignUp.CLOSED}
        status = 422 if form.is_bound else 200
        if request.method == "POST" and form.is_valid():
            made, token = invite(actor=actor_of(request), **form.cleaned_data)
            link = request.build_absolute_uri(reverse("invitation", args=[token]))
            context, status = {**context, "link": link, "made": made}, 200
        return render_desk(request, "invitation.html", title=_("Invitation"), status=status, **context)

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        raise Http404("there is nothing to see that the list does not show")

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation: Invitation) -> str:
        if invitation.used_at:
            return _("Used")
        if invitation.revoked_at:
            return _("Revoked")
        if invitation.expires_at <= timezone.now():
            return _("Too old")
        return _("Waits") if invitation.has_maker else _("Of no use: its maker may no longer invite")  # type: ignore[attr-defined]

    @admin.action(description=gettext_lazy("Revoke these invitations"), permissions=["change"])
    def revoke(self, request: HttpRequest, invitations: QuerySet[Invitation]) -> HttpResponse | None:
        question = Question(
            action="revoke",
            title=gettext_lazy("Revoke these invitations"),
            effect=gettext_lazy("Their links make no account any more. Accounts that were made stay."),
            undoing=gettext_lazy("This cannot be undone; new invitations can be made."),
            button=gettext_lazy("Revoke"),
        )
        form = ask_first(self, request, invitations, question)
        if isinstance(form, HttpResponse):
            return form
        actor, reason = actor_of(request), form.cleaned_data["reason"]
        count = sum(revoke_invitation(invitation=each, actor=actor, reason=reason) for each in invitations)
        text = ngettext("%(count)d invitation revoked.", "%(count)d invitations revoked.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS if count else messages.INFO)
        return None
