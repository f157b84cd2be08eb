"""What a device keeps for reading without a network: whose it is, which articles, and the worker's script."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reader.models import Article, ArticlePicture, SavedArticle, User
from reader.models.highlight import Highlight
from reader.services.sending_late import NOT_ON_THE_LIST, NOT_UNDERSTOOD
from reader.web.acts import name_of
from reader.web.aids import find_aids_address
from reader.web.moments import format_reading_time
from reader.web.places import is_number
from reader.web.sentences import sentence_for

PERSON_HEADER: Final = "Teduh-Person"
# The worker asks to be told where it is led: browsers show it no redirect.
WORKER_HEADER: Final = "Teduh-Worker"
LOCATION_HEADER: Final = "Teduh-Location"
# The worker keeps what it sends, should the session have ended.
KEEPS_HEADER: Final = "Teduh-Keeps"
NOBODY: Final = "nobody"
_MOST_CHOSEN = 200
_WORKER = settings.BASE_DIR / "static" / "worker"
_REFUSALS: Final = {
    NOT_ON_THE_LIST: _("This article is not on your list any more."),
    NOT_UNDERSTOOD: _("This was not understood. Please do it again."),
}
# What pages are made of. Faces are kept when they are first used.
SHELL: Final = (
    *(f"css/{name}.css" for name in ("teduh", "chosen", "pages", "reading", "writing", "look", "keys")),
    *(f"css/{name}.css" for name in ("faces", "lightbox", "listen", "marks")),
    *("icons/teduh.svg", "django_htmx/htmx-2.min.js"),
    *(f"js/{name}.js" for name in ("teduh", "sheet", "live", "list", "reading", "position", "keys", "later")),
    *(f"js/{name}.js" for name in ("parts", "pictures", "thrift", "look", "arrive", "acts")),
    *(f"js/{name}.js" for name in ("marks", "listen", "offline", "kept", "zoom")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptArticle:
    """One article that a device keeps. ``stamp`` changes when its page should be fetched again.

    ``pictures`` are the addresses of each picture's sizes; the first is the one to keep.
    """

    id: int
    url: str
    title: str
    site: str
    length: str
    stamp: str
    pictures: tuple[tuple[str, ...], ...]


def name_person(user: User | AnonymousUser | object) -> str:
    """Return a name for the person that tells nothing about them, the same at each login."""
    if not isinstance(user, User):
        return NOBODY
    return _name(user.pk, settings.SECRET_KEY)


@lru_cache(maxsize=1024)
def _name(user_id: int, secret: str) -> str:
    return salted_hmac("reader.web.offline", str(user_id), secret, algorithm="sha256").hexdigest()[:32]


def read_chosen(text: str) -> set[int]:
    """Return the numbers of the articles that were chosen on the device."""
    parts = text[: 20 * _MOST_CHOSEN].split(",")[:_MOST_CHOSEN]
    return {int(part) for part in parts if is_number(part)}


def find_articles(user: User, chosen: Iterable[int], *, has_pictures: bool) -> tuple[KeptArticle, ...]:
    """Return what the device should keep: the newest unread as many as the person likes, and the chosen.

    Three queries, however many articles.
    """
    large = ("content", "text", "trace", "related")
    own = SavedArticle.objects.of(user).present().select_related("article")
    own = own.filter(words__gt=0, article__taken_down_at=None)
    own = own.defer(*(f"article__{name}" for name in large))
    newest = SavedArticle.objects.of(user).unread().filter(words__gt=0, article__taken_down_at=None)
    newest = newest.newest_first()[: user.kept_offline]
    rows = list(own.filter(Q(pk__in=newest.values("pk")) | Q(article_id__in=list(chosen))).newest_first())
    pictures = _find_pictures([saved.article_id for saved in rows])
    marks: dict[int, list[str]] = {}
    highlights = Highlight.objects.kept().filter(saved__in=rows).order_by("pk")
    for saved_id, changed_at in highlights.values_list("saved_id", "changed_at"):
        marks.setdefault(saved_id, []).append(str(changed_at))
    common = [get_language() or "", *map(str, user.look), str(user.saves_data), str(has_pictures)]
    return tuple(
        _describe(
            saved,
            pictures.get(saved.article_id, ()) if has_pictures else (),
            [*common, *marks.get(saved.pk, ())],
        )
        for saved in rows
    )


def _find_pictures(article_ids: list[int]) -> dict[int, tuple[tuple[str, ...], ...]]:
    kept = ArticlePicture.objects.kept().filter(article__in=article_ids).order_by("pk")
    found: dict[int, tuple[tuple[str, ...], ...]] = {}
    for article_id, small, large in kept.values_list("article_id", "small__sha256", "asset__sha256"):
        sizes = tuple(reverse("picture", args=[sha256]) for sha256 in (small, large) if sha256)
        found[article_id] = (*found.get(article_id, ()), sizes)
    return found


def _describe(saved: SavedArticle, pictures: tuple[tuple[str, ...], ...], more: Iterable[str]) -> KeptArticle:
    article: Article = saved.article
    told = [
        *(name_of(saved), article.state, article.extractor, article.changed_at, article.word_count),
        *(saved.archived_at, saved.starred_at, saved.note, saved.own_published_on, article.error_code),
        *(pictures, *more),
    ]
    return KeptArticle(
        id=saved.article_id,
        url=reverse("reading", args=[saved.article_id]),
        title=name_of(saved),
        site=article.site_name or article.host,
        length=format_reading_time(article.word_count),
        stamp=hashlib.sha256(repr(told).encode()).hexdigest()[:16],
        pictures=pictures,
    )


def dump_articles(articles: Iterable[KeptArticle]) -> list[Mapping[str, object]]:
    return [asdict(article) for article in articles]


@cache
def read_worker() -> str:
    """Return the service worker's script: its parts in order, told which files there are in this release.

    Any change of a file that pages are made of changes the script, and so browsers take the new one up.
    """
    parts = "".join(path.read_text() for path in sorted(_WORKER.glob("*.js")))
    languages = [code for code, _name in settings.LANGUAGES]
    shell = [*map(static, SHELL), *map(find_aids_address, languages)]
    version = hashlib.sha256("\n".join([parts, *shell]).encode()).hexdigest()[:12]
    page = reverse("offline")
    told = {
        "VERSION": version,
        "SHELL": shell,
        "OFFLINE_PAGE": page,
        "STATIC": settings.STATIC_URL,
        "AIDS": "/aids/",
    }
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items()) + parts


def describe_refusal(code: str) -> str:
    """Return the sentences for an act that was done without a network and could not be done here."""
    if code in _REFUSALS:
        return str(_REFUSALS[code])
    sentence = sentence_for(code)
    return f"{sentence.happened} {sentence.advice}"
