"""Dates as publishers write them → an aware moment, or a bare day where no time or no zone is known."""

import email.utils
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

WIB = timezone(timedelta(hours=7), "WIB")
# Indonesia has no summer time; its zones have stood since 1988.
_ZONES: dict[str, tzinfo] = {
    "wib": WIB,
    "wita": timezone(timedelta(hours=8), "WITA"),
    "wit": timezone(timedelta(hours=9), "WIT"),
    "z": UTC,
    "utc": UTC,
    "gmt": UTC,
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february feb pebruari",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agu aug agt",
            "september sep sept",
            "oktober october okt oct",
            "november nov nopember",
            "desember december des dec",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = (
    r"(?:[T\s,|@-]*(?:pukul|jam|at)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:\.\d+)?"
    r"\s*(?P<half>[AP]M\b)?\s*(?P<zone>WIB|WITA|WIT|UTC|GMT|Z|[+-]\d\d:?\d\d)?)?"
)
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})[-/](?P<month>\d\d)[-/](?P<day>\d\d)",
        r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})",
        r"(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})",
        r"(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})",
    )
)
_MAX_CHARS = 200


def read_moment(text: str, zone: tzinfo | None = None) -> datetime | date | None:
    """Read the first date in ``text``; ``zone`` is meant where the text names none.

    >>> read_moment("Kompas.com - 16/10/2020, 17:40 WIB").isoformat()
    '2020-10-16T17:40:00+07:00'
    >>> read_moment("2020-10-16 17:40:00").isoformat()
    '2020-10-16'
    """
    text = text[:_MAX_CHARS]
    for form in _FORMS:
        for match in form.finditer(text):
            if moment := _make_moment(match.groupdict(), zone):
                return moment
    return _read_mail_date(text)


def _make_moment(parts: dict[str, str | None], zone: tzinfo | None) -> datetime | date | None:
    month_text = (parts["month"] or "").lower()
    month = int(month_text) if month_text.isdigit() else _MONTHS.get(month_text, 0)
    try:
        day = date(int(parts["year"] or 0), month, int(parts["day"] or 0))
        if parts["hour"] is None:
            return day
        hour = _hour_of_day(int(parts["hour"]), (parts["half"] or "").upper())
        found = _read_zone(parts["zone"]) or zone
        if found is None:
            return day
        moment = datetime(
            day.year, day.month, day.day, hour, int(parts["minute"] or 0), int(parts["second"] or 0), 0, found
        )
        moment.astimezone(UTC)  # the first and last days of the calendar overflow
    except (ValueError, OverflowError):
        return None
    return moment


def _hour_of_day(hour: int, half: str) -> int:
    if half == "PM" and hour < 12:
        return hour + 12
    return 0 if half == "AM" and hour == 12 else hour


def _read_zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if known := _ZONES.get(text.lower()):
        return known
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def _read_mail_date(text: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text)
        moment.astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment if moment.tzinfo else None
