"""Snapshots: the bytes of fetched pages, compressed and kept, so that a better rule needs no new fetch."""

import contextlib
import hashlib
import secrets
from collections.abc import Sequence
from typing import Self

import zstandard
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reader.errors import StorageFailed
from reader.models.article import Article
from reader.values import Page

_MAX_BODY_BYTES = 64 * 1024 * 1024


class SnapshotDamaged(Exception):
    """The stored bytes are missing or are not the ones that were stored."""


def _snapshot_storage() -> Storage:
    return storages["snapshots"]


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Storing and reading back what was fetched."""

    def store(self, article_id: int, page: Page, *, page_number: int = 1) -> "Snapshot":
        """Compress and keep the page. The file is whole before the row names it; a crash leaves no row.

        Raises StorageFailed when the file cannot be written.
        """
        body_hash = hashlib.sha256(page.body).hexdigest()
        snapshot = Snapshot(
            article_id=article_id,
            url=page.url,
            final_url=page.final_url,
            status=page.status,
            content_type=page.content_type[:200],
            headers=dict(page.headers),
            body_hash=body_hash,
            body_bytes=len(page.body),
            page_number=page_number,
            fetched_at=page.fetched_at or timezone.now(),
        )
        compressed = zstandard.ZstdCompressor(level=9).compress(page.body)
        # A name of its own, so that what a full disk took of it can be removed and nobody else's is.
        name = f"{body_hash[:2]}/{body_hash}-{secrets.token_hex(4)}.zst"
        try:
            snapshot.file.save(name, ContentFile(compressed), save=False)
        except OSError as error:
            with contextlib.suppress(OSError):
                snapshot.file.storage.delete(name)
            raise StorageFailed(f"the snapshot: {error.strerror}") from error
        snapshot.save(force_insert=True)
        return snapshot

    def of_copy(self, article_id: int, snapshot_ids: Sequence[int]) -> Self:
        """Return those with these numbers, or all of the article's where none are known; oldest first."""
        own = self.filter(article_id=article_id).order_by("pk")
        return own.filter(pk__in=snapshot_ids) if snapshot_ids else own

    def fetched_after(self, article_id: int, snapshot_ids: Sequence[int]) -> Self:
        """Return the article's snapshots that are newer than all of these; oldest first."""
        return self.filter(article_id=article_id, pk__gt=max(snapshot_ids, default=0)).order_by("pk")


class Snapshot(models.Model):
    """One fetched page of one article, as it came. Made at every fetch, gone with its article."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="snapshots"
    )
    url = models.CharField(_("URL"), max_length=2000)
    final_url = models.CharField(_("final URL"), max_length=2000)
    status = models.PositiveSmallIntegerField(_("status"))
    content_type = models.CharField(_("content type"), max_length=200, blank=True)
    headers = models.JSONField(_("headers"), default=dict)
    file = models.FileField(_("file"), storage=_snapshot_storage, max_length=200)
    body_hash = models.CharField(_("SHA-256"), max_length=64)
    body_bytes = models.PositiveIntegerField(_("bytes"))
    page_number = models.PositiveSmallIntegerField(
        _("page number"), default=1, help_text=_("0 is the address that shows all pages at once.")
    )
    fetched_at = models.DateTimeField(_("fetched at"))

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        indexes = [
            models.Index(fields=["article", "-fetched_at"], name="snapshot_newest"),
            # The question of the sweeper: which of these files are named.
            models.Index(fields=["file"], name="snapshot_by_file"),
        ]

    def __str__(self) -> str:
        return f"{self.final_url} ({self.fetched_at:%Y-%m-%d %H:%M})"

    def read_page(self) -> Page:
        """Return the page as it was fetched. Raises SnapshotDamaged when the bytes are not whole."""
        try:
            with self.file.open("rb") as stored:
                body = zstandard.ZstdDecompressor().decompress(stored.read(), max_output_size=_MAX_BODY_BYTES)
        except (OSError, zstandard.ZstdError) as error:
            raise SnapshotDamaged(str(error)) from error
        if hashlib.sha256(body).hexdigest() != self.body_hash:
            raise SnapshotDamaged("the hash differs")
        return Page(
            url=self.url,
            final_url=self.final_url,
            body=body,
            content_type=self.content_type,
            status=self.status,
            headers=self.headers,
            fetched_at=self.fetched_at,
        )
