"""Tag rules at work: which of a person's rules an entry meets."""

from collections.abc import Iterable

from reader.models import ListFilter, SavedArticle, Tagging, TagRule
from reader.models.tag import fold


def give_tags(entries: Iterable[SavedArticle]) -> None:
    """Give the entries the tags of their persons' rules that they meet; tags that they have stay.

    Two queries, however many entries; none for no entry.
    """
    listed = list(entries)
    rules = TagRule.objects.filter(user__in={saved.user_id for saved in listed}) if listed else ()
    given = {
        (saved.pk, rule.tag_id)
        for rule in rules
        for saved in listed
        if saved.user_id == rule.user_id and meets(saved, rule)
    }
    Tagging.objects.bulk_create(
        [Tagging(saved_id=saved_id, tag_id=tag_id) for saved_id, tag_id in sorted(given)],
        ignore_conflicts=True,
    )


def meets(saved: SavedArticle, rule: TagRule) -> bool:
    """Whether the rule speaks of this entry; the same as its filter finds in the database."""
    if rule.kind == TagRule.Kind.SITE:
        return saved.site == rule.value
    if rule.kind == TagRule.Kind.SECTION:
        return bool(saved.section_key) and saved.section_key == fold(rule.value)
    words = fold(rule.value).split()
    return bool(words) and set(words) <= set(saved.title_key.split())


def filter_of(rule: TagRule) -> ListFilter:
    """Return the entries that the rule is about, in the whole list."""
    return ListFilter.of("all", **{str(rule.kind): rule.value})
