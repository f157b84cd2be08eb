"""Dates in every form that the pages have had."""

import pytest

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
    "text", ["", " WIB", "kemarin", "32/13/2020, 10:00 WIB", "99 Mei 20", "0000-00-00 00:00:00"]
)
def test_what_is_no_date_is_unknown(text: str) -> None:
    assert read_moment(text, WIB) is None
