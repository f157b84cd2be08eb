"""People: made, changed and switched off with Django's own pages."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from reader.models import User
from reader.services.pictures import count_bytes_of_user


@admin.register(User)
class UserAdmin(DjangoUserAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    list_display = ("username", "email", "is_active", "is_staff", "date_joined", "last_login")
    fieldsets = (
        *(DjangoUserAdmin.fieldsets or ()),
        (_("Reading"), {"fields": ("language", "pictures_size")}),
    )
    readonly_fields = ("pictures_size",)

    @admin.display(description=_("size of the pictures on the list"))
    def pictures_size(self, user: User) -> str:
        return filesizeformat(count_bytes_of_user(user=user))
