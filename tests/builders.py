"""Builders of rows with defaults for everything: name only what a test is about."""

import itertools
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from reader.anchoring import Quote, quote_at
from reader.listing import list_columns
from reader.models import Article, ArticlePicture, Asset, Highlight, SavedArticle, Tag, Tagging, User
from reader.models.tag import fold, tag_key
from reader.sanitising import read_plain

PASSWORD = "kata-sandi-yang-panjang"
_numbers = itertools.count(1)

_READABLE: dict[str, Any] = {
    "title": "Warga Menanam Pohon di Tepi Sungai",
    "authors": ["Sari Wulandari"],
    "editor": "Bagus Pratama",
    "section": "Megapolitan",
    "site_name": "Berita Contoh",
    "language": "id",
    "published_at": datetime(2020, 11, 10, 7, 38, tzinfo=UTC),
    "published_on": date(2020, 11, 10),
    "excerpt": "Warga menanam seratus pohon agar kampung mereka lebih teduh.",
    "content": "<p>Warga menanam seratus pohon sejak pagi.</p><h2>Gotong royong</h2><p>Semua ikut.</p>",
    "text": "Warga menanam seratus pohon sejak pagi.\n\nGotong royong\n\nSemua ikut.",
    "word_count": 480,
    "extractor": "readability",
    "quality": 0.9,
}
_DEFAULTS: dict[str, dict[str, Any]] = {
    Article.State.READY: _READABLE,
    Article.State.PARTIAL: {**_READABLE, "error_code": "missing_pages", "missing_pages": [2]},
    Article.State.FAILED: {"error_code": "page_gone", "attempts": 1},
}


_OWN = (
    "archived_at",
    "starred_at",
    "deleted_at",
    "own_title",
    "own_published_on",
    "note",
    "progress",
    "position",
    "read_at",
)


def make_user(username: str = "", *, password: str = PASSWORD, **values: Any) -> User:
    """Return a person who can log in with ``PASSWORD``."""
    name = username or f"orang{next(_numbers)}"
    # Who was there today already costs no page a query more.
    values = {"last_active_on": timezone.localdate(), **values}
    return User.objects.create_user(name, password=password, **values)


def make_article(*, state: str = Article.State.READY, **values: Any) -> Article:
    """Return an article of its own address: readable when ready or partial, bare otherwise."""
    number = next(_numbers)
    url = values.pop("url", f"https://berita.example/artikel/{number}")
    defaults = {
        "url": url,
        "canonical_url": url,
        "host": "berita.example",
        "queued_at": timezone.now(),
        **_DEFAULTS.get(state, {}),
    }
    return Article.objects.create(state=state, **{**defaults, **values})


def make_asset(body: bytes = b"RIFF", *, width: int = 900, height: int = 900) -> Asset:
    """Return a stored picture that says it is a WebP."""
    return Asset.objects.keep(body, content_type="image/webp", width=width, height=height)


def make_picture(
    article: Article, url: str, *, asset: Asset | None = None, **sizes: Asset | None
) -> ArticlePicture:
    """Return a kept picture of the article."""
    return ArticlePicture.objects.create(
        article=article,
        url=url,
        state=ArticlePicture.State.KEPT,
        asset=asset or make_asset(),
        due_at=None,
        **sizes,
    )


def make_saved(
    user: User, *, article: Article | None = None, saved_at: datetime | None = None, **values: Any
) -> SavedArticle:
    """Return the person's entry for the article; other values go to the entry, or make the article."""
    own = {name: values.pop(name) for name in _OWN if name in values}
    article = article or make_article(**values)
    columns = list_columns(article)
    return SavedArticle.objects.create(
        user=user, article=article, saved_at=saved_at or timezone.now(), **{**columns, **own}
    )


def make_tag(user: User, name: str, *entries: SavedArticle) -> Tag:
    """Return the person's tag, given to the entries."""
    tag = Tag.objects.create(user=user, name=name, key=tag_key(name))
    Tagging.objects.bulk_create([Tagging(tag=tag, saved=saved) for saved in entries])
    return tag


def make_highlight(saved: SavedArticle, quote: str = "seratus pohon", **values: Any) -> Highlight:
    """Return the person's highlight of the first such passage; orphaned where the article has none."""
    text = read_plain(saved.article.content)
    start = text.find(quote)
    found = quote_at(text, start, start + len(quote)) if start >= 0 else Quote(quote)
    now = timezone.now()
    defaults: dict[str, Any] = {
        "user_id": saved.user_id,
        "client_id": uuid4(),
        "quote": quote,
        "prefix": found.prefix,
        "suffix": found.suffix,
        "start": start if start >= 0 else None,
        "length": len(quote) if start >= 0 else 0,
        "words_key": fold(f"{quote} {values.get('note', '')}"),
        "made_at": now,
        "changed_at": now,
    }
    return Highlight.objects.create(saved=saved, **{**defaults, **values})
