"""What stands above a copied text: title, day and time, names, section, labels, and where the text begins."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import unquote, urlsplit

from reader.extraction.capture_lines import Line
from reader.extraction.capture_phrases import (
    CAPTION,
    CAPTION_FOLLOWS,
    CHANGED,
    CUT,
    DATE_LINE,
    DATELINE,
    DAY_LINE,
    DROP,
    HOMES,
    IS_COLUMN,
    LABELLED_NAMES,
    LABELS,
    LONGEST_LINE,
    LONGEST_NAME_CHARS,
    MOST_NAME_WORDS,
    PUBLISHER,
    ROLES,
    SOURCE,
)
from reader.extraction.dates import WIB, read_moment
from reader.extraction.names import split_names

# A page's menus may be 220 lines; under the date the longest head measured has 12.
_WITHIN_LINES = 400
_LONGEST_HEAD = 30
_MOST_SENTENCES = 8
_LONGEST_TITLE = 250
_WORD = re.compile(r"\w+")
_NOT_IN_NAMES = re.compile(r"[/:!?\"“”]|\w\.(?:com|co|id|net|tv)\b", re.IGNORECASE)
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
    authors: list[str] = field(default_factory=list)
    editor: str = ""
    body_at: int = 0


def read_head(lines: Sequence[Line], url: str) -> Head:
    """Read the head; a text without one begins with its title, if its first line can be one."""
    date_at = _find_date(lines)
    title_at = _find_title(lines, date_at, _words_of_address(url))
    start = max(date_at, title_at) + 1
    head = Head(title=lines[title_at].text if title_at >= 0 else "", body_at=_find_body(lines, start))
    _read_dates(head, lines[date_at].text if date_at >= 0 else "", url)
    _read_names(head, lines, title_at, start)
    head.labels = _read_labels(lines, title_at, head.body_at)
    head.section = _read_section(lines, title_at, url)
    return head


def is_dropped(text: str) -> bool:
    return len(text) <= LONGEST_LINE and bool(DROP.fullmatch(text))


def has_caption(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the caption of a picture that is not here.

    >>> has_caption([Line("kolam renangDok. Dinas Pariwisata kolam renang")], 0)
    True
    """
    text = lines[at].text
    if at and CAPTION_FOLLOWS.fullmatch(lines[at - 1].text[:20]) and not lines[at].is_item:
        return text.endswith(")") or not (lines[at].is_ended or DATELINE.fullmatch(text))
    return len(text) <= 2 * LONGEST_LINE and bool(CAPTION.fullmatch(text) or _is_told_twice(text))


def _is_told_twice(text: str) -> bool:
    """Whether a line is a picture's alternative text, credit and caption, run together at one place."""
    size = _border_of(text)
    if size < 8 or size < 0.15 * len(text) or 2 * size >= len(text):
        return False
    after_first, before_last = text[size], text[-size - 1]
    return after_first.isalpha() or before_last.isalnum()


def _border_of(text: str) -> int:
    """The length of the longest beginning of the text that is its end too (Knuth, Morris, Pratt)."""
    borders = [0] * len(text)
    size = 0
    for at in range(1, len(text)):
        while size and text[at] != text[size]:
            size = borders[size - 1]
        size += text[at] == text[size]
        borders[at] = size
    return size


# --- where things stand ---


def _find_date(lines: Sequence[Line]) -> int:
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
    return day_at


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


def _find_title(lines: Sequence[Line], date_at: int, wanted: frozenset[str]) -> int:
    before = range(date_at) if date_at >= 0 else range(min(len(lines), _WITHIN_LINES))
    if wanted and (found := _find_by_address(lines, before, wanted)) >= 0:
        return found
    if date_at > 0:
        nearest = reversed(before[-_LONGEST_HEAD:])
        return next((at for at in nearest if _may_be_title(lines[at].text)), date_at - 1)
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
    is_label = len(text) <= LONGEST_LINE and bool(LABELS.fullmatch(text))
    return is_dropped(text) or is_label or text.startswith("#") or text.casefold() in ROLES


def _may_be_title(text: str) -> bool:
    is_names = len(text) <= LONGEST_LINE and bool(LABELLED_NAMES.fullmatch(text))
    return (
        len(text.split()) >= 3
        and len(text) <= _LONGEST_TITLE
        and not (_is_beside_title(text) or is_names or text.endswith("."))
    )


def _may_open(text: str) -> bool:
    """Whether the first line of a text without a date can be its title: no long one, no whole sentence."""
    return len(text) <= _LONGEST_TITLE and not text.endswith(".") and not DATELINE.fullmatch(text)


def _find_body(lines: Sequence[Line], start: int) -> int:
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
    return others[0] if others else end


def _is_head_matter(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    if is_dropped(text) or has_caption(lines, at) or text.isdigit() or text.casefold() in ROLES:
        return True
    if len(text) > LONGEST_LINE:
        return False
    if any(each.fullmatch(text) for each in (LABELS, SOURCE, DATE_LINE, CUT)):
        return True
    names = LABELLED_NAMES.fullmatch(text)
    return bool(names and _are_names(names)) or _stands_before_role(lines, at)


def _stands_before_role(lines: Sequence[Line], at: int) -> bool:
    """Whether this line and those after it are names, and a role follows them."""
    for line in lines[at : at + 8]:
        if line.text.casefold() in ROLES:
            return True
        if not _may_be_name(line.text):
            return False
    return False


# --- names ---


def _read_names(head: Head, lines: Sequence[Line], title_at: int, start: int) -> None:
    """Read names with their labels, and names on lines of their own with a role on the line after them."""
    waiting: list[str] = []
    for line in lines[title_at + 1 : head.body_at]:
        text = line.text
        if role := ROLES.get(text.casefold()):
            _give_role(head, waiting, role)
            waiting = []
        elif take_names(head, text):
            waiting = []
        elif _may_be_name(text):
            waiting.append(text.rstrip(","))
        else:
            waiting = []
    between = [line.text for line in lines[title_at + 1 : max(start - 1, 0)]]
    if not head.authors and len(between) == 1 and _may_be_name(between[0]):
        head.authors = split_names(between[0])
    if any(IS_COLUMN.fullmatch(line.text[:80]) for line in lines[start : head.body_at]):
        head.authors = [*_read_columnist(lines, title_at), *head.authors]
    head.authors = list(dict.fromkeys(head.authors))


def take_names(head: Head, text: str) -> bool:
    """Read a line such as "Penulis X | Editor Y"; whether it is one."""
    names = LABELLED_NAMES.fullmatch(text) if len(text) <= LONGEST_LINE else None
    if names is None or not _are_names(names):
        return False
    found = names["author"] or names["by"] or names["english"] or names["first"] or ""
    head.authors += [name for name in split_names(found) if name not in head.authors]
    head.editor = head.editor or names["editor"] or names["only_editor"] or ""
    return True


def _are_names(names: re.Match[str]) -> bool:
    return all(_may_be_name(name) for text in names.groups() if text for name in split_names(text))


def _may_be_name(text: str) -> bool:
    words = text.rstrip(",").split()
    return (
        len(text) <= LONGEST_NAME_CHARS
        and 0 < len(words) <= MOST_NAME_WORDS
        and all(word[:1].isupper() or word in {"by", "bin", "binti", "de", "van"} for word in words)
        and not (is_dropped(text) or _NOT_IN_NAMES.search(text))
    )


def _give_role(head: Head, names: list[str], role: str) -> None:
    if role == "editor":
        head.editor = ", ".join(names) or head.editor
    elif role == "team" and len(names) > 1:
        # Kompas lists the writers first and the editor last.
        head.authors += names[:-1]
        head.editor = head.editor or names[-1]
    else:
        head.authors += names


def _read_columnist(lines: Sequence[Line], title_at: int) -> list[str]:
    """A columnist's name, office and life stand above the title of the column."""
    block: list[str] = []
    for line in reversed(lines[max(title_at - 12, 0) : max(title_at, 0)]):
        if line.is_item or _is_beside_title(line.text):
            break
        block.append(line.text)
    # The last step of the path above, if it stands there without a bullet, is one word.
    names = [text for text in block[-2:] if _may_be_name(text) and " " in text]
    return names[-1:]


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
    labels = (line.text for line in near if len(line.text) <= LONGEST_LINE and LABELS.fullmatch(line.text))
    return tuple(dict.fromkeys(labels))


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
        elif not (text.isupper() or (len(text) <= LONGEST_LINE and LABELS.fullmatch(text))):
            break
    if is_path and steps:
        return steps[-1]
    channel = _CHANNEL.search(url)
    return channel[1].capitalize() if channel else ""
