"""The lines of a copied text: folded, put together where the copying broke them, each of them once."""

import re
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from reader.errors import TooComplex
from reader.extraction.tree import fold

# The longest of 29 real captures has 16,214 characters and 461 lines.
MAX_CHARS = 400_000
MAX_LINES = 5_000
# Each costs the sanitiser what an element costs.
MAX_MARKUP_CHARS = 40_000

_CONTROL = dict.fromkeys([*range(9), *range(14, 32), 127], " ")
_BULLET = re.compile(r"(?:[•●▪◦‣·]\s*|[*-]\s+)(?=\S)|[•●▪◦‣·*-]$")
_SENTENCE_END = re.compile(r"[.!?:;…][\"”’')\]]*$")
# A line cannot begin with these; a dash goes on after a publisher's name only.
_GOES_ON = re.compile(r"[,;:)\]%](?:\s|$|\w)|[.!?](?:\s|$)")
_DASH_GOES_ON = re.compile(r"[-–—]{1,2} \S")
_ENDS_WITH_PUBLISHER = re.compile(r".{0,60}(?:[.,](?:com|co\.id|id|net|tv)|\(ANTARA\))", re.IGNORECASE)
_DATELINE_ALONE = re.compile(r"(?!\d)[\w][\w .,'’()-]{1,60} [-–—]{1,2}")
_OPENING = ("(", "[", "“", "‘")
_WRAP_AT = (40, 120)
_SHORTEST_CUT = 60
# So many certain breaks tell that every link of the text was copied as a line.
_FEWEST_BREAKS = 2
_LONGEST_JOINED = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """One folded line that is not empty; ``is_item`` tells that it stood behind a bullet.

    ``cells`` are the parts of a line with tabs in it, for so the rows of a table are copied.
    """

    text: str
    is_item: bool = False
    cells: tuple[str, ...] = ()

    @property
    def is_ended(self) -> bool:
        return bool(_SENTENCE_END.search(self.text[-8:]))

    @property
    def is_sentence(self) -> bool:
        """Whether it reads as a paragraph: some length, and a sentence's end."""
        return len(self.text) >= 60 and self.is_ended


def read_lines(text: str) -> list[Line]:
    """Read the lines. Raises TooComplex on more text than any article has.

    >>> [line.text for line in read_lines("Judul\\r\\n\\r\\nJAKARTA, KOMPAS.com\\n– Isi \\x00berita.")]
    ['Judul', 'JAKARTA, KOMPAS.com – Isi berita.']
    """
    if len(text) > MAX_CHARS:
        raise TooComplex(f"{len(text)} characters of text")
    if sum(map(text.count, "<>&")) > MAX_MARKUP_CHARS:
        raise TooComplex("text of marks")
    raw = [line.strip() for line in text.translate(_CONTROL).splitlines()]
    if len(raw) > MAX_LINES:
        raw = [line for line in raw if line]
    if len(raw) > MAX_LINES:
        raise TooComplex(f"{len(raw)} lines of text")
    lines = [_read_line(line) for line in _unwrap(raw)]
    return _rejoin(_single([line for line in lines if line.text]))


def _read_line(raw: str) -> Line:
    text = fold(raw)
    if bullet := _BULLET.match(text):
        return Line(text[bullet.end() :], is_item=True)
    return Line(text, cells=tuple(map(fold, raw.split("\t"))) if "\t" in raw else ())


def _unwrap(lines: list[str]) -> list[str]:
    """Put paragraphs together whose lines end at a margin, if those of this text do."""
    paragraphs = [list(group) for is_text, group in groupby(lines, key=bool) if is_text]
    inner = [line for paragraph in paragraphs for line in paragraph[:-1]]
    wrapped = [line for line in inner if len(line) >= _WRAP_AT[0] and not _SENTENCE_END.search(line[-8:])]
    is_wrapped = (
        len(paragraphs) > 1
        and len(wrapped) >= 4
        and len(wrapped) > 0.6 * len(inner)
        and max(map(len, lines)) <= _WRAP_AT[1]
    )
    return [" ".join(paragraph) for paragraph in paragraphs] if is_wrapped else lines


def _single(lines: list[Line]) -> list[Line]:
    """Every line once, if (nearly) all of them stand twice in a row."""
    once = [line for line, _ in groupby(lines)]
    return once if len(lines) >= 4 and len(once) <= 0.55 * len(lines) else lines


def _rejoin(lines: list[Line]) -> list[Line]:
    """Put back together what was one line: some copy links and bold words as lines of their own."""
    breaks = sum(_is_break(first.text, second.text) for first, second in pairwise(lines))
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        space = _space_between(last.text, line.text, breaks >= _FEWEST_BREAKS) if last else None
        if last is None or space is None or line.is_item or len(last.text) > _LONGEST_JOINED:
            joined.append(line)
        else:
            joined[-1] = replace(last, text=f"{last.text}{space}{line.text}", cells=())
    return joined


def _is_break(first: str, second: str) -> bool:
    """Whether two lines were certainly one: no line begins with a comma or ends with a bracket's opening."""
    return first.endswith(_OPENING) or (second[0] != ":" and bool(_GOES_ON.match(second)))


def _space_between(first: str, second: str, is_broken: bool) -> str | None:
    """What stands between two pieces of one line; None when they are two lines."""
    if _is_break(first, second):
        return ""
    if _DATELINE_ALONE.fullmatch(first):
        return " "
    if _GOES_ON.match(second) or (_DASH_GOES_ON.match(second) and _ENDS_WITH_PUBLISHER.fullmatch(first)):
        return " "
    is_begun = not (first[0].islower() or first[0].isdigit())
    is_cut = is_begun and len(first) >= _SHORTEST_CUT and first[-1].isalnum()
    goes_on = second[0].islower() and (is_cut or (is_broken and first[-1].isalnum()))
    return " " if goes_on or (is_broken and first[-1] == "," and len(first) >= _SHORTEST_CUT) else None
