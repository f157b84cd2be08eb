"""People on the desk, for administrators: made, renamed, switched off."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from reader.admin.desk import DeskAdmin
from reader.models import User
from reader.models.user import ADMINISTER
from reader.services.pictures import count_bytes_of_user


@admin.register(User)
class UserAdmin(DeskAdmin, DjangoUserAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    needs = ADMINISTER
    list_display = ("username", "email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff")
    # Neither permissions nor groups: a role is given and taken by an act of its own, which is written down.
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("email", "is_active", "date_joined", "last_login")}),
        (_("Reading"), {"fields": ("language", "pictures_size")}),
    )
    readonly_fields = ("date_joined", "last_login", "pictures_size")
    filter_horizontal = ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Django's page would first list all that the person reads.
        return False

    @admin.display(description=_("size of the pictures on the list"))
    def pictures_size(self, user: User) -> str:
        return filesizeformat(count_bytes_of_user(user=user))
