"""Tags: giving and taking them, renaming, and the rules that give them by themselves."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import IntegerField
from django.db.models.expressions import RawSQL

from reader.indexing import index_entries, index_later
from reader.listing import filter_of
from reader.models import Article, ListAct, SavedArticle, Tag, Tagging, TagRule, User
from reader.models.tag import TagQuerySet, fold, tag_key, tidy_tag_name
from reader.services.acting import act_on_many
from reader.sites import read_site

MAX_TAGS_OF_AN_ENTRY = 30
MAX_TAGS = 1000
MAX_RULES = 100
MOST_COUNTED = 999

_COUNT = """(
    SELECT COUNT(*) FROM (
        SELECT 1 FROM reader_tagging given JOIN reader_savedarticle saved ON saved.id = given.saved_id
        WHERE given.tag_id = reader_tag.id AND saved.deleted_at IS NULL LIMIT %s
    ) AS counted
)"""


def find_tag(*, user: User, name: str, make: bool = False) -> Tag | None:
    """Return the person's tag of that name; make it where asked to. None for no name, or one too many."""
    tidy = tidy_tag_name(name)
    if not tidy:
        return None
    found = Tag.objects.of(user).filter(key=tag_key(tidy)).first()
    if found or not make or Tag.objects.of(user).count() >= MAX_TAGS:
        return found
    return Tag.objects.get_or_create(user=user, key=tag_key(tidy), defaults={"name": tidy})[0]


def set_tags(*, saved: SavedArticle, user: User, names: Iterable[str]) -> None:
    """Let the entry have just the tags of these names; those that the person does not know are made."""
    with transaction.atomic():
        Article.objects.filter(pk=saved.article_id).lock_in_order()
        wanted = [find_tag(user=user, name=name, make=True) for name in list(names)[:MAX_TAGS_OF_AN_ENTRY]]
        kept = [tag for tag in wanted if tag]
        Tagging.objects.filter(saved=saved).exclude(tag__in=kept).delete()
        Tagging.objects.bulk_create([Tagging(saved=saved, tag=tag) for tag in kept], ignore_conflicts=True)
        index_entries([saved.pk])


def list_tags(*, user: User) -> TagQuerySet:
    """Return the person's tags by name, each with how many entries outside the trash have it.

    Counted to one above ``MOST_COUNTED``: a tag may have tens of thousands.
    """
    present = RawSQL(_COUNT, [MOST_COUNTED + 1], output_field=IntegerField())  # noqa: S611 - no text is put in
    return Tag.objects.of(user).annotate(entry_count=present).order_by("key")


def suggest_tags(*, user: User, beginning: str) -> list[str]:
    """Return the names of a few of the person's tags that begin so."""
    found = Tag.objects.of(user).filter(key__startswith=tag_key(beginning)).order_by("key")
    return list(found.values_list("name", flat=True)[:20])


def rename_tag(*, tag: Tag, name: str) -> bool:
    """Give the tag another name; tell whether that could be: not without a name, nor by another's."""
    tidy = tidy_tag_name(name)
    with transaction.atomic():
        others = Tag.objects.filter(user_id=tag.user_id, key=tag_key(tidy)).exclude(pk=tag.pk)
        if not tidy or others.exists():
            return False
        tag.name, tag.key = tidy, tag_key(tidy)
        tag.save(update_fields=["name", "key"])
        index_later(tag.entries.all())
    return True


def add_rule(*, user: User, tag: Tag, kind: str, value: str) -> ListAct | None:
    """Let the tag be given by itself, from now on and to what is there.

    None where the rule says nothing, or where there are as many as there can be.
    """
    value = tidy_rule_value(kind=kind, value=value)
    if not value or has_most_rules(user=user):
        return None
    rule, _is_new = TagRule.objects.get_or_create(tag=tag, kind=kind, value=value, defaults={"user": user})
    return act_on_many(user=user, name=ListAct.Name.TAG, chosen=filter_of(rule), tag=tag)


def tidy_rule_value(*, kind: str, value: str) -> str:
    """Return the site, section or words of a rule as they are kept; nothing where they say nothing."""
    value = " ".join(value.replace("\x00", "").split())[:255].strip()
    if kind == TagRule.Kind.SITE:
        site = read_site(value)
        return site if "." in site or ":" in site else ""
    return value if kind in TagRule.Kind.values and fold(value) else ""


def has_most_rules(*, user: User) -> bool:
    return TagRule.objects.filter(user=user).count() >= MAX_RULES


def delete_rule(*, rule: TagRule) -> None:
    """Give the tag no more; entries that have it keep it."""
    rule.delete()
