"""Highlights as files to take along: Markdown, CSV and JSON, written row by row."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from django.utils.translation import gettext as _

from reader.models import Highlight
from reader.web.acts import name_of
from reader.web.csv_files import write_csv

# What Markdown would take for more than text, wherever it stands and at the beginning of a line.
_MARKS = re.compile(r"([\\`*_\[\]<>#|~&!])")
_LINE_MARKS = re.compile(r"^(\s*)(?:([-+=])|(\d{1,9})([.)]))")
_COLUMNS = ("Highlight", "Note", "Colour", "Title", "Author", "Site", "URL", "Tags", "Made at", "In the text")


def write_markdown(highlights: Iterable[Highlight]) -> Iterator[str]:
    """Give a document with a heading an article, in the order in which the highlights come."""
    yield f"# {escape_markdown(_('Highlights'))}\n"
    entry = None
    for each in highlights:
        if each.saved_id != entry:
            entry = each.saved_id
            yield f"\n## {_link(each)}\n"
        yield "\n" + "\n>\n".join(f"> {escape_markdown(line)}" for line in each.quote.split("\n")) + "\n"
        if each.note:
            yield "\n" + "  \n".join(escape_markdown(line) for line in each.note.split("\n")) + "\n"
        facts = [str(Highlight.Colour(each.colour).label), each.made_at.date().isoformat()]
        if each.is_orphaned:
            facts.append(_("no longer in the text"))
        yield f"\n*{escape_markdown(' · '.join(facts))}*\n"


def write_table(highlights: Iterable[Highlight]) -> Iterator[str]:
    """Give a table with a line of names."""
    return write_csv(_COLUMNS, map(_make_row, highlights))


def write_json(highlights: Iterable[Highlight]) -> Iterator[str]:
    """Give one object; with what each is found by, so that nothing is lost."""
    yield '{"format": "teduh-highlights", "version": 1, "highlights": ['
    before = "\n"
    for each in highlights:
        yield before + json.dumps(_describe(each), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


FORMATS: dict[str, tuple[str, Callable[[Iterable[Highlight]], Iterator[str]]]] = {
    "md": ("text/markdown; charset=utf-8", write_markdown),
    "csv": ("text/csv; charset=utf-8", write_table),
    "json": ("application/json", write_json),
}


def escape_markdown(text: str) -> str:
    """Return the text so that Markdown shows just these characters.

    >>> print(escape_markdown("1. *a* <b>"))
    1\\. \\*a\\* \\<b\\>
    """
    text = _MARKS.sub(r"\\\1", text.replace("\r", " ").replace("\n", " "))
    return _LINE_MARKS.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", text)


def _link(each: Highlight) -> str:
    title = escape_markdown(name_of(each.saved))
    url = each.saved.article.final_url or each.saved.article.url
    is_web = url.startswith(("https://", "http://"))
    return f"[{title}](<{quote(url, safe=_URL_CHARACTERS)}>)" if is_web else title


_URL_CHARACTERS = "%/:?#[]@!$&'()*+,;=-._~"


def _make_row(each: Highlight) -> tuple[str, ...]:
    article = each.saved.article
    return (
        each.quote,
        each.note,
        each.colour,
        name_of(each.saved),
        ", ".join(article.authors),
        each.saved.site,
        article.final_url or article.url,
        ", ".join(tag.name for tag in each.saved.tags.all()),
        each.made_at.isoformat(),
        "no" if each.is_orphaned else "yes",
    )


def _describe(each: Highlight) -> dict[str, object]:
    article = each.saved.article
    return {
        "quote": each.quote,
        "prefix": each.prefix,
        "suffix": each.suffix,
        "note": each.note,
        "colour": each.colour,
        "made_at": each.made_at.isoformat(),
        "changed_at": each.changed_at.isoformat(),
        "is_in_text": not each.is_orphaned,
        "article": {
            "title": name_of(each.saved),
            "url": article.final_url or article.url,
            "site": each.saved.site,
            "authors": article.authors,
            "published_on": article.published_on.isoformat() if article.published_on else None,
            "tags": [tag.name for tag in each.saved.tags.all()],
        },
    }
