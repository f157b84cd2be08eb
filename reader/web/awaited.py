"""Pictures on their way: the room that a page keeps for each, and what comes into it while it is read."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reader.models import Article, ArticlePicture
from reader.sanitising import split_at_pictures
from reader.web.pictures import Picture, make_picture
from reader.web.sentences import Sentence, sentence_for

# Every second at first, then every three: for nearly three minutes, whatever happens to the worker.
_SOON_TIMES, _MOST_TIMES = 10, 60
_MOST_ROOMS = 100


@dataclass(frozen=True, slots=True)
class Room:
    """The place of a picture that is not there yet; the key stands for its address at the publisher."""

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaiting:
    """The rooms that a page asks for, and after how many seconds; none once it asked often enough."""

    keys: str = ""
    times: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came into a room: the picture, or a sentence on why there is none."""

    key: str
    picture: Picture | None
    sentence: Sentence | None


def find_pictures_and_rooms(article: Article) -> dict[str, Picture | Room]:
    """Return the article's kept pictures, and a room for each that was not tried yet; one query.

    Before the worker has looked for them, that is every picture of the text.
    """
    found: dict[str, Picture | Room] = {}
    known = set()
    for row in _read_rows(article):
        known.add(row.url)
        if row.state == ArticlePicture.State.KEPT:
            found[row.url] = make_picture(row)
        elif _is_awaited(row):
            found[row.url] = Room(key_of(row.url))
    if not article.are_pictures_listed:
        parts = split_at_pictures(article.content)
        urls = {article.lead_image_url, *(part.picture_url for part in parts)} - known - {""}
        found |= {url: Room(key_of(url)) for url in urls}
    return found


def key_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:12]


def await_rooms(pictures: Iterable[Picture | Room]) -> Awaiting:
    """Begin to ask for the pictures that have only their room."""
    return _ask(sorted(each.key for each in pictures if isinstance(each, Room)), 1)


def find_arrivals(article: Article, keys: str, times: int) -> tuple[tuple[Arrival, ...], Awaiting]:
    """Return what came into these rooms of the article, and how to ask for the others; one query."""
    asked = dict.fromkeys(keys.split(",")[:_MOST_ROOMS])
    arrivals = {}
    left = set(asked) if not article.are_pictures_listed else set()
    for row in _read_rows(article):
        key = key_of(row.url)
        if key in asked and _is_awaited(row):
            left.add(key)
        elif key in asked:
            is_kept = row.state == ArticlePicture.State.KEPT
            arrivals[key] = Arrival(
                key, make_picture(row) if is_kept else None, None if is_kept else sentence_for(row.error_code)
            )
    return tuple(arrivals.values()), _ask([key for key in asked if key in left - set(arrivals)], times + 1)


def _ask(keys: Collection[str], times: int) -> Awaiting:
    if not keys or times > _MOST_TIMES:
        return Awaiting()
    return Awaiting(keys=",".join(keys), times=times, seconds=1 if times <= _SOON_TIMES else 3)


def _read_rows(article: Article) -> Iterable[ArticlePicture]:
    return ArticlePicture.objects.filter(article=article).select_related("asset", "small")


def _is_awaited(row: ArticlePicture) -> bool:
    """Whether it is being fetched for the first time; what failed is tried again much later."""
    return row.state == ArticlePicture.State.WAITING and not row.error_code
