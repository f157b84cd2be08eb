"""Stored files on S3 or what speaks like it; used where READER_STORAGE says so, with requirements/s3.txt."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from storages.backends.s3 import S3Storage

# A store in the same building answers in milliseconds; a silent one must not hold a worker for minutes.
_CLIENT = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"total_max_attempts": 3, "mode": "standard"},
    # Checksums that not every store understands are left out; ours is in each row.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """Raise OSError for what the store refuses, as a disk would, so that all above treats both alike."""
    try:
        yield
    except ClientError as error:
        told = error.response.get("Error", {})
        kind = FileNotFoundError if str(told.get("Code")) in {"404", "NoSuchKey"} else OSError
        raise kind(5, f"{told.get('Code')}: {told.get('Message')}"[:200]) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(5, f"{type(error).__name__}: {error}"[:200]) from error


class ObjectStorage(S3Storage):  # type: ignore[misc]  # django-storages publishes no types
    """One folder of a bucket; a file that is opened is read whole, and nothing is ever overwritten."""

    def __init__(self, **options: Any) -> None:
        style = "path" if options.get("endpoint_url") else "auto"
        config = _CLIENT.merge(Config(s3={"addressing_style": style}))
        super().__init__(
            **{"file_overwrite": False, "max_memory_size": 16_000_000, "client_config": config, **options}
        )

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        with _as_os_errors():
            opened: File[bytes] = super()._open(name, mode)
            if "r" in mode:
                opened.read(0)  # fetches it
            return opened

    def _save(self, name: str, content: "File[bytes]") -> str:
        with _as_os_errors():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _as_os_errors():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _as_os_errors():
            return bool(super().exists(name))

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _as_os_errors():
            folders, names = super().listdir(name)
        return folders, names

    def get_modified_time(self, name: str) -> datetime:
        with _as_os_errors():
            moment: datetime = super().get_modified_time(name)
        return moment
