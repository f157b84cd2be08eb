"""Deleting tags and merging them, and taking that back."""

from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from reader.indexing import index_later
from reader.models import Tag, Tagging, TagLoss, TagRule
from reader.services.tagging import find_tag

# One statement each, as a tag may be on every entry of a long list.
_NOTE: Final = (
    "INSERT INTO reader_taglossentry (loss_id, saved_id, had_other)"
    " SELECT %s, saved_id, EXISTS (SELECT 1 FROM reader_tagging AS other"
    " WHERE other.saved_id = own.saved_id AND other.tag_id = %s)"
    " FROM reader_tagging AS own WHERE own.tag_id = %s"
)
_GIVE_BACK: Final = (
    "INSERT INTO reader_tagging (saved_id, tag_id) SELECT saved_id, %s FROM reader_taglossentry"
    " WHERE loss_id = %s ON CONFLICT DO NOTHING"
)


def delete_tag(*, tag: Tag) -> TagLoss | None:
    """Take the tag from all entries, with its rules; the entries stay. None where it is gone already."""
    with transaction.atomic():
        if not _hold(tag):
            return None
        loss = _note(tag, into=None)
        index_later(tag.entries.all())
        tag.delete()
    return loss


def merge_tags(*, tag: Tag, into: Tag) -> TagLoss | None:
    """Give all entries and rules of the tag to the other one, and let it go. Both are of one person.

    None where one of them is gone already.
    """
    if tag.pk == into.pk or tag.user_id != into.user_id:
        return None
    with transaction.atomic():
        if not _hold(tag, into):
            return None
        loss = _note(tag, into)
        index_later(tag.entries.all())
        kept = Tagging.objects.filter(tag=into).values("saved_id")
        Tagging.objects.filter(tag=tag, saved_id__in=kept).delete()
        Tagging.objects.filter(tag=tag).update(tag=into)
        for rule in TagRule.objects.filter(tag=tag):
            TagRule.objects.get_or_create(
                tag=into, kind=rule.kind, value=rule.value, defaults={"user_id": rule.user_id}
            )
        tag.delete()
    return loss


def bring_back(*, loss: TagLoss) -> Tag | None:
    """Make the tag again as it was, and take from the other one what it only had by the merging.

    None where that was done already, by an earlier click, and where the person has as many tags as can be.
    """
    with transaction.atomic():
        still = TagLoss.objects.open().select_for_update(of=("self",)).filter(pk=loss.pk)
        if not still.exists():
            return None
        tag = find_tag(user=loss.user, name=loss.name, make=True)
        if tag is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_BACK, [tag.pk, loss.pk])
        for kind, value, _had_other in loss.rules:
            TagRule.objects.get_or_create(tag=tag, kind=kind, value=value, defaults={"user": loss.user})
        if loss.into is not None and loss.into.pk != tag.pk:
            _take_from(loss.into, loss)
        index_later(tag.entries.all())
        still.update(undone_at=timezone.now())
    return tag


def _hold(*tags: Tag) -> bool:
    """Whether the tags are there still, and nobody gives or takes them until the transaction ends.

    Of two clicks at once the second would note that no entry had the tag, and offer to undo that.
    """
    held = Tag.objects.filter(pk__in=[tag.pk for tag in tags]).order_by("pk").select_for_update()
    return len(held) == len(tags)


def _note(tag: Tag, into: Tag | None) -> TagLoss:
    others = set(into.rules.values_list("kind", "value")) if into else set()
    rules = [[*rule, rule in others] for rule in tag.rules.values_list("kind", "value")]
    loss = TagLoss.objects.create(user_id=tag.user_id, name=tag.name, into=into, rules=rules)
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [loss.pk, into.pk if into else 0, tag.pk])
    return loss


def _take_from(other: Tag, loss: TagLoss) -> None:
    given = loss.entries.filter(had_other=False).values("saved_id")
    Tagging.objects.filter(tag=other, saved_id__in=given).delete()
    for kind, value, had_other in loss.rules:
        if not had_other:
            TagRule.objects.filter(tag=other, kind=kind, value=value).delete()
