"""Names of people in bylines: one text → several names, and bylines that stand in the text itself."""

import re

from lxml.html import HtmlElement

from reader.extraction.tree import fold, text_of

# "Dr. Sari, M.Si." is one person.
_DEGREE = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.)+[A-Za-z]{0,5}\.?|S\.?[A-Z]|MM|MBA|PhD", re.ASCII)
_BY = re.compile(r"^(?:oleh|by|penulis|reporter|author)\s*:?\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;|]\s*|\s+(?:dan|and|&)\s+")
_BYLINE = re.compile(r"(?:ditulis )?(?:oleh|by)\s*:\s*(.{2,120}?)[\s*]*", re.IGNORECASE)
_MAX_NAME_CHARS = 100
# A byline stands above the text, or right after an empty or bold first line.
_WITHIN_BLOCKS = 2


def split_names(text: str) -> list[str]:
    """Split a byline at its commas, keeping degrees with their names.

    >>> split_names("Sari Dewi, M.Si., Budi Hartono")
    ['Sari Dewi, M.Si.', 'Budi Hartono']
    """
    names: list[str] = []
    for part in _BETWEEN.split(_BY.sub("", fold(text))):
        if names and _DEGREE.fullmatch(part):
            names[-1] += f", {part}"
        elif part and len(part) <= _MAX_NAME_CHARS:
            names.append(part)
    return names


def lift_byline(content: HtmlElement, authors: tuple[str, ...]) -> list[str]:
    """Take a paragraph that is only "Oleh: names" from the top of the flat blocks, and return the names.

    A paragraph that only repeats known ``authors`` goes too.
    """
    known = {author.casefold() for author in authors}
    for block in list(content)[:_WITHIN_BLOCKS]:
        text = text_of(block)
        names = {name.casefold() for name in split_names(text)}
        if block.tag == "p" and names and names <= known:
            content.remove(block)
            return []
        match = _BYLINE.fullmatch(text)
        if match and block.tag in {"p", "h2", "h3", "h4"}:
            content.remove(block)
            return split_names(match[1])
    return []


def join_authors(known: tuple[str, ...], further: list[str]) -> tuple[str, ...]:
    """The names in order, each once, whatever its case."""
    unique: dict[str, str] = {}
    for name in (*known, *further):
        unique.setdefault(name.casefold(), name)
    return tuple(unique.values())
