"""All that is a person's own, as one archive to take along: JSON for machines, pages for people."""

import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from reader.models import Highlight, SavedArticle, SavedSearch, Tag, TagRule, User
from reader.web.acts import name_of
from reader.web.highlight_files import write_json

_AT_ONCE = 50
_SENT_AT_ONCE = 64 * 1024
_OF_ARTICLE = (
    *("url", "canonical_url", "final_url", "title", "site_name", "host", "authors", "editor", "section"),
    *("language", "published_at", "published_on", "modified_at", "excerpt", "word_count", "state"),
)
_OF_ENTRY = (
    *("own_title", "own_published_on", "note", "saved_at", "archived_at", "starred_at", "deleted_at"),
    *("progress", "read_at"),
)
_OF_PERSON = (
    *("username", "email", "language", "density", "theme", "face", "text_size", "line_height", "text_width"),
    *("is_justified", "archives_at_end", "saves_data", "kept_offline", "date_joined", "last_active_on"),
)
_STYLE = """:root { color-scheme: light dark; }
body { max-width: 38rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
body { font: 1.0625rem/1.6 Georgia, serif; }
h1 { line-height: 1.25; }
.about, small { font-family: system-ui, sans-serif; font-size: 0.875rem; }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid; }
"""


class _Sink(io.RawIOBase):
    """What a growing archive is written to, taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]  # whatever bytes-like zipfile gives
        self._pieces.append(piece)
        self.size += len(piece)
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        self.size = 0
        return taken


def write_archive(user: User) -> Iterator[bytes]:
    """Give a zip file, a few articles in memory at a time.

    An archive that breaks off has no directory at its end, and so no program takes it for whole.
    """
    sink = _Sink()
    now = timezone.localtime().timetuple()[:6]
    with translation.override(translation.get_language()), ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, parts in _list_members(user):
            info = ZipInfo(name, date_time=now)
            info.compress_type = ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=name.endswith(".json")) as member:
                for part in parts:
                    member.write(part.encode("utf-8", "replace"))
                    if sink.size >= _SENT_AT_ONCE:
                        yield sink.take()
            yield sink.take()
    yield sink.take()


def _list_members(user: User) -> Iterator[tuple[str, Iterable[str]]]:
    yield "style.css", (_STYLE,)
    yield "index.html", (_write_index(user),)
    yield "account.json", (_dump({name: getattr(user, name) for name in _OF_PERSON}),)
    yield "tags.json", (_dump(_describe_tags(user)),)
    searches = SavedSearch.objects.of(user).by_name().values("name", "query", "created_at")
    yield "searches.json", (_dump(list(searches)),)
    yield "highlights.json", write_json(_read_highlights(user))
    yield "articles.json", _write_articles(user)
    for saved in _read_entries(user):
        yield _name_page(saved), (_write_page(saved),)


def _hold_back(highlights: Iterable[Highlight]) -> None:
    """Leave out the article's words of these: it was taken down. What the person noted is theirs."""
    for each in highlights:
        each.quote = each.prefix = each.suffix = ""


def _read_entries(user: User) -> Iterator[SavedArticle]:
    """Give the person's entries, those in the trash too, with all that is put to them."""
    kept = Highlight.objects.kept().in_text_order()
    own = SavedArticle.objects.of(user).select_related("article").defer("article__trace", "article__related")
    own = own.prefetch_related("tags", Prefetch("highlights", kept)).order_by("pk")
    last = 0
    while rows := list(own.filter(pk__gt=last)[:_AT_ONCE]):
        for saved in rows:
            if saved.article.taken_down_at:
                _hold_back(saved.highlights.all())
        yield from rows
        last = rows[-1].pk


def _read_highlights(user: User) -> Iterator[Highlight]:
    own = Highlight.objects.of(user).kept().with_source().prefetch_related("saved__tags").order_by("pk")
    last = 0
    while rows := list(own.filter(pk__gt=last)[:_AT_ONCE]):
        _hold_back(row for row in rows if row.saved.article.taken_down_at)
        yield from rows
        last = rows[-1].pk


def _write_articles(user: User) -> Iterator[str]:
    yield '{"format": "teduh-articles", "version": 1, "articles": ['
    before = "\n"
    for saved in _read_entries(user):
        yield before + _dump(_describe(saved))
        before = ",\n"
    yield "\n]}\n"


def _describe(saved: SavedArticle) -> dict[str, object]:
    article = saved.article
    is_there = article.taken_down_at is None
    return {
        "page": _name_page(saved),
        **{name: getattr(article, name) for name in _OF_ARTICLE},
        "entry": {name: getattr(saved, name) for name in _OF_ENTRY},
        "tags": [tag.name for tag in saved.tags.all()],
        "is_taken_down": not is_there,
        "content_html": article.content if is_there else "",
        "text": article.text if is_there else "",
    }


def _describe_tags(user: User) -> list[dict[str, object]]:
    rules: dict[int, list[dict[str, str]]] = {}
    for rule in TagRule.objects.filter(user=user).order_by("pk"):
        rules.setdefault(rule.tag_id, []).append({"kind": rule.kind, "value": rule.value})
    return [{"name": tag.name, "rules": rules.get(tag.pk, [])} for tag in Tag.objects.of(user)]


def _write_page(saved: SavedArticle) -> str:
    article = saved.article
    context = {
        "home": "../index.html",
        "title": name_of(saved),
        "saved": saved,
        "article": article,
        "url": article.final_url or article.url,
        # As the reading page shows it: the sanitiser made it.
        "content": mark_safe("" if article.taken_down_at else article.content),  # noqa: S308
    }
    return render_to_string("export/article.html", context)


def _write_index(user: User) -> str:
    own = SavedArticle.objects.of(user).for_list().newest_first()
    rows = [(_name_page(saved), name_of(saved), saved.site, saved.saved_at) for saved in own]
    return render_to_string("export/index.html", {"rows": rows, "day": timezone.localdate()})


def _name_page(saved: SavedArticle) -> str:
    return f"articles/{saved.article_id}.html"


def _dump(value: object) -> str:
    def convert(each: object) -> str:
        return each.isoformat() if isinstance(each, date) else str(each)

    return json.dumps(value, ensure_ascii=False, default=convert)
