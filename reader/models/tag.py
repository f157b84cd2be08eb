"""Tags: a person's own words for entries, and the rules that give them by themselves."""

import re
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.plain import plain
from reader.models.user import User

if TYPE_CHECKING:
    from reader.models.saved_article import SavedArticle

_WORD = re.compile(r"\w+")


def fold(text: str) -> str:
    """Return the words of a text in one form, for comparing and sorting: no case, no marks, one space."""
    return " ".join(_WORD.findall(text.casefold()))


def tidy_tag_name(text: str) -> str:
    """Return the name of a tag as it is kept: one line, one space, no comma, cut to its length."""
    return " ".join(plain(text).replace(",", " ").split())[: Tag.MAX_NAME_CHARACTERS].strip()


def tag_key(name: str) -> str:
    """Return what makes two names of tags the same: without case, marks kept (C and C++ are two)."""
    return " ".join(name.casefold().split())[: 2 * Tag.MAX_NAME_CHARACTERS]


class TagQuerySet(models.QuerySet["Tag"]):
    """The read language of tags."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)


class Tag(models.Model):
    """One person's tag. Made when it is first given or by itself; goes when the person deletes it.

    ``key`` makes two names the same tag: without case.
    """

    MAX_NAME_CHARACTERS = 50

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="tags"
    )
    name = models.CharField(_("name"), max_length=MAX_NAME_CHARACTERS)
    key = models.CharField(max_length=2 * MAX_NAME_CHARACTERS, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="tag_is_once_per_user")]

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    """One tag on one entry, both of the same person."""

    saved: "models.ForeignKey[SavedArticle]" = models.ForeignKey(
        "reader.SavedArticle", on_delete=models.CASCADE, related_name="taggings"
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")

    class Meta:
        verbose_name = _("tag of an entry")
        verbose_name_plural = _("tags of entries")
        constraints = [models.UniqueConstraint(fields=["tag", "saved"], name="tag_is_given_once")]

    def __str__(self) -> str:
        return f"{self.saved_id}: {self.tag_id}"


class TagRule(models.Model):
    """One rule of a person's: entries of a site, of a section, or with words in the title get the tag.

    It holds for what arrives from now on; making it also runs it over what is there.
    """

    class Kind(models.TextChoices):
        SITE = "site", _("Site")
        SECTION = "section", _("Section")
        WORDS = "words", _("Words in the title")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="tag_rules"
    )
    tag = models.ForeignKey(Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="rules")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.CharField(_("value"), max_length=255)

    class Meta:
        verbose_name = _("tag rule")
        verbose_name_plural = _("tag rules")
        constraints = [
            models.UniqueConstraint(fields=["tag", "kind", "value"], name="tag_rule_is_once_per_tag"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["site", "section", "words"]), name="tag_rule_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"
