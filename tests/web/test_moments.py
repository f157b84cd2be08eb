"""Dates and reading times in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from reader.web.moments import format_day, format_moment, format_reading_time

NOON = datetime(2020, 11, 10, 7, 38, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("id", "10 November 2020, 14.38 WIB"), ("en", "10 November 2020, 14:38 WIB")],
)
def test_a_moment_is_said_in_the_readers_words(language: str, expected: str) -> None:
    with translation.override(language):
        assert format_moment(NOON) == expected


@pytest.mark.parametrize(("language", "expected"), [("id", "5 Agustus 2024"), ("en", "5 August 2024")])
def test_a_day_without_a_time_stands_alone(language: str, expected: str) -> None:
    with translation.override(language):
        assert format_day(date(2024, 8, 5)) == expected


def test_late_evening_in_greenwich_is_the_next_day_in_jakarta() -> None:
    with translation.override("id"):
        assert format_moment(datetime(2023, 12, 31, 17, 5, tzinfo=UTC)) == "1 Januari 2024, 00.05 WIB"


@pytest.mark.parametrize(
    ("words", "indonesian", "english"),
    [
        (0, "1 menit baca", "1 minute to read"),
        (200, "1 menit baca", "1 minute to read"),
        (201, "2 menit baca", "2 minutes to read"),
        (600, "3 menit baca", "3 minutes to read"),
    ],
)
def test_reading_time_is_at_least_a_minute(words: int, indonesian: str, english: str) -> None:
    with translation.override("id"):
        assert format_reading_time(words) == indonesian
    with translation.override("en"):
        assert format_reading_time(words) == english
