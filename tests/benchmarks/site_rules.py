"""Measure the pages of site rules on the desk with very many articles.

`python -m tests.benchmarks.site_rules [ARTICLES]`: ARTICLES (100,000) of 400 sites, every tenth with a kept
page, on an SQLite file made for it, or on the database of DATABASE_URL, which must be empty. Each page is
asked for through the whole stack, without a socket. Printed are its queries and the middle and 95th
percentile of wall milliseconds; what is left out is a first time, in which processes start.
"""

import os
import statistics
import sys
import tempfile
import time
from typing import Any

_DATA = tempfile.TemporaryDirectory(prefix="teduh-rules-")
os.environ.setdefault("READER_DATA_DIR", _DATA.name)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DEBUG"] = "0"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from reader.ingest import find_site_rule  # noqa: E402
from reader.models import Article, SiteRule, Snapshot  # noqa: E402
from reader.services.roles import MODERATOR, give_role  # noqa: E402
from reader.values import Page  # noqa: E402
from tests.builders import make_user  # noqa: E402

_TURNS = 20
_SITES = [f"kabar{number}.example" for number in range(380)] + [
    f"{name}.kompas.com" for name in ("www", "money", "regional", "nasional", "bola") * 4
]
_TEXT = "".join(
    f"<p>Alinea ke-{number} bercerita tentang pohon dan sungai di kampung.</p>" for number in range(40)
)
_BODY = (
    f"<html><body><h1 class='read__title'>Judul</h1><div class='read__content'>{_TEXT}</div></body></html>"
)


def make_articles(count: int) -> None:
    """Make articles with texts of some 2 kB; their kept pages share one file."""
    now = timezone.now()
    page = Page(
        url="https://a.example/", final_url="https://www.kompas.com/1", body=_BODY.encode(), fetched_at=now
    )
    for start in range(0, count, 5000):
        Article.objects.bulk_create(
            Article(
                canonical_url=f"https://{_SITES[number % len(_SITES)]}/{number}",
                url=f"https://{_SITES[number % len(_SITES)]}/{number}",
                host=_SITES[number % len(_SITES)],
                title=f"Judul nomor {number}",
                content=_TEXT,
                text=_TEXT,
                word_count=400,
                state="failed" if number % 50 == 0 else "ready",
                error_code="no_article" if number % 50 == 0 else "",
                queued_at=now,
            )
            for number in range(start, min(count, start + 5000))
        )
    first = Snapshot.objects.store(Article.objects.earliest("pk").pk, page)
    kept = Article.objects.order_by("pk").values_list("pk", flat=True)[1::10]
    Snapshot.objects.bulk_create(
        [
            Snapshot(
                article_id=each,
                url=first.url,
                final_url=first.final_url,
                status=200,
                body_hash=first.body_hash,
                body_bytes=first.body_bytes,
                file=first.file.name,
                page_number=1,
                fetched_at=now,
            )
            for each in kept
        ],
        batch_size=2000,
    )


def measure(client: Client, name: str, address: str) -> None:
    client.get(address)
    queries: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        queries.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    spent = []
    for _ in range(_TURNS):
        begun = time.perf_counter()
        client.get(address)
        spent.append((time.perf_counter() - begun) * 1000)
    p95 = statistics.quantiles(spent, n=20)[-1]
    print(f"{name:<22}{len(queries):>4} queries {statistics.median(spent):>8.1f} ms {p95:>8.1f} ms")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    moderator = make_user("mia")
    give_role(user=moderator, role=MODERATOR)
    make_articles(count)
    SiteRule.objects.create(
        host="kompas.com", published="body: //div\n", draft="body: //p\n", changed_at=timezone.now()
    )
    client = Client()
    client.force_login(moderator)
    print(f"{Article.objects.count()} articles, {Snapshot.objects.count()} kept pages: middle and p95")
    base = "/admin/reader/siterule/"
    measure(client, "list", base)
    measure(client, "list, all rules", f"{base}?all=1&q=k")
    measure(client, "bench, with preview", f"{base}site/kompas.com/")
    measure(client, "publish", f"{base}site/kompas.com/publish/")
    measure(client, "trial", f"{base}site/kompas.com/trial/")
    measure(client, "revisions", f"{base}site/kompas.com/revisions/")
    begun = time.perf_counter()
    for _ in range(1000):
        find_site_rule("https://regional.kompas.com/read/1")
    print(f"finding the rule of a page: {(time.perf_counter() - begun):.3f} ms")


if __name__ == "__main__":
    main()
