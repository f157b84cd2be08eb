"""Tags: once per person and name, renamed, merged, deleted, and given by rules."""

from typing import Any

import pytest
from django.utils import timezone

from reader.ingest.columns import content_values
from reader.listing import copy_columns
from reader.models import Article, SavedArticle, Tag, Tagging, TagLoss, TagRule, User
from reader.services import tagging
from reader.services.saving import save_links
from reader.services.tag_losses import bring_back, delete_tag, merge_tags
from reader.values import ExtractedArticle
from tests.builders import make_article, make_saved, make_tag

pytestmark = pytest.mark.django_db


def names(saved: object) -> list[str]:
    return [tag.name for tag in saved.tags.all()]  # type: ignore[attr-defined]


def test_a_name_is_one_tag_however_it_is_written(ann: User, ben: User) -> None:
    saved = make_saved(ann)
    tagging.set_tags(saved=saved, user=ann, names=["Kopi  Gayo", " kopi gayo ", "", "C", "C++", "a\x00b"])

    assert names(saved) == ["ab", "C", "C++", "Kopi Gayo"]
    assert tagging.find_tag(user=ben, name="kopi gayo") is None


def test_setting_tags_takes_the_others_away(ann: User) -> None:
    saved = make_saved(ann)
    make_tag(ann, "lama", saved)

    tagging.set_tags(saved=saved, user=ann, names=["baru"])

    assert names(saved) == ["baru"]
    assert Tag.objects.filter(name="lama").exists()


def test_an_entry_has_so_many_tags_at_most(ann: User) -> None:
    saved = make_saved(ann)

    tagging.set_tags(saved=saved, user=ann, names=[f"label {number}" for number in range(50)])

    assert saved.tags.count() == tagging.MAX_TAGS_OF_AN_ENTRY


@pytest.mark.parametrize(
    ("name", "is_renamed"),
    [("Teh", True), ("KOPI", True), ("gula", False), ("GULA", False), (" ", False), (",", False)],
)
def test_a_tag_is_renamed_unless_another_has_the_name(ann: User, name: str, is_renamed: bool) -> None:
    tag, _other = make_tag(ann, "kopi"), make_tag(ann, "gula")

    assert tagging.rename_tag(tag=tag, name=name) is is_renamed
    tag.refresh_from_db()
    assert tag.name == (name if is_renamed else "kopi")


def test_merging_keeps_every_entry_and_every_rule_once(ann: User) -> None:
    one, both, other = make_saved(ann), make_saved(ann), make_saved(ann)
    tag, into = make_tag(ann, "kopi", one, both), make_tag(ann, "Kopi Hitam", both, other)
    for each in (tag, into):
        TagRule.objects.create(user=ann, tag=each, kind="words", value="kopi")

    merge_tags(tag=tag, into=into)

    assert set(Tagging.objects.values_list("saved_id", "tag_id")) == {
        (saved.pk, into.pk) for saved in (one, both, other)
    }
    assert [rule.tag for rule in TagRule.objects.all()] == [into]
    assert list(Tag.objects.all()) == [into]


def rows_of(user: User) -> set[tuple[str, str]]:
    """Return who has which tag, and the rules, by what they say: numbers may change."""
    tagged = Tagging.objects.filter(tag__user=user).values_list("tag__name", "saved__article__title")
    rules = TagRule.objects.filter(user=user).values_list("tag__name", "value")
    return {*tagged, *rules, *Tag.objects.of(user).values_list("name", "key")}


def test_what_deleting_and_merging_took_comes_back_and_no_more(ann: User) -> None:
    one, both, other = (make_saved(ann, title=title) for title in ("satu", "dua", "tiga"))
    tag, into = make_tag(ann, "Kopi", one, both), make_tag(ann, "Kopi Hitam", both, other)
    TagRule.objects.create(user=ann, tag=tag, kind="words", value="kopi")
    TagRule.objects.create(user=ann, tag=tag, kind="words", value="robusta")
    TagRule.objects.create(user=ann, tag=into, kind="words", value="kopi")
    before = rows_of(ann)

    merged = merge_tags(tag=tag, into=into)
    assert merged is not None
    assert rows_of(ann) != before
    assert bring_back(loss=merged) is not None
    assert rows_of(ann) == before

    lost = delete_tag(tag=Tag.objects.get(key="kopi"))
    assert lost is not None
    assert [bring_back(loss=lost) is not None for _ in range(2)] == [True, False]
    assert rows_of(ann) == before


def test_a_tag_comes_back_beside_what_was_done_since(ann: User) -> None:
    old, new = make_saved(ann, title="lama"), make_saved(ann, title="baru")
    into = make_tag(ann, "Teh")
    merged = merge_tags(tag=make_tag(ann, "Kopi", old), into=into)
    assert merged is not None
    delete_tag(tag=into)
    make_tag(ann, "kopi", new)
    SavedArticle.objects.filter(pk=old.pk).delete()

    merged.refresh_from_db()
    bring_back(loss=merged)

    assert rows_of(ann) == {("kopi", "baru"), ("kopi", "kopi")}


def test_of_two_clicks_at_once_the_second_loses_nothing(ann: User) -> None:
    tag, into = make_tag(ann, "kopi", make_saved(ann)), make_tag(ann, "teh")
    second, third = Tag.objects.get(pk=tag.pk), Tag.objects.get(pk=tag.pk)
    lost = delete_tag(tag=tag)

    assert delete_tag(tag=second) is None
    assert merge_tags(tag=third, into=into) is None
    assert list(TagLoss.objects.all()) == [lost]


def test_a_tag_is_never_merged_into_itself_or_anothers(ann: User, ben: User) -> None:
    tag, foreign = make_tag(ann, "kopi", make_saved(ann)), make_tag(ben, "kopi")

    merge_tags(tag=tag, into=tag)
    merge_tags(tag=tag, into=foreign)

    assert tag.taggings.count() == 1


def test_counts_leave_the_trash_out(ann: User, ben: User) -> None:
    make_tag(ann, "kopi", make_saved(ann), make_saved(ann, deleted_at=timezone.now()))
    make_tag(ann, "teh")
    make_tag(ben, "kopi", make_saved(ben))

    assert [(tag.name, tag.entry_count) for tag in tagging.list_tags(user=ann)] == [("kopi", 1), ("teh", 0)]  # type: ignore[attr-defined]


def test_counts_end_at_the_most(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagging, "MOST_COUNTED", 2)
    make_tag(ann, "kopi", *(make_saved(ann) for _ in range(5)))

    assert tagging.list_tags(user=ann).get().entry_count == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "value", "hits"),
    [
        ("site", "www.Kompas.com", {"a"}),
        ("site", "https://money.kompas.com/read/1", {"a"}),
        ("section", "ekonomi", {"a", "b"}),
        ("words", "Kopi gayo", {"b"}),
        ("words", "kop", set()),
    ],
)
def test_a_rule_runs_over_what_is_there_and_means_the_same_for_what_comes(
    ann: User, ben: User, kind: str, value: str, hits: set[str]
) -> None:
    values: dict[str, dict[str, Any]] = {
        "a": {"host": "money.kompas.com", "section": "Ekonomi", "title": "Harga Kopi Naik"},
        "b": {"host": "tirto.id", "section": "EKONOMI", "title": "“Kopi” dari Gayo"},
        "c": {"host": "tirto.id", "section": "Budaya", "title": "Tari"},
    }
    before = {name: make_saved(ann, **each) for name, each in values.items()}
    make_saved(ben, **values["a"])
    tag = make_tag(ann, "otomatis")

    act = tagging.add_rule(user=ann, tag=tag, kind=kind, value=value)
    after = {name: make_saved(ann, **each) for name, each in values.items()}
    for saved in after.values():
        copy_columns(saved.article_id)

    assert act is not None
    for made in (before, after):
        assert {name for name, saved in made.items() if saved.tags.exists()} == hits


def test_a_new_link_and_its_fetched_text_meet_the_rules(ann: User) -> None:
    tag = make_tag(ann, "kopi")
    tagging.add_rule(user=ann, tag=tag, kind="words", value="kopi")
    tagging.add_rule(user=ann, tag=make_tag(ann, "situs"), kind="site", value="berita.example")

    (saved,) = save_links(user=ann, text="https://www.berita.example/1").saved
    assert names(saved) == ["situs"]
    extracted = ExtractedArticle(canonical_url="", title="Kopi Pagi", content="<p>x</p>", text="x")
    Article.objects.filter(pk=saved.article_id).update(
        **content_values("https://berita.example/1", extracted)
    )
    copy_columns(saved.article_id)

    assert names(saved) == ["kopi", "situs"]


@pytest.mark.parametrize(
    ("kind", "value"), [("site", ""), ("site", "kompas"), ("words", "…!"), ("author", "Sari")]
)
def test_a_rule_that_says_nothing_is_none(ann: User, kind: str, value: str) -> None:
    assert tagging.add_rule(user=ann, tag=make_tag(ann, "x"), kind=kind, value=value) is None
    assert not TagRule.objects.exists()


def test_what_the_article_says_anew_reaches_the_list_but_for_a_persons_own_words(
    ann: User, ben: User
) -> None:
    article = make_article(title="Lama", word_count=10)
    own, plain = make_saved(ann, article=article, own_title="Punyaku"), make_saved(ben, article=article)
    type(own).objects.filter(pk=own.pk).update(title_key="punyaku")
    Article.objects.filter(pk=article.pk).update(title="Baru", word_count=900, host="www.tirto.id")

    copy_columns(article.pk)

    own.refresh_from_db()
    plain.refresh_from_db()
    assert (own.title_key, plain.title_key) == ("punyaku", "baru")
    assert (own.words, own.site) == (plain.words, plain.site) == (900, "tirto.id")
