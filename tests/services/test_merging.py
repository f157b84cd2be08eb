"""Merging two entries of one story: the better of both is kept, nothing is lost, all can be undone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from reader.listing import place_highlights
from reader.models import Article, SavedArticle, StoryPair, Tagging, User
from reader.search import parse_query
from reader.services import editing, highlighting, merging, tagging, tidying
from reader.services.merging import merge, take_back
from reader.services.saving import save_links
from reader.services.searching import find
from tests.builders import make_article, make_highlight, make_saved, make_tag
from tests.services.at_once import run_at_once

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LATER = NOW + timedelta(days=2, microseconds=7)


def make_pair(one: SavedArticle, other: SavedArticle, **values: Any) -> StoryPair:
    first, second = sorted((one, other), key=lambda saved: saved.pk)
    return StoryPair.objects.create(user=one.user, first=first, second=second, **values)


def told(saved: SavedArticle) -> dict[str, object]:
    """All that the entry says but for where it lies and when it was compared."""
    saved.refresh_from_db()
    left = {"deleted_at", "compared_at", "shelf", "star"}
    columns = {field.attname: getattr(saved, field.attname) for field in saved._meta.concrete_fields}
    tags = sorted(saved.tags.values_list("name", flat=True))
    marks = sorted(saved.highlights.values_list("quote", "note", "colour", "deleted_at"))
    return {
        **{name: value for name, value in columns.items() if name not in left},
        "tags": tags,
        "marks": marks,
    }


@pytest.fixture
def two(ann: User) -> tuple[SavedArticle, SavedArticle]:
    """An archived entry, and one saved later with all that one can say of it."""
    plain = make_saved(ann, saved_at=NOW, archived_at=NOW, note="dari Budi")
    rich = make_saved(
        ann,
        saved_at=LATER,
        starred_at=LATER,
        note="untuk rapat",
        own_title="Tanggul",
        own_published_on=date(2020, 11, 9),
    )
    SavedArticle.objects.filter(pk=rich.pk).update(progress=420, position=12.25, read_at=LATER)
    make_tag(ann, "banjir", rich)
    make_tag(ann, "politik", plain, rich)
    make_highlight(plain, "Semua ikut")
    make_highlight(rich, "Semua ikut")
    make_highlight(rich, "seratus pohon", note="benar?", colour="pink")
    make_highlight(rich, "sejak pagi", deleted_at=NOW)
    return plain, rich


def test_the_kept_entry_has_the_better_of_both(two: tuple[SavedArticle, SavedArticle]) -> None:
    plain, rich = two
    pair = merge(pair=make_pair(plain, rich), keep_article_id=plain.article_id)

    plain.refresh_from_db()
    rich.refresh_from_db()
    assert (pair.state, pair.kept, pair.gone_id) == (StoryPair.State.MERGED, plain, rich.pk)
    assert (plain.saved_at, plain.archived_at, plain.starred_at, plain.deleted_at) == (NOW, None, LATER, None)
    assert (plain.note, plain.own_title, plain.own_published_on) == (
        "dari Budi\n\nuntuk rapat",
        "Tanggul",
        date(2020, 11, 9),
    )
    assert (plain.progress, plain.position, plain.read_at) == (420, 12.25, LATER)
    assert plain.title_key == "tanggul"
    assert sorted(plain.tags.values_list("name", flat=True)) == ["banjir", "politik"]
    marks = plain.highlights.order_by("pk").values_list("quote", "note", "colour", "is_stale")
    assert list(marks) == [
        ("Semua ikut", "", "yellow", False),
        ("seratus pohon", "benar?", "pink", True),
    ]
    place_highlights(plain.article_id)
    starts = [each.highlights.get(quote="seratus pohon").start for each in (plain, rich)]
    assert starts[0] == starts[1] is not None
    assert rich.deleted_at is not None
    assert find(user=plain.user, query=parse_query("tag:banjir rapat")).rows == (plain,)


def test_the_other_lies_in_the_trash_with_all_it_had(two: tuple[SavedArticle, SavedArticle]) -> None:
    plain, rich = two
    before = told(rich)
    merge(pair=make_pair(plain, rich), keep_article_id=plain.article_id)

    assert told(rich) == before
    tidying.restore(saved=rich)
    assert told(rich) == before
    # Both are there again, and nothing is offered.
    assert not StoryPair.objects.offered().exists()


def test_a_merge_is_undone_to_the_last_column(two: tuple[SavedArticle, SavedArticle]) -> None:
    plain, rich = two
    before = told(plain), told(rich)
    pair = make_pair(plain, rich)
    merge(pair=pair, keep_article_id=plain.article_id)
    pair.refresh_from_db()
    undone = take_back(pair=pair)

    assert (told(plain), told(rich)) == before
    assert (undone.state, undone.kept, undone.changes) == (StoryPair.State.OFFERED, None, {})
    assert list(StoryPair.objects.offered()) == [pair]
    assert take_back(pair=pair).state == StoryPair.State.OFFERED


def test_what_was_changed_since_stays_when_a_merge_is_undone(
    two: tuple[SavedArticle, SavedArticle], ann: User
) -> None:
    plain, rich = two
    pair = merge(pair=make_pair(plain, rich), keep_article_id=plain.article_id)
    plain.refresh_from_db()
    editing.edit_entry(saved=plain, title="Judul baru", published_on=None, note="catatan baru")
    tagging.set_tags(saved=plain, user=ann, names=["politik", "baru"])
    take_back(pair=pair)

    plain.refresh_from_db()
    assert (plain.own_title, plain.note, plain.starred_at) == ("Judul baru", "catatan baru", None)
    assert sorted(plain.tags.values_list("name", flat=True)) == ["baru", "politik"]


def test_a_copied_highlight_that_was_changed_since_stays(two: tuple[SavedArticle, SavedArticle]) -> None:
    plain, rich = two
    for note in ("satu", "dua"):
        make_highlight(rich, f"gotong royong {note}", note=note)
    pair = merge(pair=make_pair(plain, rich), keep_article_id=plain.article_id)
    copies = {mark.note: mark for mark in plain.highlights.all()}
    originals = {mark.note: mark for mark in rich.highlights.all()}
    assert copies["satu"].client_id != originals["satu"].client_id
    highlighting.change_highlight(highlight=copies["satu"], colour="green", note="lama ditulis")
    highlighting.delete_highlight(highlight=copies["dua"])
    pair = take_back(pair=pair)

    assert set(plain.highlights.kept().values_list("note", flat=True)) == {"", "lama ditulis"}
    assert set(rich.highlights.kept().values_list("note", flat=True)) == {"", "benar?", "satu", "dua"}
    merge(pair=pair, keep_article_id=plain.article_id)
    assert set(plain.highlights.kept().values_list("note", flat=True)) == {
        *("", "lama ditulis", "benar?", "satu", "dua")
    }


def test_a_second_click_changes_nothing(two: tuple[SavedArticle, SavedArticle]) -> None:
    plain, rich = two
    pair = make_pair(plain, rich)
    merge(pair=pair, keep_article_id=plain.article_id)
    before = told(plain), told(rich)
    again = merge(pair=pair, keep_article_id=rich.article_id)

    assert again.kept == plain
    assert (told(plain), told(rich)) == before


def test_what_is_in_the_trash_is_not_merged(two: tuple[SavedArticle, SavedArticle]) -> None:
    plain, rich = two
    tidying.delete(saved=plain)

    assert merge(pair=make_pair(plain, rich)).state == StoryPair.State.OFFERED
    rich.refresh_from_db()
    assert rich.deleted_at is None


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ({"state": Article.State.PARTIAL}, {"word_count": 100}, 1),
        ({"word_count": 900}, {"word_count": 300}, 0),
        ({"word_count": 500}, {"word_count": 540}, 0),
        ({}, {}, 0),
    ],
    ids=["whole before part", "long before short", "about as long: the earlier", "the earlier"],
)
def test_the_better_copy_is_kept_unless_one_is_named(
    ann: User, one: dict[str, Any], other: dict[str, Any], kept: int
) -> None:
    entries = [make_saved(ann, article=make_article(**values)) for values in (one, other)]

    assert merge(pair=make_pair(*entries)).kept == entries[kept]


def test_a_page_is_kept_before_a_pasted_text(ann: User) -> None:
    pasted = make_saved(ann, article=make_article(owner=ann, canonical_url="text:1", word_count=900))
    page = make_saved(ann)

    assert merge(pair=make_pair(pasted, page)).kept == page


def test_every_relation_of_an_entry_is_decided() -> None:
    """A new table that hangs on entries fails here until `merging` says what a merge does to it."""
    there = {merging.name_of_relation(relation) for relation in merging.find_relations()}

    assert there == set(merging.RELATIONS)


def test_every_column_of_an_entry_is_decided() -> None:
    columns = {field.name for field in SavedArticle._meta.concrete_fields}

    assert columns == {*merging.MERGED_FIELDS, *merging.LEFT_FIELDS}
    assert not set(merging.MERGED_FIELDS) & set(merging.LEFT_FIELDS)


def test_a_link_that_was_merged_away_leads_to_what_is_kept(
    two: tuple[SavedArticle, SavedArticle], ann: User
) -> None:
    plain, rich = two
    third = make_saved(ann)
    merge(pair=make_pair(plain, rich), keep_article_id=plain.article_id)
    merge(pair=make_pair(plain, third), keep_article_id=third.article_id)
    tidying.archive(saved=third)
    outcome = save_links(user=ann, text=f"{rich.article.url} {plain.article.url}")

    assert outcome.known == [third]
    assert SavedArticle.objects.of(ann).unread().get() == third

    tidying.delete(saved=third)
    assert save_links(user=ann, text=rich.article.url).known == [rich]


@pytest.mark.django_db(transaction=True)
def test_merging_at_once_merges_once(ann: User) -> None:
    plain, rich = make_saved(ann), make_saved(ann)
    make_tag(ann, "banjir", rich)
    pair = make_pair(plain, rich)

    done = run_at_once(4, lambda: merge(pair=StoryPair.objects.get(pk=pair.pk)))

    assert {each.kept_id for each in done} == {plain.pk}
    assert len(done) == 4
    assert SavedArticle.objects.present().get() == plain
    assert Tagging.objects.filter(saved=plain).count() == 1
