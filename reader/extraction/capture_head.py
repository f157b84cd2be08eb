"""What stands above a copied text: title, day and time, names, section, labels, and where the text begins."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from reader.extraction.capture_core import FEWEST_LINES_ASIDE, count_sentences, find_core
from reader.extraction.capture_lines import Line
from reader.extraction.capture_marks import has_caption, is_dropped, is_label
from reader.extraction.capture_names import Names, are_names, read_names, stands_before_role
from reader.extraction.capture_phrases import (
    CHANGED,
    CUT,
    DATE_LINE,
    DATELINE,
    DAY_LINE,
    HOMES,
    LABELLED_NAMES,
    LABELS,
    LONGEST_LINE,
    PUBLISHER,
    ROLES,
    SOURCE,
)
from reader.extraction.clutter import is_clutter
from reader.extraction.dates import WIB, read_moment

# A page's menus may be 220 lines; under the date the longest head measured has 12.
_WITHIN_LINES = 400
_LONGEST_HEAD = 30
_MOST_SENTENCES = 8
# So many lines without a sentence are no beginning of a text.
_FEWEST_LINES_ABOVE = 4
_LONGEST_TITLE = 250
_WORD = re.compile(r"\w+")
_DAY_IN_ADDRESS = re.compile(r"/(20\d\d)/(\d\d)/(\d\d)/")
_SEPARATORS = frozenset({"/", ">", "»", "|"})
_CHANNEL = re.compile(r"/([a-z]{3,20})/(?:read|copy|komentar)/\d{4}/")


@dataclass(slots=True)
class Head:
    """What the lines above the text tell; ``body_at`` is the number of the line where the text begins."""

    title: str = ""
    published: datetime | date | None = None
    modified: datetime | date | None = None
    site_name: str = ""
    section: str = ""
    labels: tuple[str, ...] = ()
    names: Names = field(default_factory=Names)
    body_at: int = 0


def read_head(lines: Sequence[Line], url: str) -> Head:
    """Read the head; a text without one begins with its title, if its first line can be one."""
    core_at, core_end = find_core(lines)
    if count_sentences(lines[:core_at]) > 0.25 * count_sentences(lines[core_at:core_end]):
        core_at = 0
    date_at = _find_date(lines, core_at)
    title_at = _find_title(lines, date_at, core_at, _words_of_address(url))
    body_at = _find_body(lines, max(date_at, title_at) + 1, core_at)
    head = Head(title=lines[title_at].text if title_at >= 0 else "", body_at=body_at)
    _read_dates(head, lines[date_at].text if date_at >= 0 else "", url)
    head.names = read_names(lines, title_at, date_at, head.body_at)
    head.labels = _read_labels(lines, title_at, head.body_at)
    head.section = _read_section(lines, title_at, url)
    return head


# --- where things stand ---


def _find_date(lines: Sequence[Line], core_at: int) -> int:
    """The line under the title that tells day and time; of a page without any, the one that tells the day."""
    sentences = 0
    day_at = -1
    for at, line in enumerate(lines[:_WITHIN_LINES]):
        text = line.text
        if len(text) <= LONGEST_LINE and DATE_LINE.fullmatch(text):
            if sentences <= _MOST_SENTENCES or PUBLISHER.match(text):
                return at
        elif (
            at
            and day_at < 0
            and not sentences
            and not line.is_item
            and DAY_LINE.fullmatch(text[:LONGEST_LINE])
        ):
            day_at = at
        sentences += line.is_sentence
    return day_at if core_at - day_at <= _LONGEST_HEAD else -1  # today's date stands above the menus


def _words_of_address(url: str) -> frozenset[str]:
    """The words of the address's last part: most publishers write the title there."""
    try:
        parts = [part for part in urlsplit(url).path.split("/") if not part.isdigit()]
    except ValueError:
        return frozenset()
    words = _words(unquote(parts[-1] if parts else "").replace("_", " "))
    return words if len(words) >= 3 else frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _find_title(lines: Sequence[Line], date_at: int, core_at: int, wanted: frozenset[str]) -> int:
    before = range(date_at) if date_at >= 0 else range(min(len(lines), _WITHIN_LINES))
    if wanted and (found := _find_by_address(lines, before, wanted)) >= 0:
        return found
    if date_at > 0:
        nearest = reversed(before[-_LONGEST_HEAD:])
        return next((at for at in nearest if _may_be_title(lines[at].text)), date_at - 1)
    if core_at >= FEWEST_LINES_ASIDE:
        above = [
            at for at in range(max(core_at - _LONGEST_HEAD, 0), core_at) if _may_be_title(lines[at].text)
        ]
        return max(above, key=lambda at: _weigh_title(lines[at].text, core_at - at), default=-1)
    first = next((at for at in range(date_at + 1, len(lines)) if not _is_beside_title(lines[at].text)), -1)
    return first if first >= 0 and _may_open(lines[first].text) else -1


def _find_by_address(lines: Sequence[Line], places: Iterable[int], wanted: frozenset[str]) -> int:
    """The line that has most of the address's words and few others: the last of the best."""
    best, best_share = -1, 0.5
    for at in places:
        text = lines[at].text
        if len(text) > _LONGEST_TITLE:
            continue
        words = _words(text)
        share = len(words & wanted) / max(len(words | wanted), 1)
        if share >= best_share:
            best, best_share = at, share
    return best


def _is_beside_title(text: str) -> bool:
    is_mark = text.startswith("#") or text.casefold() in ROLES
    return is_mark or is_dropped(text) or is_clutter(text) or is_label(text)


def _may_be_title(text: str) -> bool:
    is_names = len(text) <= LONGEST_LINE and bool(LABELLED_NAMES.fullmatch(text))
    return (
        len(text.split()) >= 3
        and len(text) <= _LONGEST_TITLE
        and not (_is_beside_title(text) or is_names or text.endswith("."))
    )


def _weigh_title(text: str, distance: int) -> float:
    """A title has more words than what stands between it and the text, and is not far."""
    return min(len(text.split()), 14) - 0.4 * distance


def _may_open(text: str) -> bool:
    """Whether the first line of a text without a date can be its title: no long one, no whole sentence."""
    return len(text) <= _LONGEST_TITLE and not text.endswith(".") and not DATELINE.fullmatch(text)


def _find_body(lines: Sequence[Line], start: int, core_at: int) -> int:
    """The first line of the text: the one with the dateline, else the first that is nothing of the head."""
    end = min(start + _LONGEST_HEAD, len(lines))
    others = [at for at in range(start, end) if not _is_head_matter(lines, at)]
    sentences = 0
    for at in others:
        if DATELINE.fullmatch(lines[at].text):
            return at
        sentences += lines[at].is_sentence
        if sentences > 1:  # one may be a caption that nothing tells from a sentence
            break
    first = others[0] if others else end
    is_far = core_at - first >= _FEWEST_LINES_ABOVE and not count_sentences(lines[first:core_at])
    return core_at if is_far else first


def _is_head_matter(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    if is_dropped(text) or has_caption(lines, at) or text.isdigit() or text.casefold() in ROLES:
        return True
    if len(text) > LONGEST_LINE:
        return False
    if any(each.fullmatch(text) for each in (LABELS, SOURCE, DATE_LINE, CUT)):
        return True
    names = LABELLED_NAMES.fullmatch(text)
    return bool(names and are_names(names)) or stands_before_role(lines, at)


# --- the rest ---


def _read_dates(head: Head, text: str, url: str) -> None:
    moment = read_moment(text, WIB) if text else None
    match = DATE_LINE.fullmatch(text)
    if moment and match and CHANGED.search(match["before"]):
        head.modified = moment
    else:
        head.published = moment
    if match and match["changed"]:
        head.modified = read_moment(match["changed"], WIB)
    day = _DAY_IN_ADDRESS.search(url)
    if head.published is None and day:
        found = read_moment("-".join(day.groups()))
        head.published = found if isinstance(found, date) else None
    publisher = PUBLISHER.match(text)
    head.site_name = publisher[1] if publisher else ""


def _read_labels(lines: Sequence[Line], title_at: int, body_at: int) -> tuple[str, ...]:
    near = [*lines[max(title_at - 4, 0) : max(title_at, 0)], *lines[title_at + 1 : body_at]]
    return tuple(dict.fromkeys(line.text for line in near if is_label(line.text)))


def _read_section(lines: Sequence[Line], title_at: int, url: str) -> str:
    """The first step of the path above the title ("Home", "News", "Regional"), else the address's channel."""
    steps: list[str] = []
    is_path = False
    for line in reversed(lines[max(title_at - 8, 0) : max(title_at, 0)]):
        text = line.text
        if text.casefold() in HOMES and steps:
            return steps[-1]
        if text in _SEPARATORS:
            is_path = True
        elif line.is_item and len(text.split()) <= 3:
            steps.append(text)
        elif not (text.isupper() or is_label(text)):
            break
    if is_path and steps:
        return steps[-1]
    channel = _CHANNEL.search(url)
    return channel[1].capitalize() if channel else ""
