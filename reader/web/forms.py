"""Forms of our own; those of accounts are allauth's."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from reader.models import User
from reader.services import setup
from reader.services.editing import MAX_NOTE_CHARACTERS


class SetupForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """The one-time code of the console, and who the first moderator is."""

    code = forms.CharField(
        label=_("Set-up code"),
        max_length=60,
        help_text=_("Teduh printed it in the console when it started."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 10 characters, not only digits, and not one that everybody uses."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ("code", "username", "password")

    class Meta:
        model = User
        fields = ("username",)
        labels = {"username": _("User name")}
        help_texts = {"username": ""}
        widgets = {"username": forms.TextInput(attrs={"autocomplete": "username"})}

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not setup.is_setup_code(code):
            raise forms.ValidationError(_("This is not the code that the console shows."))
        return code

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if "password" in values:
            user = User(username=values.get("username", ""))
            try:
                validate_password(values["password"], user)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


class EntryForm(forms.Form):
    """What a person may say of an entry in the publisher's place."""

    title = forms.CharField(label=_("Title"), max_length=500, required=False)
    published_on = forms.DateField(
        label=_("Published"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    tags = forms.CharField(
        label=_("Tags"),
        max_length=2000,
        required=False,
        help_text=_("Separated by commas."),
        widget=forms.TextInput(
            attrs={
                "list": "tag-options",
                "autocomplete": "off",
                "hx-get": reverse_lazy("suggest-tags"),
                "hx-trigger": "input changed delay:150ms",
                "hx-target": "#tag-options",
                "hx-swap": "innerHTML",
                "hx-params": "tags",
            }
        ),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=MAX_NOTE_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )

    def clean_published_on(self) -> date | None:
        day: date | None = self.cleaned_data["published_on"]
        if day and not 1800 <= day.year <= 2200:
            raise forms.ValidationError(_("This is not a day of a newspaper."))
        return day
