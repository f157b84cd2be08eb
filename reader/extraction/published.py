"""When an article was published: what the page's data tell, else its address and the lines at the heading."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import chain, islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from reader.extraction.dates import read_moment
from reader.extraction.marks import Marks
from reader.extraction.tree import fold

Moment = datetime | date

_MOST_TEXTS = 150
_MOST_OTHERS = 12
_MOST_CHARS = 80
_EARLIEST_YEAR = 1990
_FARTHEST_ZONE = timedelta(hours=14)
# Besides whole hours: Newfoundland, Iran, Afghanistan, India, Nepal, Myanmar and Australia.
_UNEVEN_ZONES = frozenset(
    timedelta(hours=hours) for hours in (-3.5, -2.5, 3.5, 4.5, 5.5, 5.75, 6.5, 9.5, 10.5)
)
# "/2019/10/22/", "/20191022/", "-22-10-2019-".
_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)|/((?:19|20)\d\d)([01]\d)([0-3]\d)(?!\d)"
    r"|(?<!\d)(?P<day>\d\d)[.-](?P<month>\d\d)[.-](?P<year>20\d\d)(?!\d)"
)
# Before the date: it is another one than that of publishing.
_ANOTHER = re.compile(
    r"^\D*(?:aktualisiert|geändert|updated|modified|diperbarui|edited|mis à jour|actualizado|registriert"
    r"|registered|joined|verfügbar bis|expires|copyright|©)",
    re.IGNORECASE,
)
# "Bandung, 4 Mei 2024 -", "29.11.2022 –", "Pressemitteilung vom 25. Januar 2022 |".
_DATELINE = re.compile(r"(?:\w[\w .-]{1,24}, (?:den )?|\w+ vom )?\(?\d{1,2}\b")
_PUBLISHED_ITEMS = frozenset({"datepublished", "datecreated", "pubdate", "published"})
# What stands in every class that the pattern is for: plain words are looked up ten times faster.
_DATE_PARTS = ("ate", "ime", "atum", "eta", "ublish", "osted", "anggal", "nfo", "echa", "uthor", "yline")
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))(?:(?:pub)?date(?:line)?s?|datum|time(?:stamp)?|published?|posted|tanggal|meta(?:data|info)?|postmetadata"
    r"|datetime|info|fecha|authors?|byline)(?=$|[\s_-]|(?-i:[A-Z]))",
    re.IGNORECASE,
)


def find_published(
    told: Iterable[str], dated: Iterable[str], marks: Marks, url: str, zone: tzinfo | None
) -> Moment | None:
    """The moment that the page's data tell, else the day of its address, else the first date in sight.

    ``dated`` are dates of the page that need not be those of publishing: they come last.

    A bare day is made a moment by another place that tells a time of the same day; a moment in UTC is
    given in the publisher's own zone where another place tells the same instant in it.
    """
    moments = [moment for text in told if text and (moment := read_moment(text, zone))]
    if moments:
        best = _refine(moments[0], [*moments, *_read_all((*dated, *_stamps(marks.times)), zone)])
        return _in_local_time(best, marks, zone)
    visible = _read_all(
        chain(islice(_visible_texts(marks), _MOST_TEXTS), dated, marks.told_changed()),
        zone,
    )
    first = day_in_address(url) or next(visible, None)
    return _refine(first, islice(visible, _MOST_OTHERS)) if first else None


def day_in_address(url: str) -> date | None:
    """The day that the path of an address names in full, as many newsrooms and most blogs write it."""
    match = _ADDRESS.search(unquote(urlsplit(url).path))
    if match is None:
        return None
    numbers = [int(each) for each in match.groups() if each]
    try:
        return date(*(reversed(numbers) if match["day"] else numbers))
    except ValueError:
        return None


def _refine(first: Moment, others: Iterable[Moment]) -> Moment:
    for other in others:
        if not isinstance(other, datetime):
            continue
        if not isinstance(first, datetime):
            if other.date() == first:
                return other
        elif (
            not first.utcoffset()
            and other.utcoffset()
            and other.replace(microsecond=0) == first.replace(microsecond=0)
        ):
            return other
    return first


def _in_local_time(moment: Moment, marks: Marks, zone: tzinfo | None) -> Moment:
    """A moment in UTC in the zone in which the page shows it: "9:25 pm" for 02:25 is five hours less."""
    if not isinstance(moment, datetime) or moment.utcoffset():
        return moment
    if zone:
        return moment.astimezone(zone)
    minute = moment.replace(second=0, microsecond=0)
    for line in marks.lines:
        shown = read_moment(line, UTC) if len(line) <= _MOST_CHARS else None
        if isinstance(shown, datetime):
            offset = shown.utcoffset() or shown.replace(second=0) - minute
            if _is_zone(offset):
                return moment.astimezone(timezone(offset))
    return moment


def _is_zone(offset: timedelta) -> bool:
    is_even = not offset % timedelta(hours=1) and timedelta() < abs(offset) <= _FARTHEST_ZONE
    return is_even or offset in _UNEVEN_ZONES


def _read_all(texts: Iterable[str], zone: tzinfo | None) -> Iterator[Moment]:
    for text in texts:
        moment = read_moment(text, zone)
        if moment and moment.year >= _EARLIEST_YEAR:
            yield moment


def _stamps(times: Iterable[HtmlElement]) -> Iterator[str]:
    return (text for each in times if (text := each.get("datetime", "")))


def _visible_texts(marks: Marks) -> Iterator[str]:
    """The texts of dates that the page shows, the surest kind of place first."""
    items = [each for each in marks.items if each.get("itemprop", "").lower() in _PUBLISHED_ITEMS]
    yield from (_stamp_of(each) for each in (*items, *marks.times) if not marks.is_aside(each))
    yield from _of_one_day(marks.told_published())
    yield from _dates_among(marks.lines)
    for element in marks.classed(*_DATE_PARTS):
        if _DATE_CLASS.search(element.get("class", "")) and not marks.is_aside(element):
            yield from _dates_among([_short_text(element)])
    yield from (text for text in marks.openings if _DATELINE.match(text))
    yield from _dates_among(marks.lines_above)


def _of_one_day(texts: list[str]) -> list[str]:
    """The texts where all tell the same day; several days are those of a list or of comments."""
    days = {moment.isoformat()[:10] for text in texts if (moment := read_moment(text))}
    return texts if len(days) == 1 else []


def _dates_among(lines: Iterable[str]) -> Iterator[str]:
    return (line for line in lines if 5 < len(line) <= _MOST_CHARS and not _ANOTHER.match(line))


def _stamp_of(element: HtmlElement) -> str:
    return element.get("datetime") or element.get("content") or _short_text(element)


def _short_text(element: HtmlElement) -> str:
    text = fold(" ".join(map(str, element.itertext())))
    return text if len(text) <= _MOST_CHARS else ""
