"""Acts on many entries at once: what is to be done, how far it is, and what it changed."""

from typing import ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models.list_filter import ListFilter
from reader.models.saved_article import SavedArticle, SavedArticleQuerySet
from reader.models.tag import Tag
from reader.models.user import User


class ListActQuerySet(models.QuerySet["ListAct"]):
    """The read language of acts on many."""

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def unfinished(self) -> Self:
        return self.filter(finished_at=None)


class ListAct(models.Model):
    """One act of a person's on many entries. Carried on until finished, swept with the trash.

    Which entries: those listed, else those that the filter means and that were there when the act was made,
    else those that the act changed which it undoes. Where it stands is ``last_id``, written in the
    transaction that changed the entries up to it; so a killed worker costs nothing.
    """

    class Name(models.TextChoices):
        ARCHIVE = "archive", _("Archive")
        UNARCHIVE = "unarchive", _("Back to the list")
        STAR = "star", _("Star")
        UNSTAR = "unstar", _("Remove the star")
        DELETE = "delete", _("Delete")
        RESTORE = "restore", _("Restore")
        TAG = "tag", _("Tag")
        UNTAG = "untag", _("Untag")
        RETRY = "retry", _("Try again")
        CALL_OFF = "call_off", _("Do not try again")

    # What a person may begin; to call a retry off is only ever an undo.
    OFFERED: ClassVar[frozenset[str]] = frozenset(Name.values) - {Name.CALL_OFF}

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="list_acts"
    )
    name = models.CharField(_("act"), max_length=10, choices=Name)
    tag = models.ForeignKey(Tag, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    article_ids = models.JSONField(null=True, blank=True)
    chosen = models.JSONField(default=dict, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="undone_by"
    )
    until_id = models.BigIntegerField(default=0)
    last_id = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(_("entries in all"), default=0)
    seen = models.PositiveIntegerField(_("seen"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = ListActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on many entries")
        verbose_name_plural = _("acts on many entries")
        indexes = [
            models.Index(fields=["id"], condition=models.Q(finished_at=None), name="list_act_unfinished")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.seen}/{self.total}"

    def entries(self) -> SavedArticleQuerySet:
        """Return the entries that it means; only ever the person's own."""
        own = SavedArticle.objects.filter(user_id=self.user_id, pk__lte=self.until_id)
        if self.undoes_id is not None:
            changed = ListActChange.objects.filter(act_id=self.undoes_id)
            return own.filter(pk__in=changed.values("saved_id"))
        if self.article_ids is not None:
            return own.filter(article_id__in=self.article_ids)
        return own.matching(ListFilter.load(self.chosen))


class ListActChange(models.Model):
    """One entry that an act changed: what undoing it is about. Goes with the act, or with the entry.

    ``before`` is what only the act's own row still knows: of a retry, how the article stood.
    """

    act = models.ForeignKey(ListAct, on_delete=models.CASCADE, related_name="changes")
    saved = models.ForeignKey(SavedArticle, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("changed entry")
        verbose_name_plural = _("changed entries")
        constraints = [models.UniqueConstraint(fields=["act", "saved"], name="entry_is_changed_once_per_act")]

    def __str__(self) -> str:
        return f"{self.act_id}: {self.saved_id}"
