"""Keyset paging: nothing twice, nothing left out, whatever the cursor says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.models import SavedArticle, User
from reader.web.paging import PAGE_SIZE, Cursor, decode_cursor, read_page
from tests.builders import make_saved

START = datetime(2024, 1, 1, tzinfo=UTC)


@given(
    st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(9990, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(min_value=1, max_value=2**63 - 1),
)
def test_a_cursor_reads_back_as_it_was_written(saved_at: datetime, pk: int) -> None:
    assert decode_cursor(Cursor(saved_at, pk).encode()) == Cursor(saved_at, pk)


@given(st.text(max_size=100))
def test_any_text_is_a_cursor_or_none(text: str) -> None:
    cursor = decode_cursor(text)
    assert cursor is None or cursor.pk > 0


@pytest.mark.parametrize(
    "text", ["", "x", "é", "AAAA", "LTEuMQ", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTkuMQ", "MS4w"]
)
def test_what_is_not_a_cursor_is_none(text: str) -> None:
    assert decode_cursor(text) is None


@pytest.mark.django_db
def test_pages_hold_every_entry_once_even_when_moments_are_equal(ann: User) -> None:
    made = [make_saved(ann, saved_at=START + timedelta(minutes=number // 3)) for number in range(70)]

    seen, before = [], ""
    for size in (PAGE_SIZE, PAGE_SIZE, 10):
        page = read_page(SavedArticle.objects.of(ann).unread(), before)
        assert len(page.rows) == size
        seen += [saved.pk for saved in page.rows]
        before = page.older

    assert before == ""
    assert seen == [
        saved.pk for saved in sorted(made, key=lambda saved: (saved.saved_at, saved.pk), reverse=True)
    ]


@pytest.mark.django_db
def test_entries_that_come_and_go_between_pages_shift_nothing(ann: User) -> None:
    made = [make_saved(ann, saved_at=START + timedelta(minutes=number)) for number in range(40)]
    first = read_page(SavedArticle.objects.of(ann).unread(), "")
    make_saved(ann, saved_at=START + timedelta(days=1))
    made[20].delete()

    second = read_page(SavedArticle.objects.of(ann).unread(), first.older)

    assert [saved.saved_at for saved in second.rows] == [
        START + timedelta(minutes=number) for number in range(9, -1, -1)
    ]


@pytest.mark.django_db
def test_the_cursors_own_entry_may_be_gone(ann: User) -> None:
    for number in range(32):
        make_saved(ann, saved_at=START + timedelta(minutes=number))
    first = read_page(SavedArticle.objects.of(ann).unread(), "")
    first.rows[-1].delete()

    assert len(read_page(SavedArticle.objects.of(ann).unread(), first.older).rows) == 2
