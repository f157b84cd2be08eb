"""Names in the head of a copied text: labelled, with a role on the line after them, or a columnist's."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.extraction.capture_lines import Line
from reader.extraction.capture_marks import is_dropped, is_label
from reader.extraction.capture_phrases import (
    IS_COLUMN,
    LABELLED_NAMES,
    LONGEST_LINE,
    LONGEST_NAME_CHARS,
    MOST_NAME_WORDS,
    ROLES,
)
from reader.extraction.names import split_names

_NOT_IN_NAMES = re.compile(r"[/:!?\"“”]|\w\.(?:com|co|id|net|tv)\b", re.IGNORECASE)
_SMALL_WORDS = frozenset({"by", "bin", "binti", "de", "van"})
_LONGEST_BLOCK = 12


@dataclass(slots=True)
class Names:
    """Who wrote a text, and who edited it."""

    authors: list[str] = field(default_factory=list)
    editor: str = ""

    def add(self, authors: list[str], editor: str = "") -> None:
        self.authors += [name for name in authors if name not in self.authors]
        self.editor = self.editor or editor


def read_names(lines: Sequence[Line], title_at: int, date_at: int, body_at: int) -> Names:
    """Read the names that stand between the title and the text, or in a columnist's block above the title."""
    names = Names()
    waiting: list[str] = []
    for line in lines[title_at + 1 : body_at]:
        if role := ROLES.get(line.text.casefold()):
            _give_role(names, waiting, role)
        if role or take_names(names, line.text) or not _may_be_name(line.text):
            waiting = []
        else:
            waiting.append(line.text.rstrip(","))
    between = [line.text for line in lines[title_at + 1 : max(date_at, 0)]]
    if not names.authors and len(between) == 1 and _may_be_name(between[0]):
        names.add(split_names(between[0]))
    if any(IS_COLUMN.fullmatch(line.text[:80]) for line in lines[title_at + 1 : body_at]):
        names.authors = list(dict.fromkeys([*_read_columnist(lines, title_at), *names.authors]))
    return names


def take_names(names: Names, text: str) -> bool:
    """Read a line such as "Penulis X | Editor Y"; whether it is one.

    >>> names = Names()
    >>> take_names(names, "Penulis Sari Dewi | Editor Budi"), take_names(names, "Penulis itu menolak.")
    (True, False)
    >>> names
    Names(authors=['Sari Dewi'], editor='Budi')
    """
    found = LABELLED_NAMES.fullmatch(text) if len(text) <= LONGEST_LINE else None
    if found is None or not are_names(found):
        return False
    authors = found["author"] or found["by"] or found["english"] or found["first"] or ""
    names.add(split_names(authors), found["editor"] or found["only_editor"] or "")
    return True


def are_names(found: re.Match[str]) -> bool:
    return all(_may_be_name(name) for text in found.groups() if text for name in split_names(text))


def stands_before_role(lines: Sequence[Line], at: int) -> bool:
    """Whether this line and those after it are names, and a role follows them."""
    for line in lines[at : at + 8]:
        if line.text.casefold() in ROLES:
            return True
        if not _may_be_name(line.text):
            return False
    return False


def _may_be_name(text: str) -> bool:
    words = text.rstrip(",").split()
    return (
        len(text) <= LONGEST_NAME_CHARS
        and 0 < len(words) <= MOST_NAME_WORDS
        and all(word[:1].isupper() or word in _SMALL_WORDS for word in words)
        and not (is_dropped(text) or _NOT_IN_NAMES.search(text))
    )


def _give_role(names: Names, waiting: list[str], role: str) -> None:
    if role == "editor":
        names.add([], ", ".join(waiting))
    elif role == "team" and len(waiting) > 1:
        # Kompas lists the writers first and the editor last.
        names.add(waiting[:-1], waiting[-1])
    else:
        names.add(waiting)


def _read_columnist(lines: Sequence[Line], title_at: int) -> list[str]:
    """A columnist's name, office and life stand above the title of the column."""
    block: list[str] = []
    for line in reversed(lines[max(title_at - _LONGEST_BLOCK, 0) : max(title_at, 0)]):
        if line.is_item or is_dropped(line.text) or is_label(line.text) or line.text.startswith("#"):
            break
        block.append(line.text)
    # The last step of the path above, if it stands there without a bullet, is one word.
    names = [text for text in block[-2:] if _may_be_name(text) and " " in text]
    return names[-1:]
