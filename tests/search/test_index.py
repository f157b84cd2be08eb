"""The index: keys in the order of saving, and a table that goes with its entries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from reader.indexing import index_backlog
from reader.models import SearchEntry, User
from reader.search import NO_KEY_IS_ABOVE, make_expression, make_key, open_index, parse_query
from reader.search.index import as_tsvector
from reader.services.searching import find
from tests.builders import make_saved

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


def test_keys_are_in_the_order_of_saving_and_fit_every_database() -> None:
    moments = [datetime(1960, 1, 1, tzinfo=UTC), MOMENT, MOMENT + timedelta(milliseconds=1)]
    keys = [make_key(moment, 7) for moment in moments]

    assert keys == sorted(keys)
    assert make_key(MOMENT, 8) > make_key(MOMENT, 7)
    assert keys[0] >= 0
    assert make_key(datetime(9999, 1, 1, tzinfo=UTC), 2**62) < 2**63


def test_a_tsvector_has_every_place_and_no_marks() -> None:
    assert as_tsvector(["u§1", "§", "baca", "baca"]) == "'u§1':1 'baca':3,4"


@pytest.mark.django_db
def test_what_takes_the_terms_along_is_still_there_after_all_migrations() -> None:
    """A migration that makes `reader_searchentry` anew drops it, and has to create it again."""
    schema = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT indexname FROM pg_indexes WHERE tablename = 'reader_searchentry'"
    )
    with connection.cursor() as cursor:
        cursor.execute(schema)
        names = {name for (name,) in cursor.fetchall()}

    assert names & {"reader_searchentry_gone", "reader_searchentry_terms"}


@pytest.mark.django_db
def test_a_phrase_is_found_below_many_that_have_its_words_in_another_order(
    ann: User,
) -> None:
    for number, title in enumerate(["Jalan Raya", *["Raya Jalan"] * 7, "Jalan Raya", "Raya Jalan"]):
        make_saved(ann, title=title, text="", saved_at=MOMENT + timedelta(hours=number))
    index_backlog(20)

    def find_keys(limit: int) -> list[int]:
        expression = make_expression(parse_query('"jalan raya"'), ann.pk)
        return open_index().find_keys(expression, before=NO_KEY_IS_ABOVE, limit=limit)

    kept = SearchEntry.objects.filter(saved__article__title="Jalan Raya").order_by("-key")
    assert find_keys(9) == list(kept.values_list("key", flat=True))
    assert find_keys(1) == [kept[0].key]


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_row_that_went_meanwhile_has_no_terms(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "vendor", vendor)

    assert open_index().count_terms(None, ["baca"]) == {}


@pytest.mark.django_db
def test_how_one_question_is_planned_is_no_matter_of_the_next(ann: User) -> None:
    if connection.vendor != "postgresql":
        return  # SQLite is not told how to plan
    find(user=ann, query=parse_query("pohon"))

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('enable_seqscan'), current_setting('enable_indexscan')")
        assert cursor.fetchone() == ("on", "on")


@pytest.mark.django_db
def test_the_index_is_rebuilt_by_a_command_that_may_be_stopped(
    ann: User, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = [make_saved(ann) for _number in range(3)]
    call_command("rebuild_search_index")
    SearchEntry.objects.filter(saved=entries[1]).update(analysis=0)

    call_command("rebuild_search_index", "--resume")

    assert "1 of 3" in capsys.readouterr().out
    assert len(find(user=ann, query=parse_query("pohon")).rows) == 3
