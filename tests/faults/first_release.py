"""Filling an installation as the first release left it; run there by `manage.py shell`."""

import hashlib
from datetime import timedelta

import zstandard
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from tests.faults.scene import make_page

FIRST = ("reader", "0001_initial")
PASSWORD = "kata-sandi-lama-2026"
LINKS = {state: f"https://lama-{state}.example/berita" for state in ("ready", "archived", "failed", "queued")}
TEXT = "Petani di lereng gunung memanen kopi lebih awal tahun ini."


def fill() -> None:
    """Write with the tables of the first release: a person, and an article of each kind with its page."""
    tables = MigrationLoader(connection).project_state(FIRST).apps
    ann = tables.get_model("reader", "User").objects.create(
        username="ann", password=make_password(PASSWORD), language="en"
    )
    now = timezone.now()
    for days, (kind, link) in enumerate(LINKS.items()):
        is_read = kind in {"ready", "archived"}
        article = tables.get_model("reader", "Article").objects.create(
            canonical_url=link,
            url=link,
            final_url=link if is_read else "",
            host=link.split("/")[2],
            title=f"Panen Kopi {kind}" if is_read else "",
            authors=["Sri Lestari"] if is_read else [],
            content=f"<p>{TEXT}</p>" if is_read else "",
            text=TEXT if is_read else "",
            excerpt=TEXT if is_read else "",
            word_count=len(TEXT.split()) if is_read else 0,
            state="ready" if is_read else kind,
            error_code="page_gone" if kind == "failed" else "",
            quality=0.9 if is_read else 0.0,
            queued_at=now - timedelta(days=days),
            fetched_at=now if is_read else None,
        )
        tables.get_model("reader", "SavedArticle").objects.create(
            user=ann, article=article, archived_at=now if kind == "archived" else None
        )
        if is_read:
            body = make_page().encode()
            tables.get_model("reader", "Snapshot").objects.create(
                article=article,
                url=link,
                final_url=link,
                status=200,
                content_type="text/html",
                file=_store(body),
                body_hash=hashlib.sha256(body).hexdigest(),
                body_bytes=len(body),
                fetched_at=now,
            )


def _store(body: bytes) -> str:
    name = f"{hashlib.sha256(body).hexdigest()}.zst"
    return storages["snapshots"].save(f"{name[:2]}/{name}", ContentFile(zstandard.compress(body)))
