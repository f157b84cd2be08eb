"""Measure the pages of the list for one person with very many entries.

`python -m tests.benchmarks.list_pages [ENTRIES]`: ENTRIES (100,000) of one person, on an SQLite file made for
it, or on the database of DATABASE_URL, which must be empty. Each page is asked for through the whole stack,
without a socket. Printed are the middle of CPU and wall milliseconds, and the CPU as a multiple of that of a
page of the same site without a list, asked for in the same run; a bare view of twenty rows is the second
yardstick.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta

_DATA = tempfile.TemporaryDirectory(prefix="teduh-list-")
os.environ.setdefault("READER_DATA_DIR", _DATA.name)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DEBUG"] = "0"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from reader.listing import act_once, list_columns  # noqa: E402
from reader.models import Article, ListFilter, SavedArticle, Tag, Tagging, User  # noqa: E402
from reader.services.acting import act_on_many, undo_act  # noqa: E402
from reader.services.tagging import list_tags  # noqa: E402
from reader.web.paging import Cursor  # noqa: E402
from tests.builders import make_user  # noqa: E402

_TURNS = 9
_WORDS = (
    "warga pohon sungai kampung pagi hujan jalan pasar sekolah guru petani panen harga beras kota desa "
    "bupati menteri rapat anggaran jembatan banjir kereta stasiun bandara hutan laut nelayan kopi teh gula"
).split()
_SITES = ["money.kompas.com", "regional.kompas.com", "news.detik.com", "tirto.id", "koran.tempo.co"]
_SECTIONS = ["Megapolitan", "Regional", "Ekonomi", "Olahraga", "Budaya"]
_ROWS = Engine().from_string(
    "<ol>{% for row in rows %}<li>{{ row.title }} <b>{{ row.site }}</b></li>{% endfor %}</ol>"
)


def make_articles(count: int, dice: random.Random) -> None:
    """Make articles with texts of some 2 kB, so that rows are as long as in earnest."""
    now = timezone.now()
    body = "<p>" + " ".join(dice.choice(_WORDS) for _ in range(300)) + "</p>"
    for start in range(0, count, 5000):
        Article.objects.bulk_create(
            Article(
                canonical_url=f"https://{dice.choice(_SITES)}/{number}",
                url=f"https://contoh.example/{number}",
                host=dice.choice(_SITES),
                title=" ".join(dice.choice(_WORDS) for _ in range(8)).capitalize(),
                authors=[f"Penulis {dice.randrange(500)}"],
                section=dice.choice(_SECTIONS),
                site_name="Berita Contoh",
                language="id",
                excerpt=body[3:150],
                content=body,
                published_at=now - timedelta(minutes=dice.randrange(5_000_000)),
                word_count=dice.randrange(100, 4000),
                state="failed" if number % 200 == 0 else "ready",
                error_code="page_gone" if number % 200 == 0 else "",
                queued_at=now,
            )
            for number in range(start, min(count, start + 5000))
        )


def make_entries(user: User, dice: random.Random) -> None:
    """Give the person all articles: a third unread, the rest archived, some starred, few in the trash."""
    now = timezone.now()
    batch: list[SavedArticle] = []
    for number, article in enumerate(Article.objects.defer("content").iterator(chunk_size=2000)):
        batch.append(
            SavedArticle(
                user=user,
                article=article,
                saved_at=now - timedelta(seconds=number * 30),
                archived_at=None if number % 3 == 0 else now,
                starred_at=now if number % 20 == 0 else None,
                deleted_at=now if number % 100 == 7 else None,
                **list_columns(article),
            )
        )
        if len(batch) == 5000:
            SavedArticle.objects.bulk_create(batch)
            batch.clear()
    SavedArticle.objects.bulk_create(batch)
    ids = list(SavedArticle.objects.values_list("pk", flat=True))
    for name, share in (("sering", 0.2), ("jarang", 0.0002)):
        tag = Tag.objects.create(user=user, name=name, key=name)
        chosen = dice.sample(ids, max(1, int(len(ids) * share)))
        Tagging.objects.bulk_create([Tagging(tag=tag, saved_id=pk) for pk in chosen], batch_size=5000)


def bare_view() -> HttpResponse:
    rows = [{"title": f"Judul {number}", "site": "contoh.example"} for number in range(20)]
    return HttpResponse(_ROWS.render(Context({"rows": rows})))


def measure(act: Callable[[], object]) -> tuple[float, float]:
    """Return the middle of CPU and wall milliseconds."""
    act()
    cpu, wall = [], []
    for _ in range(_TURNS):
        cpu_begun, begun = time.process_time(), time.perf_counter()
        act()
        cpu.append(1000 * (time.process_time() - cpu_begun))
        wall.append(1000 * (time.perf_counter() - begun))
    return statistics.median(cpu), statistics.median(wall)


def find_pages(count: int) -> dict[str, str]:
    deep = list(SavedArticle.objects.unread().newest_first()[count // 6 : count // 6 + 1])
    often, seldom = Tag.objects.get(key="sering").pk, Tag.objects.get(key="jarang").pk
    before = f"&before={Cursor('saved', deep[0].saved_at, deep[0].pk).encode()}" if deep else ""
    return {
        "unread": "/",
        "unread, deep": f"/?x=1{before}",
        "archive": "/archive/",
        "starred": "/starred/",
        "all": "/all/",
        "trash": "/trash/",
        **{
            f"unread by {sort}": f"/?sort={sort}"
            for sort in ("oldest", "published", "title", "short", "long")
        },
        **{f"all by {sort}": f"/all/?sort={sort}" for sort in ("published", "title", "long")},
        "archive by title": "/archive/?sort=title",
        "starred by title": "/starred/?sort=title",
        "trash by title": "/trash/?sort=title",
        "tag, a fifth": f"/all/?tag={often}",
        "tag, few": f"/all/?tag={seldom}",
        "tag, a fifth, by title": f"/all/?tag={often}&sort=title",
        "site": "/all/?site=tirto.id",
        "site, none": "/all/?site=tidak.ada",
        "section": "/?section=Budaya",
        "author": "/all/?author=Penulis+7",
        "author, none": "/all/?author=Tidak+Ada",
        "long ones": "/?length=long",
        "failed": "/all/?state=failed",
        "failed, unread": "/?state=failed",
        "ready": "/?state=ready",
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    dice = random.Random(7)
    call_command("migrate", verbosity=0)
    ann = make_user("ann")
    client = Client()
    client.force_login(ann)
    client.get("/keys/")
    begun = time.perf_counter()
    make_articles(count, dice)
    make_entries(ann, dice)
    print(f"{count:,} entries made in {time.perf_counter() - begun:.0f} s")
    yardstick, _ = measure(bare_view)
    login, _ = measure(lambda: client.get("/keys/"))
    print(f"bare view of twenty rows: {yardstick:.2f} ms CPU; a page without a list: {login:.1f} ms CPU")
    for name, address in find_pages(count).items():
        assert client.get(address).status_code == 200, address
        cpu, wall = measure(lambda address=address: client.get(address))  # type: ignore[misc]
        print(
            f"{name:<24} {cpu:8.1f} ms CPU {wall:8.1f} ms wall  {cpu / login:5.1f} x the page without a list"
        )
    tags, _ = measure(lambda: list(list_tags(user=ann)))
    print(f"the tags with their counts: {tags:.1f} ms CPU")
    measure_act(ann)


def measure_act(ann: User) -> None:
    """Time an act on everything and its undoing, to the end of the background work."""
    begun = time.perf_counter()
    act = act_on_many(user=ann, name="archive", chosen=ListFilter(view="unread"))
    answered = time.perf_counter() - begun
    while act_once(act.pk).is_more:
        pass
    act.refresh_from_db()
    print(
        f"archive {act.changed:,}: answer after {answered:.2f} s, done in {time.perf_counter() - begun:.2f} s"
    )
    begun = time.perf_counter()
    undoing = undo_act(act=act)
    while undoing and act_once(undoing.pk).is_more:
        pass
    print(f"undo: done after {time.perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
