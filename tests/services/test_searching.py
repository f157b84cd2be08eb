"""Searching one's own list: the same is found on SQLite and, run by `tests.on_postgresql`, on PostgreSQL."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.indexing import index_backlog, index_entries
from reader.listing import act_once, copy_columns
from reader.models import Article, ListAct, SavedArticle, SearchEntry, Tag, Tagging, User
from reader.search import NO_KEY_IS_ABOVE, parse_query
from reader.services import searching
from reader.services.editing import edit_entry
from reader.services.saving import save_links
from reader.services.searching import PAGE_SIZE, correct, find, find_most_relevant
from reader.services.tag_losses import delete_tag
from reader.services.tagging import rename_tag, set_tags
from tests.builders import make_article, make_saved

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, tzinfo=UTC)
# Name, title, text, and what else is told; the later ones were saved later.
LIBRARY: list[tuple[str, str, str, dict[str, Any]]] = [
    ("flood", "Banjir Bandang di Lembah", "Warga membaca tanda bahaya sejak pagi.", {"section": "Regional"}),
    ("reading", "Minat Baca Anak", "Buku dibaca di taman. Banjir buku murah.", {"authors": ["Dewi Lestari"]}),
    (
        "road",
        "Jalan Raya Ditutup",
        "Jalan menuju kota raya ditutup karena longsor.",
        {"section": "Metro"},
    ),
    ("city", "Kota Menata Jalan", "Jalan raya ditata kembali. Café kecil di Jum'at pagi.", {}),
    ("english", "Readers Were Running", "They ran and kept reading about floods.", {"language": "en"}),
    (
        "old",
        "Arsip Lama",
        "Berita dari masa lalu tentang kepulauan.",
        {"published_on": date(2010, 5, 1), "published_at": None},
    ),
    ("failed", "", "", {"state": Article.State.FAILED, "url": "https://www.lain.example/kabar/gempa-bumi"}),
]


@pytest.fixture
def library(ann: User) -> dict[str, SavedArticle]:
    """Seven entries of ann's, indexed."""
    entries = {}
    told = {"authors": ["Sari Wulandari"], "editor": "", "word_count": 900}
    for number, (name, title, text, more) in enumerate(LIBRARY):
        values = {"title": title, "text": text, **(told if title else {"host": "lain.example"}), **more}
        entries[name] = make_saved(ann, saved_at=NOW + timedelta(hours=number), **values)
    make_all_known(entries.values())
    return entries


def make_all_known(entries: object) -> None:
    """Fill what saving fills, and index."""
    for entry in entries:  # type: ignore[attr-defined]
        copy_columns(entry.article_id)
    index_backlog(1_000)


def found(user: User, text: str) -> list[int]:
    return [row.article_id for row in find(user=user, query=parse_query(text)).rows]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("banjir", "reading flood"),
        ("BANJIR", "reading flood"),
        ("membaca", "reading flood"),
        ("bacaan", "reading flood"),
        ("banjir baca", "reading flood"),
        ("banjir -buku", "flood"),
        ("longsor OR bandang", "road flood"),
        ("longsor OR -banjir", "failed old english city road"),
        ('"jalan raya"', "city road"),
        ('"raya jalan"', ""),
        ('"jalan raya" -"raya ditutup"', "city"),
        ('"bandang di lembah warga"', ""),
        ("cafe", "city"),
        ("café jumat", "city"),
        ("reader", "english"),
        ("run", "english"),
        ("flood", "english"),
        ("memb*", "flood"),
        ("baca*", "reading flood"),
        ("kepul*", "old"),
        ("ba*", ""),
        ("site:lain.example", "failed"),
        ("site:www.lain.example", "failed"),
        ("site:example", "failed old english city road reading flood"),
        ("site:erita.example", ""),
        ("gempa", "failed"),
        ("author:sari banjir", "flood"),
        ("author:dewi", "reading"),
        ('author:"Dewi Sari"', ""),
        ("-author:sari", "failed reading"),
        ("section:regional", "flood"),
        ("title:banjir", "flood"),
        ("title:membaca", "reading"),
        ("title:jal*", "city road"),
        ("is:failed", "failed"),
        ("is:unread jalan", "city road"),
        ("is:archived", ""),
        ("before:2011", "old"),
        ("after:2011 banjir", "reading flood"),
        ("min:5 banjir", "reading flood"),
        ("min:6", ""),
        ("max:4", "failed"),
        ("-banjir -jalan", "failed old english"),
        ("", ""),
        ('") OR "u§1', ""),
        ("rowid:1 OR banjir", "reading flood"),
        ("'; DROP TABLE reader_search; --", ""),
        ("NEAR(banjir, buku)", ""),
        ("banjir & !buku", "reading"),
    ],
)
def test_the_same_is_found_on_either_engine(
    ann: User, library: dict[str, SavedArticle], text: str, names: str
) -> None:
    names_of = {entry.article_id: name for name, entry in library.items()}

    assert " ".join(names_of[article_id] for article_id in found(ann, text)) == names


def test_nobody_finds_what_is_anothers_even_the_same_article(
    ann: User, ben: User, library: dict[str, SavedArticle]
) -> None:
    private = make_article(owner=ben, title="Banjir rahasia", canonical_url="text:1")
    make_all_known([make_saved(ben, article=private), make_saved(ben, article=library["road"].article)])

    assert private.pk not in found(ann, "banjir OR rahasia")
    assert sorted(found(ben, "banjir OR jalan OR rahasia")) == sorted(
        [private.pk, library["road"].article_id]
    )


def test_states_tags_notes_and_own_titles_count(
    ann: User, ben: User, library: dict[str, SavedArticle]
) -> None:
    flood, road = library["flood"], library["road"]
    SavedArticle.objects.filter(pk=flood.pk).update(
        archived_at=NOW, starred_at=NOW, note="Tanyakan kepada paman", own_title="Musim Hujan"
    )
    tag, others = (Tag.objects.create(user=user, name="Resep Ibu", key="resep ibu") for user in (ann, ben))
    Tagging.objects.create(saved=road, tag=tag)
    index_entries([flood.pk, road.pk])

    assert found(ann, "is:archived") == found(ann, "is:starred") == found(ann, "paman") == [flood.article_id]
    assert found(ann, "title:hujan") == [flood.article_id]
    assert found(ann, "title:banjir") == []
    assert found(ann, 'tag:"resep IBU"') == found(ann, "resep") == [road.article_id]
    assert road.article_id not in found(ann, '-tag:"resep ibu"')
    assert found(ben, 'tag:"resep ibu"') == []
    assert others.pk


def test_the_trash_is_not_searched_and_what_is_gone_leaves_no_terms(
    ann: User, library: dict[str, SavedArticle]
) -> None:
    SavedArticle.objects.filter(pk=library["flood"].pk).update(deleted_at=NOW)
    assert found(ann, "banjir") == [library["reading"].article_id]

    library["reading"].article.delete()

    assert found(ann, "banjir") == []
    assert SearchEntry.objects.count() == len(LIBRARY) - 1
    assert _rows_of_the_index() == len(LIBRARY) - 1


def _rows_of_the_index() -> int:
    from django.db import connection

    table = "reader_search" if connection.vendor == "sqlite" else "reader_searchentry"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE terms IS NOT NULL")
        return int(cursor.fetchone()[0])


def test_a_save_is_found_at_once_and_one_to_the_top_comes_first(ann: User) -> None:
    save_links(user=ann, text="https://kabar.example/gempa https://kabar.example/gempa-susulan")
    first, second = found(ann, "gempa")

    save_links(user=ann, text=Article.objects.get(pk=second).url)

    assert found(ann, "gempa") == [second, first]
    assert _rows_of_the_index() == 2


def test_pages_follow_one_another_while_entries_come_and_go(ann: User) -> None:
    entries = [make_saved(ann, saved_at=NOW + timedelta(minutes=number)) for number in range(50)]
    make_all_known(entries)
    query = parse_query("pohon")

    first = find(user=ann, query=query)
    SavedArticle.objects.filter(pk=entries[45].pk).update(deleted_at=NOW)
    make_all_known([make_saved(ann)])
    second = find(user=ann, query=query, before=first.older)
    third = find(user=ann, query=query, before=second.older)

    rows = [row.pk for page in (first, second, third) for row in page.rows]
    assert rows == [entry.pk for entry in reversed(entries)]
    assert third.older == 0
    assert third.is_whole


def test_a_look_over_many_that_do_not_meet_the_conditions_ends_and_goes_on(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_FIRST_LOOKED_AT", 5)
    monkeypatch.setattr(searching, "PAGE_SIZE", 2)
    monkeypatch.setattr(searching, "_MOST_LOOKED_AT", 10)
    oldest = make_saved(ann, saved_at=NOW - timedelta(days=1), archived_at=NOW)
    make_all_known([oldest, *(make_saved(ann, saved_at=NOW + timedelta(minutes=each)) for each in range(20))])
    query = parse_query("pohon is:archived")

    found_rows, before = [], NO_KEY_IS_ABOVE
    for _turn in range(4):
        page = find(user=ann, query=query, before=before)
        found_rows += [row.pk for row in page.rows]
        before = page.older
        if page.is_whole:
            break

    assert found_rows == [oldest.pk]
    assert page.is_whole
    assert _turn > 0


def test_an_act_on_all_that_is_found_looks_to_the_end(ann: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MOST_ACTED_ON": 2, "_FIRST_LOOKED_AT": 2, "_MOST_LOOKED_AT": 3}.items():
        monkeypatch.setattr(searching, name, value)
    failed = [make_saved(ann, saved_at=NOW, state=Article.State.FAILED) for _ in range(3)]
    others = [make_saved(ann, saved_at=NOW + timedelta(minutes=each)) for each in range(1, 9)]
    make_all_known([*failed, *others])
    oldest, *newest = [saved.article_id for saved in failed]

    found_ids, is_whole = searching.find_article_ids(user=ann, text="is:failed")
    assert (sorted(found_ids), is_whole) == (newest, False)
    Article.objects.filter(pk__in=newest).update(state=Article.State.READY)
    make_all_known(failed)
    assert searching.find_article_ids(user=ann, text="is:failed") == ([oldest], True)


@pytest.mark.parametrize("name", ["kosong", "tiada"])
def test_a_tag_without_entries_is_known_to_have_none(
    ann: User, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(searching, "_MOST_LOOKED_AT", 3)
    monkeypatch.setattr(searching, "PAGE_SIZE", 1)
    monkeypatch.setattr(searching, "_FIRST_LOOKED_AT", 2)
    Tag.objects.create(user=ann, name="kosong", key="kosong")
    make_all_known([make_saved(ann) for _ in range(9)])

    found_none = find(user=ann, query=parse_query(f"tag:{name}"))

    assert (found_none.rows, found_none.is_whole) == ((), True)


def test_the_most_relevant_has_it_in_the_title_then_most_often(ann: User) -> None:
    texts = {
        "once": ("Lain", "Gempa " + "lalu " * 90),
        "title": ("Gempa", "Lalu"),
        "often": ("Lain", "gempa " * 9),
    }
    entries = {name: make_saved(ann, title=title, text=text) for name, (title, text) in texts.items()}
    make_all_known(entries.values())

    rows = find_most_relevant(user=ann, query=parse_query("gempa")).rows

    assert [row.pk for row in rows] == [entries[name].pk for name in ("title", "often", "once")]


def test_the_most_relevant_are_the_newest_so_many_and_say_so(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_RANKED", 40)
    make_all_known([make_saved(ann) for _number in range(45)])
    query = parse_query("pohon")

    first = find_most_relevant(user=ann, query=query)
    second = find_most_relevant(user=ann, query=query, page=first.older)

    assert not first.is_whole
    assert len({row.pk for row in (*first.rows, *second.rows)}) == 40
    assert second.older == 0
    assert find_most_relevant(user=ann, query=query, page=9).rows == ()


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("banjri", "banjir"),
        ("banjirr lembah", "banjir lembah"),
        ("ditutpu", "ditutup"),
        ('-lembah "banjri" site:berita', '-lembah "banjir" site:berita'),
        ("banjir", ""),
        ("xyzzy", ""),
        ("ban*", ""),
    ],
)
def test_mistyped_words_are_mended_from_ones_own_titles(
    ann: User, ben: User, library: dict[str, SavedArticle], text: str, corrected: str
) -> None:
    make_saved(ben, title="Banjri Ditutpu")

    assert correct(user=ann, text=text) == corrected


def test_any_title_mends_a_word_that_is_one_letter_off(
    ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_MOST_TITLES", 1)
    make_all_known([make_saved(ann, title="Kepulauan Menanti"), make_saved(ben, title="Kepulaian")])
    make_all_known([make_saved(ann, title="Pohon") for _number in range(3)])

    assert correct(user=ann, text="kepulaaan") == "kepulauan"
    assert correct(user=ann, text="kpeulauan menant") == "kepulauan menanti"
    assert correct(user=ann, text="kepulaia") == "", "two letters off, and not among the newest titles"
    make_all_known([make_saved(ann, title="Kepulauan", saved_at=timezone.now())])
    assert correct(user=ann, text="kepulaia") == "kepulauan"


def test_a_word_that_stands_somewhere_is_not_mended(ann: User, library: dict[str, SavedArticle]) -> None:
    make_all_known([make_saved(ann, title="Kopi", text="Di kota itu ada topi.")])

    assert correct(user=ann, text="topi banjri") == "topi banjir"


def test_a_query_of_many_senseless_words_asks_few_questions(
    ann: User, library: dict[str, SavedArticle], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    text = " ".join(f"qqqq{chr(97 + number)}xyz" for number in range(20))

    with django_assert_max_num_queries(1):
        assert correct(user=ann, text=text) == ""


def test_the_query_count_stays_flat(
    ann: User, library: dict[str, SavedArticle], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_all_known([make_saved(ann) for _number in range(40)])

    with django_assert_max_num_queries(2):
        assert len(find(user=ann, query=parse_query("pohon")).rows) == PAGE_SIZE
    with django_assert_max_num_queries(4):
        find_most_relevant(user=ann, query=parse_query("pohon"))


def test_the_backlog_is_what_is_missing_or_old(ann: User) -> None:
    entries = [make_saved(ann, saved_at=timezone.now()) for _number in range(3)]
    assert found(ann, "pohon") == []

    assert index_backlog(2) == 2
    assert found(ann, "pohon") == [entries[2].article_id, entries[1].article_id]
    assert index_backlog(9) == 1
    SearchEntry.objects.filter(saved=entries[0]).update(analysis=0)
    assert index_backlog(9) == 1
    assert index_backlog(9) == 0


def test_tags_and_notes_are_found_once_they_are_given(ann: User, library: dict[str, SavedArticle]) -> None:
    flood = library["flood"]
    edit_entry(saved=flood, title="Musim Hujan", published_on=date(2012, 1, 2), note="Tanyakan paman")
    set_tags(saved=flood, user=ann, names=["Resep Ibu"])

    for text in ("paman", "title:hujan", "resep", 'tag:"resep ibu"', "after:2012-01-02 before:2012-01-03"):
        assert found(ann, text) == [flood.article_id]

    rename_tag(tag=Tag.objects.get(), name="Dapur")
    index_backlog(100)
    assert found(ann, "resep") == []
    assert found(ann, "dapur") == [flood.article_id]

    delete_tag(tag=Tag.objects.get())
    index_backlog(100)
    assert found(ann, "dapur") == []


def test_an_act_on_many_lets_the_sweeper_index_the_tag(ann: User, library: dict[str, SavedArticle]) -> None:
    tag = Tag.objects.create(user=ann, name="Bencana", key="bencana")
    act = ListAct.objects.create(
        user=ann,
        name=ListAct.Name.TAG,
        tag=tag,
        article_ids=[library["flood"].article_id],
        until_id=library["flood"].pk,
    )

    act_once(act.pk)

    assert found(ann, "tag:bencana") == [library["flood"].article_id]
    assert index_backlog(100) == 1
    assert found(ann, "bencana") == [library["flood"].article_id]
