"""What is done often begins at the few, and does not go through all that is on a person's list."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import ListFilter, SavedArticle, User
from reader.search import parse_query
from reader.services.around import find_around
from reader.services.narrowing import narrow
from reader.services.saving import save_links
from reader.services.searching import find
from reader.services.tagging import list_tags
from reader.web.paging import read_page
from tests.builders import make_saved, make_tag

pytestmark = pytest.mark.django_db

# SQLite's words; its only statistics are our questions. "(user_id=? AND ...)" goes to a part of the list.
_WHOLE_LIST = re.compile(
    r"SCAN reader_savedarticle|reader_savedarticle USING [^|]*\(user_id=\?\)|INDEX saved_\w+ \(user_id=\?\)"
)


def save(saved: SavedArticle) -> None:
    save_links(user=saved.user, text="https://berita.example/baru https://berita.example/lain")


def look_at(saved: SavedArticle) -> None:
    links = [f"https://berita.example/{number}" for number in range(9)]
    find_around(user=saved.user, article=saved.article, links=links)


def search_by_tag(saved: SavedArticle) -> None:
    for text in ("tag:kopi", "tag:kopi gayo"):
        find(user=saved.user, query=parse_query(text))
    list(list_tags(user=saved.user))


def narrow_to_few(saved: SavedArticle) -> None:
    tag = saved.tags.get()
    parts = {"tag": str(tag.pk), "site": saved.site, "section": "Budaya", "length": "long"}
    for name, value in {**parts, "state": "failed", "highlighted": "1"}.items():
        chosen = ListFilter.of("all", author="Sari", **{name: value})
        for order in ("saved", "title", "published", "long"):
            read_page(narrow(user=saved.user, chosen=chosen).entries, "", order, is_sorted_first=True)


@pytest.mark.parametrize("do", [save, look_at, search_by_tag, narrow_to_few])
def test_no_question_goes_through_the_whole_list(ann: User, do: Callable[[SavedArticle], None]) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL chooses by its statistics, and has none here.
    saved = make_saved(ann, title="Kopi Gayo")
    make_tag(ann, "kopi", saved)
    save_links(user=ann, text="https://berita.example/pertama")  # which counts what is stored
    with CaptureQueriesContext(connection) as queries:
        do(saved)

    asked = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    plans = {}
    with connection.cursor() as cursor:
        for sql in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plans[sql] = " | ".join(row[3] for row in cursor.fetchall())
    assert asked
    assert [(plan, sql) for sql, plan in plans.items() if _WHOLE_LIST.search(plan)] == []
