"""The text of a copied page: its blocks, without what stands between and after them; related titles apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from reader.extraction.capture_core import FEWEST_LINES_ASIDE, count_sentences, find_core
from reader.extraction.capture_head import Head
from reader.extraction.capture_lines import Line
from reader.extraction.capture_marks import has_caption, is_dropped, is_label
from reader.extraction.capture_names import take_names
from reader.extraction.capture_phrases import (
    COPY_SUFFIX,
    CUT,
    LONGEST_LINE,
    POST,
    RELATED,
    SOURCE,
)
from reader.extraction.clutter import is_clutter
from reader.extraction.embeds import bare_words
from reader.sites import TextPatterns
from reader.values import Link

_SHORTEST_TEASER = 25
_LONGEST_HEADING = 90
_MOST_HEADING_WORDS = 14
_ENDS = (".", ",", ":", ";", "!", "…")
_NUMBERED = re.compile(r"\d{1,3}[.)] ")
# Lines of nothing but a title, in a row at the end, are teasers of other articles.
_FEWEST_TEASERS = 3
_HOUSE_CHARS = 1_000
_MOST_CELLS = 20
_AROUND = {"li": ("<ul>", "</ul>"), "tr": ("<table><tbody>", "</tbody></table>")}
_ADDRESS = re.compile(r"https?://[^\s\"<>]{4,1000}")


@dataclass(slots=True)
class Body:
    """``blocks`` are (kind, text) in order: p, h2, li, blockquote, and tr with tabs between its cells."""

    blocks: list[tuple[str, str]] = field(default_factory=list)
    related: dict[str, Link] = field(default_factory=dict)
    title: str = ""
    url: str = ""
    is_cut: bool = False
    dropped: int = 0


def read_body(lines: Sequence[Line], head: Head, house_phrases: TextPatterns) -> Body:
    """Read the blocks; names that stand between or after them go into ``head``."""
    body = Body()
    kept: list[Line] = []
    at = head.body_at
    while at < len(lines):
        if kept and _is_end(lines, at):
            body.is_cut = True
            break
        taken = _take_related(lines, at, body)
        if not taken and not _is_left_out(lines, at, head, body, house_phrases):
            kept.append(lines[at])
        body.dropped += not taken and (not kept or kept[-1] is not lines[at])
        at += taken or 1
    body.blocks = _make_blocks(_without_teasers(kept if body.is_cut else _until_end(kept), body.is_cut))
    return body


def write_blocks(blocks: Sequence[tuple[str, str]]) -> str:
    """The blocks as HTML, every character of theirs escaped."""
    parts: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block[0]):
        items = "".join(_write_block(kind, escape(text, quote=False)) for _, text in group)
        before, after = _AROUND.get(kind, ("", ""))
        parts.append(f"{before}{items}{after}")
    return "".join(parts)


def _write_block(kind: str, text: str) -> str:
    if kind == "tr":
        cells = "".join(f"<td>{cell}</td>" for cell in text.split("\t"))
        return f"<tr>{cells}</tr>"
    if kind == "p" and _ADDRESS.fullmatch(text):
        return f'<p><a href="{text}">{text}</a></p>'
    return f"<{kind}>{text}</{kind}>"


# --- which lines ---


def _is_end(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    if len(text) <= LONGEST_LINE and CUT.fullmatch(text):
        return True
    # The teasers after the text are told twice each; within it a table may tell one thing twice.
    return _is_twin(lines, at) and any(_is_twin(lines, later) for later in range(at + 2, at + 6))


def _is_twin(lines: Sequence[Line], at: int) -> bool:
    if at + 1 >= len(lines):
        return False
    text = lines[at].text
    return lines[at + 1].text == text and len(text) >= _SHORTEST_TEASER and not text.endswith(_ENDS)


def _take_related(lines: Sequence[Line], at: int, body: Body) -> int:
    """How many lines are a label and the titles that belong to it; the titles become related links."""
    match = RELATED.fullmatch(lines[at].text) if len(lines[at].text) <= LONGEST_LINE else None
    if match is None:
        return 0
    titles = [match["title"]] if match["title"] else []
    taken = 1
    for line in lines[at + 1 : at + 11]:
        if match["title"] or not (line.is_item or taken == 1) or line.is_sentence:
            break
        titles.append(line.text)
        taken += 1
    for title in titles:
        body.related.setdefault(title, Link(title))
    return taken


def _is_left_out(lines: Sequence[Line], at: int, head: Head, body: Body, house_phrases: TextPatterns) -> bool:
    text = lines[at].text
    if suffix := COPY_SUFFIX.fullmatch(text[:2_000]):
        body.title = suffix["title"] or body.title
        body.url = (suffix["url"] or suffix["source"]).rstrip(".")
        return True
    is_title = text.casefold() == head.title.casefold()
    if (
        is_title
        or is_dropped(text)
        or is_clutter(text)
        or has_caption(lines, at)
        or take_names(head.names, text)
    ):
        return True
    if house_phrases.is_any_in(text[:_HOUSE_CHARS]):
        return True
    if at < head.body_at + 4 and is_label(text):
        head.labels = tuple(dict.fromkeys((*head.labels, text)))
        return True
    is_last = at + 1 == len(lines) or _is_end(lines, at + 1)
    return is_last and bool(SOURCE.fullmatch(text[:LONGEST_LINE]))


def _until_end(lines: list[Line]) -> list[Line]:
    """Leave out the menus and teasers after a text that nothing told the end of."""
    _, end = find_core(lines)
    after = lines[end:]
    sentences = count_sentences(after)
    is_page = len(after) - sentences >= FEWEST_LINES_ASIDE
    return lines[:end] if end and is_page and sentences < 0.25 * count_sentences(lines[:end]) else lines


def _without_teasers(lines: list[Line], is_cut: bool) -> list[Line]:
    """Leave out the titles in a row at the end of a text.

    Where nothing told the end, short lines of other things that stand beside them go too.
    """
    end = len(lines)
    while end and _may_be_teaser(lines[end - 1].text, lines[end - 1].is_item, is_cut):
        end -= 1
    is_list = end and lines[end - 1].text.endswith(":")
    return lines[:end] if end and not is_list and len(lines) - end >= _FEWEST_TEASERS else lines


def _may_be_teaser(text: str, is_item: bool, is_cut: bool) -> bool:
    if is_item or _NUMBERED.match(text) or len(text) > 160 or text[-1] in '.!"”’)…:;,':
        return False
    words = text.split()
    capitals = sum(not word[0].islower() for word in words)
    return not is_cut or (len(words) > 3 and capitals > 0.6 * len(words))


# --- which blocks ---


def _make_blocks(lines: Sequence[Line]) -> list[tuple[str, str]]:
    blocks: list[tuple[str, str]] = []
    for at, line in enumerate(lines):
        if line.is_item:
            blocks.append(("li", line.text))
        elif _is_row(lines, at):
            blocks.append(("tr", "\t".join(line.cells)))
        elif len(line.text) <= 4 * LONGEST_LINE and POST.fullmatch(line.text):
            blocks.append(("blockquote", bare_words(line.text)))
        elif _is_heading(lines, at):
            blocks.append(("h2", line.text))
        else:
            blocks.append(("p", line.text))
    return blocks


def _is_row(lines: Sequence[Line], at: int) -> bool:
    """Whether a line has as many cells as the one before it or after it."""
    size = len(lines[at].cells)
    beside = [lines[each] for each in (at - 1, at + 1) if 0 <= each < len(lines)]
    return 1 < size <= _MOST_CELLS and any(len(line.cells) == size for line in beside)


def _is_heading(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a heading: a short one without a sentence's end, between two paragraphs."""
    text = lines[at].text
    if not 0 < at < len(lines) - 1 or len(text) > _LONGEST_HEADING or text.endswith(_ENDS):
        return False
    has_words = len(text.split()) <= _MOST_HEADING_WORDS and (text[0].isupper() or text[0].isdigit())
    return has_words and lines[at - 1].is_sentence and lines[at + 1].is_sentence
