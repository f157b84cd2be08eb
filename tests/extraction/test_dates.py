"""Dates in every form that the pages have had."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.extraction.dates import WIB, read_moment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kompas.com - 16/10/2020, 17:40 WIB", "2020-10-16T17:40:00+07:00"),
        ("Kompas.com - Diperbarui 02/01/2023, 10:00 WIB", "2023-01-02T10:00:00+07:00"),
        ("Kompas.com, 16 Oktober 2025, 10:35 WIB", "2025-10-16T10:35:00+07:00"),
        ("Kompas.com, Diperbarui 18/04/2026, 10:03 WIB", "2026-04-18T10:03:00+07:00"),
        ("Rabu, 4 November 2015 | 21:04 WIB", "2015-11-04T21:04:00+07:00"),
        ("November 2, 2020, 12.00 AM", "2020-11-02T00:00:00+07:00"),
        ("November 1, 2020, 08.42 PM", "2020-11-01T20:42:00+07:00"),
        ("2020-10-16 12:20:00", "2020-10-16T12:20:00+07:00"),
        ("2022-06-23T13:45:00+00:00", "2022-06-23T13:45:00+00:00"),
        ("2022-06-23T13:45:00.123Z", "2022-06-23T13:45:00+00:00"),
        ("Senin, 3 Agustus 2020 pukul 09.15 WITA", "2020-08-03T09:15:00+08:00"),
        ("5 Mei 2021 10:00 WIT", "2021-05-05T10:00:00+09:00"),
        ("Thu, 23 Jun 2022 13:45:00 GMT", "2022-06-23T13:45:00+00:00"),
        ("12 Des 2019", "2019-12-12"),
        ("4. Februar 2022 um 15:32 Uhr MEZ", "2022-02-04T15:32:00+01:00"),
        ("Di., 04.02.2022 - 15.32 Uhr", "2022-02-04T15:32:00+07:00"),
        ("04.02.22", "2022-02-04"),
        ("le 4 février 2022 à 15h32", "2022-02-04"),
        ("1er août 2022", "2022-08-01"),
        ("4 de mayo de 2022", "2022-05-04"),
        ("4 mars 2022", "2022-03-04"),
        ("26 Şubat 2022", "2022-02-26"),
        ("4 мая 2022", "2022-05-04"),
        ("2022年2月4日", "2022-02-04"),
        ("2022. 2. 4.", "2022-02-04"),
        ("02/13/2020", "2020-02-13"),
        ("20220204", "2022-02-04"),
        ("Feb. 4, 2022 at 3:15 p.m. EST", "2022-02-04T15:15:00-05:00"),
        ("2022-02-04T15:15:00+0100", "2022-02-04T15:15:00+01:00"),
        ("Wed Apr 28 2021 10:00:00 GMT+0200 (CEST)", "2021-04-28T10:00:00+02:00"),
        ("Mon Oct 11 14:57:21 CEST 2021", "2021-10-11T14:57:21+02:00"),
    ],
)
def test_a_date_is_read(text: str, expected: str) -> None:
    moment = read_moment(text, WIB)

    assert moment is not None
    assert moment.isoformat() == expected


def test_a_time_without_a_zone_is_a_day_where_the_zone_is_not_known() -> None:
    moment = read_moment("2020-10-16 12:20:00")

    assert moment is not None
    assert moment.isoformat() == "2020-10-16"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " WIB",
        "kemarin",
        "32/13/2020, 10:00 WIB",
        "99 Mei 20",
        "0000-00-00 00:00:00",
        "1588 2000 10",
        "1" * 300,
    ],
)
def test_what_is_no_date_is_unknown(text: str) -> None:
    assert read_moment(text, WIB) is None


PIECES = st.sampled_from([
    "Kompas.com - ", "Diperbarui ", "Senin, ", "4", "04", "2024", "24", "99", "Mei", "May", ".", "/", "-",
    ":", " ", "T", "08", "15", "WIB", "Z", "+07:00", "-99:99", "PM", "日", "年", "jam ", "um ", "Uhr", ",",
    "\u0660", "\x00",
])  # fmt: skip
# Seconds since 1970: from 1990 to 2090.
MOMENTS = st.integers(631_152_000, 3_786_912_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map("".join)))
@example("Mon, 01 Jan 0001 00:00:00 +2359")
@example("9999-12-31T23:59:59-23:59")
def test_any_text_is_a_moment_a_day_or_nothing(text: str) -> None:
    moment = read_moment(text, WIB)

    assert moment is None or isinstance(moment, date)
    if isinstance(moment, datetime):
        assert moment.astimezone(UTC)  # every moment can be compared, kept and shown


@given(MOMENTS, st.integers(min_value=-12 * 4, max_value=14 * 4))
def test_every_moment_that_a_machine_writes_is_read(moment: datetime, quarters: int) -> None:
    there = moment.astimezone(timezone(timedelta(minutes=15 * quarters)))

    assert read_moment(there.isoformat()) == moment
    assert read_moment(f"{there:%Y%m%dT%H:%M:%S%z}") == moment
    assert read_moment(f"{there:%d/%m/%Y, %H:%M:%S %z}") == moment


MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober"),
    *("November", "Desember"),
)


@given(MOMENTS)
def test_every_moment_that_an_editor_writes_is_read(moment: datetime) -> None:
    there = moment.astimezone(WIB)
    month = MONTHS[there.month - 1]
    minute = there.replace(second=0)

    assert read_moment(f"Kompas.com, {there.day} {month} {there.year}, {there:%H:%M} WIB") == minute
    assert read_moment(f"Rabu, {there.day} {month} {there.year} | {there:%H.%M} WIB") == minute
    assert read_moment(f"{there.day} {month[:3]} {there.year}") == there.date()
