"""What the desk costs at 100,000 articles: `python -m tests.benchmarks.desk [--articles N] [--data DIR]`.

Seeds an SQLite database of its own (or that of DATABASE_URL), or reuses that of `--data DIR`, and prints for
the overview and for each list, its filters and its search the number of queries and the median and 95th
percentile of a page in milliseconds, beside a page of the desk without a list in the same run.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

_AT_ONCE = 2_000
_ROUNDS = 20
_HOSTS = 400


def fill(model: Any, rows: Iterable[Any]) -> None:
    """Insert many rows, some thousand in a statement."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            model.objects.bulk_create(batch)
            batch.clear()
    model.objects.bulk_create(batch)


def seed(count: int) -> None:
    """Fill every table that the desk lists, unless it is filled."""
    from django.core.management import call_command
    from django.utils import timezone

    from reader.models import (
        Article,
        ArticlePicture,
        ArticleVersion,
        AuditEntry,
        Report,
        Snapshot,
        User,
    )
    from reader.services.roles import PERMISSIONS, give_role

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if User.objects.filter(username="mia").exists():
        return
    now = timezone.now()
    mia = User.objects.create_user("mia")
    for role in PERMISSIONS:
        give_role(user=mia, role=role)
    fill(User, (User(username=f"orang{n}", password="!") for n in range(count // 20)))

    def make_article(n: int) -> Article:
        host = f"situs{n % _HOSTS}.example"
        state = ("failed", "partial", *["ready"] * 8)[n % 10]
        return Article(
            url=f"https://{host}/{n}",
            canonical_url=f"https://{host}/{n}",
            host=host,
            title=f"Warga kampung nomor {n} menanam pohon",
            text="kata " * 400,
            content="<p>kata</p>" * 200,
            word_count=400,
            quality=(n % 100) / 100,
            state=state,
            error_code={"failed": "no_article", "partial": "truncated"}.get(state, ""),
            extractor="readability" if n % 3 else f"{host}.txt",
            queued_at=now - timedelta(minutes=n),
            fetched_at=now - timedelta(minutes=n),
            owner=mia if n % 100 == 0 else None,
            vanished_at=now if n % 5000 == 0 else None,
        )

    fill(Article, (make_article(n) for n in range(count)))
    ids = list(Article.objects.order_by("pk").values_list("pk", "host", "url"))
    fill(
        Snapshot,
        (
            Snapshot(
                article_id=pk,
                url=url,
                final_url=url,
                status=200,
                file="x",
                body_hash="0" * 64,
                body_bytes=90_000,
                fetched_at=now,
            )
            for pk, _host, url in ids
        ),
    )
    fill(
        ArticlePicture,
        (
            ArticlePicture(
                article_id=pk, url=f"{url}.jpg", state="failed", error_code="page_gone", due_at=None
            )
            for pk, _host, url in ids
        ),
    )
    fill(
        ArticleVersion,
        (
            ArticleVersion(
                article_id=pk,
                title="Judul lama",
                content="<p>x</p>" * 100,
                text="x " * 400,
                word_count=400,
                fetched_at=now,
                replaced_at=now,
                why="changed",
            )
            for pk, _host, _url in ids[::5]
        ),
    )
    fill(
        Report,
        (
            Report(
                article_id=pk,
                host=host,
                reporter=mia,
                kind="text",
                note="catatan",
                state="open" if pk % 50 == 0 else "resolved",
                decided_at=now,
            )
            for pk, host, _url in ids
        ),
    )
    fill(
        AuditEntry,
        (
            AuditEntry(
                actor_id=mia.pk,
                actor_name="mia",
                act="article.refetch",
                target_kind="article",
                target_id=pk,
                target_name=url,
                reason="aturan baru",
            )
            for pk, _host, url in ids
        ),
    )


PAGES = {
    "no list": "/admin/password_change/",
    "overview": "/admin/",
    "articles": "/admin/reader/article/",
    "articles, page 39": "/admin/reader/article/?p=39",
    "articles, failed": "/admin/reader/article/?state__exact=failed",
    "articles, an error": "/admin/reader/article/?error=truncated",
    "articles, of a site": "/admin/reader/article/?host=situs7.example&trouble=yes",
    "articles, vanished": "/admin/reader/article/?seen=vanished",
    "articles, taken down": "/admin/reader/article/?down=yes",
    "articles, by rules": "/admin/reader/article/?by=rule",
    "articles, a search": "/admin/reader/article/?q=nomor+99",
    "articles, an address": "/admin/reader/article/?q=situs7.example/7",
    "articles, found none": "/admin/reader/article/?q=zzzzz",
    "private texts": "/admin/reader/privatearticle/",
    "snapshots": "/admin/reader/snapshot/",
    "snapshots, a search": "/admin/reader/snapshot/?q=situs7.example",
    "versions": "/admin/reader/articleversion/",
    "pictures": "/admin/reader/articlepicture/",
    "pictures, failed": "/admin/reader/articlepicture/?state__exact=failed",
    "pictures, a search": "/admin/reader/articlepicture/?q=situs7.example",
    "re-extractions": "/admin/reader/reextraction/",
    "reports": "/admin/reader/report/",
    "reports, all": "/admin/reader/report/?state=all",
    "reports, a search": "/admin/reader/report/?state=all&q=catatan",
    "reports by article": "/admin/reader/report/by-article/",
    "reports by site": "/admin/reader/report/by-site/",
    "site policies": "/admin/reader/domainpolicy/",
    "site rules": "/admin/reader/siterule/",
    "people": "/admin/reader/user/",
    "people, a search": "/admin/reader/user/?q=orang99",
    "audit log": "/admin/reader/auditentry/",
    "audit log, an act": "/admin/reader/auditentry/?act=article.refetch",
    "audit log, a search": "/admin/reader/auditentry/?q=aturan",
    "transparency": "/transparency/",
}


def measure(get: Callable[[str], Any], path: str) -> tuple[int, float, float]:
    """Return queries, median and 95th percentile of asking for the page, in milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = get(path)
        count = len(queries)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    took = []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        get(path)
        took.append(1000 * (time.perf_counter() - began))
    took.sort()
    return count, statistics.median(took), took[int(0.95 * len(took)) - 1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--data", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["READER_DATA_DIR"] = options.data or folder
        os.environ["READER_TRANSPARENCY"] = "1"
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.desk_settings"
        import django

        django.setup()
        from django.test import Client

        from reader.models import User

        seed(options.articles)
        client = Client()
        client.force_login(User.objects.get(username="mia"))
        print(f"{'page':24}{'queries':>8}{'median ms':>11}{'p95 ms':>9}")
        for name, path in PAGES.items():
            queries, median, p95 = measure(client.get, path)
            print(f"{name:24}{queries:8}{median:11.1f}{p95:9.1f}", flush=True)


if __name__ == "__main__":
    main()
