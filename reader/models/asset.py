"""Assets: pictures in our own encoding, each kept once however many articles show it."""

import hashlib
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from reader.errors import StorageFailed

_ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png"}


class AssetDamaged(Exception):
    """The stored bytes are missing or are not the ones that were stored."""


def _asset_storage() -> Storage:
    return storages["assets"]


class AssetQuerySet(models.QuerySet["Asset"]):
    """Keeping bytes once."""

    def keep(self, body: bytes, *, content_type: str, width: int, height: int) -> "Asset":
        """Return the asset with these bytes, new or known; there is a day from now to refer to it.

        The file is whole before the row names it. Its name has a part of its own, so that no sweeper that is
        about to delete an older file of the same bytes can meet this one. Raises StorageFailed when the file
        cannot be written.
        """
        sha256 = hashlib.sha256(body).hexdigest()
        if known := self._find_for_use(sha256):
            return known
        asset = Asset(
            sha256=sha256, content_type=content_type, width=width, height=height, size_bytes=len(body)
        )
        name = f"{sha256[:2]}/{sha256}-{secrets.token_hex(4)}.{_ENDINGS[content_type]}"
        try:
            asset.file.save(name, ContentFile(body), save=False)
        except OSError as error:
            raise StorageFailed(f"the picture: {error.strerror}") from error
        try:
            with transaction.atomic():
                asset.save(force_insert=True)
        except IntegrityError:
            # Another worker kept the same bytes in the meantime.
            asset.file.delete(save=False)
            return self._find_for_use(sha256) or self.get(sha256=sha256)
        return asset

    def _find_for_use(self, sha256: str) -> "Asset | None":
        known = self.filter(sha256=sha256)
        return known.first() if known.update(unneeded_since=None) else None


class Asset(models.Model):
    """One picture in one size, as we serve it. Made when first needed, swept when no picture refers to it."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    file = models.FileField(_("file"), storage=_asset_storage, max_length=200)
    content_type = models.CharField(_("content type"), max_length=20)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size_bytes = models.PositiveIntegerField(_("bytes"))
    unneeded_since = models.DateTimeField(_("not needed since"), null=True, blank=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored picture")
        verbose_name_plural = _("stored pictures")
        indexes = [models.Index(fields=["file"], name="asset_by_file")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.width} × {self.height})"

    def read_whole(self) -> bytes:
        """Return the stored bytes.

        Raises AssetDamaged when they are missing or not whole, and OSError when they cannot be read just now.
        """
        try:
            with self.file.open("rb") as stored:
                body: bytes = stored.read(self.size_bytes + 1)
        except FileNotFoundError as error:
            raise AssetDamaged(str(error)) from error
        if hashlib.sha256(body).hexdigest() != self.sha256:
            raise AssetDamaged("the hash differs")
        return body
