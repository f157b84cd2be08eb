"""People on the desk, for administrators: who they are and what they may keep, never what they read."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date, filesizeformat
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reader.admin.confirming import Question, ask_first
from reader.admin.desk import DeskAdmin, actor_of
from reader.admin.person_acts import PERSON_ACTS, PersonAct
from reader.auditing import record
from reader.listing import count_stored_bytes
from reader.models import Highlight, SavedArticle, User
from reader.models.user import ADMINISTER
from reader.services.people import LIMITS, NotOneself, edit_person
from reader.services.roles import PERMISSIONS, LastAdministrator

_STANDINGS: dict[str, dict[str, Any]] = {
    "waiting": {"applied_at__isnull": False},
    "suspended": {"is_active": False, "applied_at": None},
    "leaving": {"leaves_at__isnull": False},
}
_ROLES: dict[str, Promise] = {
    "moderator": gettext_lazy("moderator"),
    "administrator": gettext_lazy("administrator"),
}


class StandingFilter(admin.SimpleListFilter):
    """Those who wait for an answer, may not come in, or leave."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [("waiting", _("Waits for approval")), ("suspended", _("Suspended")), ("leaving", _("Leaves"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(**_STANDINGS.get(self.value() or "", {}))


class RoleFilter(admin.SimpleListFilter):
    """Those who look after something."""

    title = gettext_lazy("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Promise]]:  # type: ignore[override]
        return list(_ROLES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        return queryset.filter(groups__name=self.value()) if self.value() in PERMISSIONS else queryset


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    needs = ADMINISTER
    change_form_template = "admin/person.html"
    list_display = ("username", "standing", "role_names", "last_active_on", "joined_on")
    list_filter = (StandingFilter, RoleFilter)
    search_fields = ("username", "email")
    # Neither permissions nor groups: a role is given and taken by an act of its own, which is written down.
    fieldsets = (
        (None, {"fields": ("username", "password", "email")}),
        (
            gettext_lazy("Person"),
            {"fields": ("standing", "application", "role_names", "date_joined", "last_active_on")},
        ),
        (
            gettext_lazy("Limits"),
            {"fields": LIMITS, "description": gettext_lazy("Where nothing is said, the house rules hold.")},
        ),
        (gettext_lazy("What is kept"), {"fields": ("entries", "highlights_made", "stored")}),
    )
    readonly_fields = (
        *("standing", "application", "role_names", "date_joined", "last_active_on"),
        *("entries", "highlights_made", "stored"),
    )
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        found: QuerySet[User] = super().get_queryset(request).prefetch_related("groups")
        return found

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Django's page would first list all that the person reads.
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        if not self.has_change_permission(request):
            return {}
        return {name: (partial(_do_first_asked, name), name, act.title) for name, act in PERSON_ACTS.items()}

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:
            edit_person(user=obj, actor=actor_of(request), values=form.cleaned_data)
            return
        with transaction.atomic():
            obj.save()
            record(actor=actor_of(request), act="person.make", target=obj)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Set a password, and write down that it was done."""
        with transaction.atomic():
            answer = super().user_change_password(request, id, form_url)
            if request.method == "POST" and answer.status_code == 302:
                record(actor=actor_of(request), act="person.password", target=User.objects.get(pk=id))
        return answer

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        user = kwargs.get("obj")
        if user is not None:
            context["person_acts"] = {name: act.title for name, act in PERSON_ACTS.items() if act.fits(user)}
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("standing"))
    def standing(self, user: User) -> str:
        if user.applied_at:
            return _("Waits for approval")
        if user.leaves_at:
            return _("Is deleted on %(day)s") % {"day": date(localtime(user.leaves_at))}
        if user.suspended_at:
            return _("Suspended: %(reason)s") % {"reason": user.suspended_why}
        return _("Reads here") if user.is_active else _("Switched off")

    @admin.display(description=gettext_lazy("roles"))
    def role_names(self, user: User) -> str:
        return (
            ", ".join(str(_ROLES[group.name]) for group in user.groups.all() if group.name in _ROLES) or "–"
        )

    @admin.display(description=gettext_lazy("joined on"), ordering="date_joined")
    def joined_on(self, user: User) -> str:
        return date(localtime(user.date_joined))

    @admin.display(description=gettext_lazy("articles on the list"))
    def entries(self, user: User) -> int:
        return SavedArticle.objects.of(user).present().count()

    @admin.display(description=gettext_lazy("highlights"))
    def highlights_made(self, user: User) -> int:
        return Highlight.objects.of(user).kept().count()

    @admin.display(description=gettext_lazy("stored"))
    def stored(self, user: User) -> str:
        return filesizeformat(user.stored_bytes if user.stored_counted_at else count_stored_bytes(user))


def _do_first_asked(
    name: str, desk: UserAdmin, request: HttpRequest, chosen: QuerySet[User]
) -> HttpResponse | None:
    """Do the act of that name to the chosen people, once the page that asks has been confirmed."""
    act = PERSON_ACTS[name]
    question = Question(
        action=name, title=act.title, effect=act.effect, undoing=act.undoing, button=act.title
    )
    form = ask_first(desk, request, chosen, question)
    if isinstance(form, HttpResponse):
        return form
    done = sum(_do(desk, request, act, user, form.cleaned_data["reason"]) for user in chosen)
    if done:
        text = ngettext("Done for %(count)d person.", "Done for %(count)d people.", done)
        desk.message_user(request, text % {"count": done}, messages.SUCCESS)
    else:
        desk.message_user(request, _("There was nothing to do."), messages.INFO)
    return None


def _do(desk: UserAdmin, request: HttpRequest, act: PersonAct, user: User, reason: str) -> bool:
    try:
        return act.does(user=user, actor=actor_of(request), reason=reason)
    except LastAdministrator:
        text = _("%(name)s is the last administrator. Make somebody else one first.")
    except NotOneself:
        text = _("You are %(name)s yourself. Another administrator has to do this.")
    desk.message_user(request, text % {"name": user.get_username()}, messages.ERROR)
    return False
