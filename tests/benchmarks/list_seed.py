"""Fill the database of a served site for `tests.benchmarks.list`, and print as JSON what the pages are."""

import json
import random
import sys
from collections.abc import Iterator
from datetime import timedelta

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from reader.indexing import index_backlog  # noqa: E402
from reader.listing import list_columns  # noqa: E402
from reader.models import Article, ArticlePicture, Asset, SavedArticle, Tag, Tagging, User  # noqa: E402
from reader.web.paging import PAGE_SIZE, Cursor  # noqa: E402
from tests.benchmarks.search import make_texts  # noqa: E402
from tests.builders import make_asset  # noqa: E402

_AT_ONCE = 2_000
_PEOPLE, _OF_OTHERS = 50, 40
_SITES = ["money.kompas.com", "regional.kompas.com", "news.detik.com", "tirto.id", "koran.tempo.co"]
# Stands in a dozen texts, however many there are: the same hits of more and more.
_RARE, _HITS = "kerajinan", 12
_SECTIONS = ["Megapolitan", "Regional", "Ekonomi", "Olahraga", "Budaya"]


def make_articles(count: int, dice: random.Random) -> Iterator[list[Article]]:
    """Store articles with texts of 3 KB; one of two hundred failed, half have a photo."""
    now = timezone.now()
    made: list[Article] = []
    for number, (title, words) in enumerate(make_texts(count)):
        text = f"{words} {_RARE}" if number % (count // _HITS) == 1 else words
        host, has_failed = dice.choice(_SITES), number % 200 == 13
        made.append(
            Article(
                canonical_url=f"https://{host}/{number}",
                url=f"https://{host}/{number}",
                host=host,
                title=title,
                authors=[f"Penulis {dice.randrange(500)}"],
                section=dice.choice(_SECTIONS),
                site_name="Berita Contoh",
                language="id",
                excerpt=text[:150],
                content=f"<p>{text}</p>",
                text=text,
                lead_image_url=f"https://gambar.example/{number}.jpg" if number % 2 else "",
                published_at=now - timedelta(minutes=dice.randrange(5_000_000)),
                word_count=dice.randrange(100, 4000),
                state="failed" if has_failed else "ready",
                error_code="page_gone" if has_failed else "",
                queued_at=now,
            )
        )
        if len(made) == _AT_ONCE or number == count - 1:
            yield Article.objects.bulk_create(made)
            made = []


def make_entries(user: User, articles: list[Article], first: int) -> list[SavedArticle]:
    """Give the person the articles: a third unread, the rest archived, some starred, few in the trash."""
    now = timezone.now()
    return SavedArticle.objects.bulk_create(
        SavedArticle(
            user=user,
            article=article,
            saved_at=now - timedelta(seconds=number * 30),
            archived_at=None if number % 3 == 0 else now,
            starred_at=now if number % 20 == 0 else None,
            deleted_at=now if number % 100 == 7 else None,
            progress=370 if number % 5 == 0 else 0,
            **list_columns(article),
        )
        for number, article in enumerate(articles, start=first)
    )


def keep_pictures(articles: list[Article], asset: Asset) -> None:
    kept = ArticlePicture.State.KEPT
    ArticlePicture.objects.bulk_create(
        ArticlePicture(
            article=each, url=each.lead_image_url, state=kept, asset=asset, thumbnail=asset, due_at=None
        )
        for each in articles
        if each.lead_image_url
    )


def seed(count: int) -> User:
    dice = random.Random(7)
    ann, *others = User.objects.bulk_create(User(username=f"orang{number}") for number in range(_PEOPLE))
    often, seldom = (Tag.objects.create(user=ann, name=name, key=name) for name in ("sering", "jarang"))
    asset, done = make_asset(b"RIFF"), 0
    for articles in make_articles(count, dice):
        entries = make_entries(ann, articles, done)
        keep_pictures(articles, asset)
        for share, tag in ((0.2, often), (0.0002, seldom)):
            chosen = dice.sample(entries, max(1 if not done else 0, int(len(entries) * share)))
            Tagging.objects.bulk_create(Tagging(tag=tag, saved=saved) for saved in chosen)
        if not done:
            for other in others:
                make_entries(other, dice.sample(articles, min(_OF_OTHERS, len(articles))), 0)
        done += len(articles)
    while index_backlog(_AT_ONCE):
        pass
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as its housekeeping does within minutes
    return ann


def describe(user: User) -> dict[str, object]:
    """Return what the measuring needs: a session, the place of page 500, tags and articles."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    own = SavedArticle.objects.of(user)
    present = own.present().newest_first()
    depth = min(499 * PAGE_SIZE, present.count() - PAGE_SIZE) - 1
    last = present[depth : depth + 1].get()
    return {
        "session": session.session_key,
        "deep": Cursor("saved", last.saved_at, last.pk).encode(),
        "tags": {tag.key: tag.pk for tag in Tag.objects.of(user)},
        "unread": list(own.unread().newest_first().values_list("article_id", flat=True)[:400]),
    }


if __name__ == "__main__":
    print(json.dumps(describe(seed(int(sys.argv[1])))))
