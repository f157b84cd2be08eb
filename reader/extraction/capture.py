"""The plain text of a whole page, copied with all its clutter → the same article as from the page."""

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from urllib.parse import urlsplit

from reader.errors import NoArticle
from reader.extraction.capture_phrases import (
    CUT,
    DATE_LINE,
    DROP,
    LABELLED_NAMES,
    LONGEST_NAME_CHARS,
    NAME_LINES,
    RELATED,
    ROLES,
)
from reader.extraction.clutter import is_clutter
from reader.extraction.dates import WIB, read_moment
from reader.extraction.language import choose_language
from reader.extraction.measure import count_words, find_dateline, judge, make_excerpt, read_text
from reader.extraction.names import split_names
from reader.extraction.tree import fold
from reader.sanitising import sanitise
from reader.sites import find_rule
from reader.values import ExtractedArticle, Link

_MAX_CHARS = 2_000_000
_ADDRESS = re.compile(r"https?://\S+")
_FEWEST_WORDS = 5


@dataclass(slots=True)
class _Head:
    """What the lines above the text tell, and the number of the line where the text begins."""

    title: str = ""
    published: datetime | date | None = None
    site_name: str = ""
    authors: list[str] = field(default_factory=list)
    editor: str = ""
    body_at: int = 0


def extract_text(text: str, url: str = "") -> ExtractedArticle:
    """Make an article of a page's copied text; its first line may be the address. Raises NoArticle.

    Paragraphs are lines; what is not known from the text alone (pictures, headings) stays unknown.
    """
    lines = [line for line in map(fold, text[:_MAX_CHARS].splitlines()) if line]
    if lines and (address := _ADDRESS.match(lines[0])):
        url = url or address[0]
        lines = lines[1:]
    lines = [line for line in lines if not DROP.fullmatch(line)]
    head = _read_head(lines)
    body, related = _read_body(lines[head.body_at :], head, url)
    content = sanitise("".join(f"<p>{escape(line, quote=False)}</p>" for line in body))
    plain = read_text(content)
    words = count_words(plain)
    if words < _FEWEST_WORDS:
        raise NoArticle(f"{words} words")
    article = ExtractedArticle(
        canonical_url=url,
        title=head.title,
        content=content,
        text=plain,
        authors=tuple(head.authors),
        editor=head.editor,
        site_name=head.site_name,
        language=choose_language("", plain),
        published=head.published,
        dateline=find_dateline(plain),
        related=tuple(related),
        word_count=words,
        extractor="capture",
        trace=(f"capture: {len(lines)} lines, the text begins at {head.body_at}, {len(body)} paragraphs",),
    )
    return dataclasses.replace(
        article,
        excerpt=make_excerpt("", plain, article.dateline),
        quality=judge(
            words=words,
            has_title=bool(head.title),
            is_missing_pages=False,
            is_truncated=False,
            is_free=True,
            is_doubtful=False,
            link_share=0.0,
        ),
    )


# --- above the text ---


def _read_head(lines: list[str]) -> _Head:
    date_at = next((at for at, line in enumerate(lines) if DATE_LINE.fullmatch(line)), -1)
    if date_at < 0:
        return _Head(title=lines[0] if lines else "", body_at=1)
    head = _Head(body_at=date_at + 1, published=read_moment(lines[date_at], WIB))
    publisher = re.match(r"([\w.]+\.\w{2,4})\s*[-,–|]", lines[date_at])
    head.site_name = publisher[1] if publisher else ""
    head.title = lines[date_at - 1] if date_at else ""
    _read_names(lines, head)
    return head


def _read_names(lines: list[str], head: _Head) -> None:
    """Read the names under the date: each on its line, their role on the line after the last."""
    names: list[str] = []
    for at in range(head.body_at, min(head.body_at + NAME_LINES, len(lines))):
        line = lines[at]
        role = ROLES.get(line.lower())
        if role:
            _give_role(head, names, role)
            names = []
        elif labelled := LABELLED_NAMES.fullmatch(line):
            head.authors += split_names(labelled["author"] or "")
            head.editor = head.editor or labelled["editor"] or labelled["only_editor"] or ""
            names = []
        elif _may_be_name(line):
            names.append(line.rstrip(","))
            continue
        else:
            return
        head.body_at = at + 1


def _give_role(head: _Head, names: list[str], role: str) -> None:
    if role == "editor":
        head.editor = ", ".join(names)
    elif role == "team" and len(names) > 1:
        # Kompas lists the writers first and the editor last.
        head.authors += names[:-1]
        head.editor = names[-1]
    else:
        head.authors += names


def _may_be_name(line: str) -> bool:
    words = line.rstrip(",").split()
    return len(line) <= LONGEST_NAME_CHARS and len(words) <= 6 and all(word[:1].isupper() for word in words)


# --- the text ---


def _read_body(lines: list[str], head: _Head, url: str) -> tuple[list[str], list[Link]]:
    strips = _house_phrases(head, url)
    body: list[str] = []
    related: dict[str, Link] = {}
    for line in lines:
        if CUT.fullmatch(line):
            break
        if found := RELATED.fullmatch(line):
            related.setdefault(found["title"], Link(found["title"]))
        elif not (is_clutter(line) or any(strip.search(line) for strip in strips)):
            body.append(line)
    return body, list(related.values())


def _house_phrases(head: _Head, url: str) -> list[re.Pattern[str]]:
    """The paragraphs that the site's own rule strips by their text."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    rule = find_rule(host) or find_rule(head.site_name.lower())
    return [re.compile(expression, re.IGNORECASE) for expression in rule.strip_text] if rule else []
