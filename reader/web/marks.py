"""Highlights in the text of the reading page: marks around parts of texts, between tags and never across one.

The sanitised markup is cut between characters of its texts, as it is cut where pictures belong; joined, the
pieces are what ``sanitise`` returned, word for word. A mark is written by the template around a piece that
holds text alone, so it can neither open nor close anything of the article's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.sanitising import Run, read_runs
from reader.web.pictures import Piece

# More over one another would show as one anyway, and each costs an element a piece.
_MOST_OVER_ONE_ANOTHER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One highlight where it stands: from the character ``start`` of the text to that before ``end``."""

    id: int
    start: int
    end: int
    colour: str
    has_note: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """A mark around one piece; the first of a highlight's is where links to it lead."""

    mark: Mark
    is_first: bool


def mark_pieces(pieces: Iterable[Piece], marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut the pieces of a page where marks begin and end, and say which marks each part has."""
    if not marks:
        return tuple(pieces)
    marker = _Marker(sorted(marks, key=lambda mark: (mark.start, -mark.end)))
    return tuple(part for piece in pieces for part in marker.cut(piece))


@dataclass(slots=True)
class _Marker:
    """Goes through the runs of all pieces in order; ``place`` is how many characters were passed."""

    marks: list[Mark]
    place: int = 0
    links: int = 0
    is_line_start: bool = True
    unmarked: list[str] = field(default_factory=list)
    begun: set[int] = field(default_factory=set)
    notes: list[int] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    open: list[Mark] = field(default_factory=list)
    next: int = 0

    def __post_init__(self) -> None:
        self.cuts = sorted({edge for mark in self.marks for edge in (mark.start, mark.end)})

    def cut(self, piece: Piece) -> Iterator[Piece]:
        for run in read_runs(piece.html):
            if run.tag:
                yield from self.pass_tag(run)
            else:
                yield from self.cut_text(run)
            self.place += len(run.text)
        yield replace(piece, html=self.take_unmarked())

    def pass_tag(self, run: Run) -> Iterator[Piece]:
        is_end = run.html.startswith("</")
        self.unmarked.append(run.html)
        self.is_line_start = bool(run.text)
        if run.tag == "a":
            self.links += -1 if is_end else 1
            if not self.links:
                yield from self.give_notes()

    def cut_text(self, run: Run) -> Iterator[Piece]:
        end = self.place + len(run.text)
        inner = self.cuts[bisect_right(self.cuts, self.place) : bisect_left(self.cuts, end)]
        edges = [self.place, *inner, end]
        parts = run.cut([edge - self.place for edge in inner])
        for part, first, last in zip(parts, edges, edges[1:], strict=False):
            layers = self.find_layers(first, last, run.text)
            if layers:
                if self.unmarked:
                    yield Piece(self.take_unmarked())
                yield Piece(part, layers=layers)
                yield from self.give_notes()
            else:
                self.unmarked.append(part)

    def find_layers(self, first: int, last: int, text: str) -> tuple[Layer, ...]:
        """Return the marks over these characters, those that began last innermost."""
        self.open = [mark for mark in self.open if mark.end > first]
        while self.next < len(self.marks) and self.marks[self.next].start <= first:
            if self.marks[self.next].end > first:
                self.open.append(self.marks[self.next])
            self.next += 1
        if not self.open or (self.is_line_start and not text.strip()):
            # A blank between two lines is no text, and may stand where no mark may.
            return ()
        over = self.open[-_MOST_OVER_ONE_ANOTHER:]
        layers = tuple(Layer(mark, mark.id not in self.begun) for mark in over)
        self.begun.update(mark.id for mark in over)
        self.notes += [mark.id for mark in over if mark.has_note and mark.end <= last]
        return layers

    def give_notes(self) -> Iterator[Piece]:
        """Lead to the notes of marks that have ended, but not from within a link of the article's."""
        if self.notes and not self.links:
            if self.unmarked:
                yield Piece(self.take_unmarked())
            yield Piece("", notes=tuple(self.notes))
            self.notes.clear()

    def take_unmarked(self) -> str:
        markup = "".join(self.unmarked)
        self.unmarked.clear()
        return markup
