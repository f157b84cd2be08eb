"""Narrowing and sorting the lists: what is shown, in words, and without sorting a whole table."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import ListFilter, SavedArticle, User
from reader.services import narrowing
from reader.web.counts import count_lists
from reader.web.paging import ORDERS
from reader.web.places import Place
from tests.builders import make_highlight, make_saved, make_tag

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str) -> list[str]:
    return [entry.title for entry in client.get(address).context["shelf"].entries]


@pytest.fixture
def made(client: Client, ann: User, ben: User) -> dict[str, int]:
    """Four entries of ann's, one of ben's like the first; ann is logged in."""
    now = timezone.now()
    common: dict[str, Any] = {"published_on": None, "authors": ["Sari Wulandari"], "section": "Ekonomi"}
    rows: dict[str, dict[str, Any]] = {
        "Beras": {"host": "money.kompas.com", "word_count": 300, "starred_at": now},
        "“Angin”": {"host": "tirto.id", "word_count": 1500, "section": "Sains", "authors": ["Bima", "Sari"]},
        "Cuaca": {"host": "tirto.id", "word_count": 9000, "archived_at": now},
        "Duka": {"state": "failed", "host": "tirto.id", "deleted_at": None},
    }
    ids = {}
    for number, (title, values) in enumerate(rows.items()):
        saved = make_saved(
            ann,
            **{
                **common,
                "title": title,
                "saved_at": now - timedelta(hours=number),
                "published_at": datetime(2020, 1, 1 + number, tzinfo=UTC) if title != "Cuaca" else None,
                **values,
            },
        )
        ids[title] = saved.article_id
    make_saved(ben, title="Beras", host="money.kompas.com")
    make_tag(ann, "padi", SavedArticle.objects.get(article_id=ids["Beras"]))
    client.force_login(ann)
    return ids


# Whether a page begins at the few that a filter means, or walks the list.
_WAYS = [pytest.param(narrowing.MOST_FEW, id="few"), pytest.param(0, id="many")]


@pytest.mark.parametrize("most_few", _WAYS)
@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/", ["Beras", "“Angin”", "Duka"]),
        ("/?sort=oldest", ["Duka", "“Angin”", "Beras"]),
        ("/all/?sort=title", ["“Angin”", "Beras", "Cuaca", "Duka"]),
        ("/all/?sort=published", ["Duka", "“Angin”", "Beras", "Cuaca"]),
        ("/all/?sort=long", ["Cuaca", "“Angin”", "Beras", "Duka"]),
        ("/all/?sort=password", ["Beras", "“Angin”", "Cuaca", "Duka"]),
        ("/?sort=deleted", ["Beras", "“Angin”", "Duka"]),
        ("/starred/", ["Beras"]),
        ("/all/?site=tirto.id", ["“Angin”", "Cuaca", "Duka"]),
        ("/all/?site=kompas.com", ["Beras"]),
        ("/all/?site=https://WWW.Kompas.com/tren%3Fa=b", ["Beras"]),
        ("/all/?site=money.kompas.com:443", ["Beras"]),
        ("/all/?section=EKONOMI", ["Beras", "Cuaca", "Duka"]),
        ("/all/?author=sari", ["“Angin”"]),
        ("/all/?author=%25", []),
        ("/all/?length=short", ["Beras"]),
        ("/all/?length=medium", ["“Angin”"]),
        ("/all/?length=long", ["Cuaca"]),
        ("/all/?length=medium&sort=long", ["“Angin”"]),
        ("/starred/?length=short&sort=title&section=ekonomi", ["Beras"]),
        ("/archive/?site=tirto.id&length=long&sort=short&state=ready", ["Cuaca"]),
        ("/trash/?site=tirto.id&section=Ekonomi&length=long&state=failed", []),
        ("/all/?state=failed", ["Duka"]),
        ("/all/?state=ready&site=tirto.id", ["“Angin”", "Cuaca"]),
        ("/all/?state=nonsense&length=x", ["Beras", "“Angin”", "Cuaca", "Duka"]),
    ],
)
def test_a_list_shows_what_is_asked_for(
    client: Client,
    made: dict[str, int],
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    expected: list[str],
    most_few: int,
) -> None:
    monkeypatch.setattr(narrowing, "MOST_FEW", most_few)
    assert titles(client, address) == expected


@pytest.mark.parametrize("most_few", _WAYS)
def test_pages_of_a_narrowed_list_hold_every_entry_once(
    client: Client, ann: User, ben: User, monkeypatch: pytest.MonkeyPatch, most_few: int
) -> None:
    monkeypatch.setattr(narrowing, "MOST_FEW", most_few)
    tag = make_tag(ann, "padi", *(make_saved(ann, title=f"Judul {number % 7}") for number in range(45)))
    make_saved(ann, title="Lain")
    make_tag(ben, "padi", make_saved(ben, title="Lain"))
    client.force_login(ann)
    address, shown = f"/all/?tag={tag.pk}&sort=title", []
    while address:
        shelf = client.get(address).context["shelf"]
        shown += [entry.id for entry in shelf.entries]
        address = shelf.older_url
    assert len(shown) == len(set(shown)) == 45


@pytest.mark.parametrize("most_few", _WAYS)
def test_a_tag_is_a_view_with_its_name_and_anothers_is_not_there(
    client: Client,
    made: dict[str, int],
    ann: User,
    ben: User,
    monkeypatch: pytest.MonkeyPatch,
    most_few: int,
) -> None:
    monkeypatch.setattr(narrowing, "MOST_FEW", most_few)
    own, foreign = ann.tags.get(), make_tag(ben, "rahasia")

    response = client.get("/all/", {"tag": own.pk})

    assert [entry.title for entry in response.context["shelf"].entries] == ["Beras"]
    assert "Label: padi" in response.content.decode()
    assert client.get("/all/", {"tag": foreign.pk}).status_code == 404


def test_entries_with_highlights(client: Client, made: dict[str, int], ann: User, ben: User) -> None:
    entries = {saved.article_id: saved for saved in SavedArticle.objects.all()}
    make_highlight(entries[made["Cuaca"]])
    make_highlight(entries[made["Cuaca"]], "hilang")
    make_highlight(entries[made["Duka"]], deleted_at=timezone.now())
    for saved in SavedArticle.objects.of(ben):
        make_highlight(saved)

    page = client.get("/all/", {"highlighted": "1"})

    assert [entry.title for entry in page.context["shelf"].entries] == ["Cuaca"]
    assert [chip.label for chip in page.context["shelf"].chips] == ["Dengan sorotan"]
    place = Place.read({"highlighted": "1"}, "all")
    plan = explain(*place.entries_of(ann).order_by("-saved_at", "-pk")[:31].query.sql_with_params())
    assert "highlight" in plan
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan


def test_all_that_narrows_a_list_costs_no_more_than_six_queries(
    client: Client, made: dict[str, int], ann: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    own, starred = ann.tags.get(), made["Beras"]
    everything = (
        f"tag={own.pk}&site=tirto.id&section=Sains&author=Sari&length=long&highlighted=1&state=failed"
    )
    client.get("/")
    for name in ("", "archive/", "starred/", "all/", "trash/"):
        for sort in Place.sorts_of(name.strip("/")):
            with django_assert_max_num_queries(6):
                client.get(f"/{name}?{everything}&sort={sort}&undo=star-{starred}")


def test_what_narrows_a_list_is_said_and_can_be_taken_off(client: Client, made: dict[str, int]) -> None:
    shelf = client.get("/all/?site=tirto.id&state=failed&sort=title").context["shelf"]

    assert {chip.url for chip in shelf.chips} == {
        "/all/?state=failed&sort=title",
        "/all/?site=tirto.id&sort=title",
    }
    assert "Situs: tirto.id" in {chip.label for chip in shelf.chips}


@pytest.mark.parametrize(
    "query",
    [
        *("tag=x", "tag=-1", "tag=" + "9" * 30, "tag=" + "0" * 20 + "9" * 30),
        *("site=%00", "author=" + "a" * 5000, "section=%27%3B--"),
    ],
)
def test_nonsense_narrows_nothing_or_to_nothing(client: Client, made: dict[str, int], query: str) -> None:
    assert client.get(f"/all/?{query}").status_code == 200


def test_older_pages_keep_sort_and_filter(client: Client, ann: User) -> None:
    for number in range(21):
        make_saved(ann, title=f"Judul {number:02}", host="tirto.id")
    client.force_login(ann)

    first = client.get("/?sort=title&site=tirto.id")

    assert titles(client, first.context["shelf"].older_url) == ["Judul 20"]
    assert first.context["shelf"].older_url.startswith("/?site=tirto.id&sort=title&before=")


def test_counts_stop_at_a_thousand(ann: User, ben: User) -> None:
    make_saved(ben)
    article_ids = [make_saved(ann, starred_at=timezone.now()).article_id]
    first = SavedArticle.objects.get(article_id=article_ids[0])

    assert count_lists(ann) == {"unread": "1", "starred": "1", "trash": ""}
    articles = [
        type(first.article)(canonical_url=f"u{n}", url="u", host="h", queued_at=timezone.now())
        for n in range(1000)
    ]
    made = type(first.article).objects.bulk_create(articles)
    SavedArticle.objects.bulk_create([SavedArticle(user=ann, article=article) for article in made])
    assert count_lists(ann)["unread"] == "999+"


@pytest.mark.parametrize(
    ("name", "sort"),
    [(name, "") for name in Place.NAMES]
    + [(name, sort) for name in ("list", "all", "starred") for sort in ORDERS if sort != "deleted"],
)
def test_no_list_sorts_a_whole_table(ann: User, name: str, sort: str) -> None:
    place = Place.read({"sort": sort}, name)
    order = ORDERS[place.order]
    query = order.sort(place.entries_of(ann)).for_list()[:31]
    plan = explain(*query.query.sql_with_params())

    assert "saved_" in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN reader_savedarticle" not in plan
    assert "Sort" not in plan


def explain(sql: str, params: tuple[Any, ...]) -> str:
    """Return the plan; PostgreSQL, which goes by how much is there, is told to sort only if it must."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            return " | ".join(row[0] for row in cursor.fetchall())
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        return " | ".join(row[3] for row in cursor.fetchall())


def test_a_stored_filter_reads_back() -> None:
    chosen = ListFilter.of("all", site="tirto.id", tag="12", words="kopi gayo", length="long")
    highlighted = ListFilter.of("all", highlighted="1")

    assert ListFilter.load(chosen.dump()) == chosen
    assert ListFilter.load(highlighted.dump()) == highlighted
    assert highlighted.narrowing() == {"highlighted": "1"}
