"""Dates as publishers write them → an aware moment, or a bare day where no time or no zone is known."""

import email.utils
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

WIB = timezone(timedelta(hours=7), "WIB")
# Indonesia has no summer time; its zones have stood since 1988. Of the others only names that mean one thing.
_ZONES: dict[str, tzinfo] = {
    "wib": WIB,
    "wita": timezone(timedelta(hours=8), "WITA"),
    "wit": timezone(timedelta(hours=9), "WIT"),
    "z": UTC,
    "utc": UTC,
    "gmt": UTC,
    **{name: timezone(timedelta(hours=1), name.upper()) for name in ("cet", "mez")},
    **{name: timezone(timedelta(hours=2), name.upper()) for name in ("cest", "mesz")},
    **{name: timezone(timedelta(hours=9), name.upper()) for name in ("jst", "kst")},
    "est": timezone(timedelta(hours=-5), "EST"),
    "edt": timezone(timedelta(hours=-4), "EDT"),
    "pst": timezone(timedelta(hours=-8), "PST"),
    "pdt": timezone(timedelta(hours=-7), "PDT"),
}
# Indonesian, English, German, Dutch, French, Spanish, Portuguese, Italian, Scandinavian, Polish, Russian and
# Turkish, without accents, long and short. A word that means two months somewhere is left out.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january januar janner jan janvier janv enero ene janeiro gennaio gen stycznia"
            " января ocak",
            "februari february feb pebruari februar fevrier fevr febrero fevereiro fev febbraio lutego"
            " февраля subat",
            "maret march mar marz maerz mrz maart mrt mars marzo marco marca марта mart",
            "april apr avril avr abril abr aprile kwietnia апреля nisan",
            "mei may mai mayo maio maggio mag maj maja мая mayıs mayis",
            "juni june jun juin junio junho giugno giu czerwca июня haziran",
            "juli july jul juillet juil julio julho luglio lug lipca июля temmuz",
            "agustus august agu aug agt augustus aout agosto ago augusti sierpnia августа agustos",
            "september sep sept septembre septiembre setembro settembre set wrzesnia сентября eylul",
            "oktober october okt oct octobre octubre outubro out ottobre ott pazdziernika октября ekim",
            "november nov nopember novembre noviembre novembro listopada ноября kasım kasim",
            "desember december des dec dezember dez decembre diciembre dic dezembro dicembre grudnia"
            " декабря aralık",
        ),
        start=1,
    )
    for name in names.split()
}
# Between day and time stand a comma, a hyphen, "pukul", "um", "at": at most two short words.
_TIME = (
    r"(?:[T\s,|@•·/-]{0,4}(?:(?:pukul|jam|at|um|klo?|a|om|ore|às|-|–|\|)\.?\s{0,2}){0,2}(?P<hour>\d{1,2})"
    r"[:.h](?P<minute>\d\d)(?!\d)(?:[:.](?P<second>\d\d))?(?:\.\d{1,9})?"
    r"\s?(?P<half>[AP]\.?M\b\.?)?\s?(?:Uhr\s?)?(?:(?:GMT|UTC)(?=[+-]))?"
    r"(?P<zone>(?-i:[A-Z]{3,4}\b)|WI(?:B|TA|T)\b|Z\b|[+-]\d\d(?::?\d\d)?)?)?"
)
_FORMS = tuple(
    re.compile(form + _TIME, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
        r"(?<![\d.])(?P<day>\d{1,2})\s?[/.|-]\s?(?P<month>\d{1,2})\s?[/.|-]\s?(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})(?:\.|er|º|st|nd|rd|th)?\s{0,2}(?:de\s|of\s|-)?(?P<month>[^\W\d_]{3,12})\.?,?\s?"
        r"(?:de\s|-)?(?P<year>\d{4})(?!\d)",
        r"(?P<month>[^\W\d_]{3,12})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,2}(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?:년|年|\.)\s?(?P<month>\d{1,2})(?:월|月|\.)\s?(?P<day>\d{1,2})(?:일|日|\.)?",
        r"(?<![\d.])(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d\d)(?![\d.])",
    )
)
# "Mon Oct 11 14:57:21 CEST 2021", as Java and Unix write it.
_SYSTEM_FORM = re.compile(
    r"(?P<month>[A-Z][a-z]{2})\s{1,2}(?P<day>\d{1,2})\s(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?P<half>)\s(?:(?P<zone>[A-Z]{3,4})\s)?(?P<year>\d{4})(?!\d)"
)
_MAX_CHARS = 200
_CENTURY = 2000


def read_moment(text: str, zone: tzinfo | None = None) -> datetime | date | None:
    """Read the first date in ``text``; ``zone`` is meant where the text names none.

    >>> read_moment("Kompas.com - 16/10/2020, 17:40 WIB").isoformat()
    '2020-10-16T17:40:00+07:00'
    >>> read_moment("2020-10-16 17:40:00").isoformat()
    '2020-10-16'
    """
    text = text[:_MAX_CHARS]
    if not re.search(r"\d\d", text):
        return None
    for form in (_SYSTEM_FORM, *_FORMS):
        for match in form.finditer(text):
            if moment := _make_moment(match.groupdict(), zone):
                return moment
    return _read_mail_date(text)


def _make_moment(parts: dict[str, str | None], zone: tzinfo | None) -> datetime | date | None:
    try:
        day = _make_day(parts)
        if parts["hour"] is None:
            return day
        hour = _hour_of_day(int(parts["hour"]), (parts["half"] or "").upper()[:1])
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


def _make_day(parts: dict[str, str | None]) -> date:
    """Raises ValueError where the parts are no day. "02/13/2020" can only mean the month first."""
    year, day = int(parts["year"] or 0), int(parts["day"] or 0)
    year += _CENTURY if len(parts["year"] or "") == 2 else 0
    name = parts["month"] or ""
    month = int(name) if name.isdecimal() else _MONTHS.get(_without_accents(name.lower()), 0)
    if name.isdecimal() and month > 12 >= day:
        day, month = month, day
    return date(year, month, day)


def _without_accents(word: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each))


def _hour_of_day(hour: int, half: str) -> int:
    if half == "P" and hour < 12:
        return hour + 12
    return 0 if half == "A" and hour == 12 else hour


def _read_zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text[0] not in "+-":
        return _ZONES.get(text.lower())
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "").ljust(4, "0")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def _read_mail_date(text: str) -> datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(text)
        moment.astimezone(UTC)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return moment if moment.tzinfo else None
