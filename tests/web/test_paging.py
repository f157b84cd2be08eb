"""Keyset paging: nothing twice, nothing left out, in every order, whatever the cursor says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.models import SavedArticle, User
from reader.web.paging import ORDERS, PAGE_SIZE, Cursor, decode_cursor, read_page
from tests.builders import make_saved

START = datetime(2024, 1, 1, tzinfo=UTC)
# hypothesis wants its bounds without a zone.
_FIRST, _LAST = datetime(1800, 1, 1), datetime(9990, 1, 1)  # noqa: DTZ001
_MOMENTS = st.datetimes(min_value=_FIRST, max_value=_LAST, timezones=st.just(UTC))
_PKS = st.integers(min_value=1, max_value=2**63 - 1)
_CURSORS = st.one_of(
    st.builds(Cursor, st.sampled_from(["saved", "oldest", "published", "deleted"]), _MOMENTS, _PKS),
    st.builds(
        Cursor, st.sampled_from(["short", "long"]), st.integers(min_value=0, max_value=2**63 - 1), _PKS
    ),
    st.builds(
        Cursor,
        st.just("title"),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=150),
        _PKS,
    ),
)


@given(_CURSORS)
def test_a_cursor_reads_back_as_it_was_written(cursor: Cursor) -> None:
    assert decode_cursor(cursor.encode()) == cursor


@given(st.text(max_size=100))
def test_any_text_is_a_cursor_or_none(text: str) -> None:
    cursor = decode_cursor(text)
    assert cursor is None or cursor.pk > 0


@pytest.mark.parametrize(
    "text", ["", "x", "é", "AAAA", "LTEuMQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ", "MS4w", "c2F2ZWQuMS4xLjE"]
)
def test_what_is_not_a_cursor_is_none(text: str) -> None:
    assert decode_cursor(text) is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in ORDERS if name != "deleted"])
def test_pages_hold_every_entry_once_even_when_values_are_equal(ann: User, name: str) -> None:
    for number in range(70):
        make_saved(
            ann,
            saved_at=START + timedelta(minutes=number // 3),
            published_at=START + timedelta(days=number % 5) if number % 7 else None,
            published_on=None,
            title=f"“Judul {number % 9}”",
            word_count=number % 4,
        )
    entries = SavedArticle.objects.of(ann).unread()

    seen, before = [], ""
    for size in (PAGE_SIZE, PAGE_SIZE, PAGE_SIZE, 10):
        page = read_page(entries, before, name)
        assert len(page.rows) == size
        seen += [saved.pk for saved in page.rows]
        before = page.older

    assert before == ""
    assert seen == [saved.pk for saved in ORDERS[name].sort(entries)]
    assert len(set(seen)) == 70


@pytest.mark.django_db
def test_entries_that_come_and_go_between_pages_shift_nothing(ann: User) -> None:
    made = [make_saved(ann, saved_at=START + timedelta(minutes=number)) for number in range(PAGE_SIZE + 10)]
    first = read_page(SavedArticle.objects.of(ann).unread(), "")
    make_saved(ann, saved_at=START + timedelta(days=1))
    made[15].delete()

    second = read_page(SavedArticle.objects.of(ann).unread(), first.older)

    assert [saved.saved_at for saved in second.rows] == [
        START + timedelta(minutes=number) for number in range(9, -1, -1)
    ]


@pytest.mark.django_db
def test_the_cursors_own_entry_may_be_gone(ann: User) -> None:
    for number in range(PAGE_SIZE + 2):
        make_saved(ann, saved_at=START + timedelta(minutes=number))
    first = read_page(SavedArticle.objects.of(ann).unread(), "")
    first.rows[-1].delete()

    assert len(read_page(SavedArticle.objects.of(ann).unread(), first.older).rows) == 2


@pytest.mark.django_db
def test_the_cursor_of_another_order_shows_the_first_page(ann: User) -> None:
    for number in range(PAGE_SIZE + 2):
        make_saved(ann, saved_at=START + timedelta(minutes=number))
    saved = read_page(SavedArticle.objects.of(ann).unread(), "")

    page = read_page(SavedArticle.objects.of(ann).unread(), saved.older, "title")

    assert (len(page.rows), page.before) == (PAGE_SIZE, "")
