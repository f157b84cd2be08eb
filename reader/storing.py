"""Where stored files are kept, as Django's STORAGES want it: folders of the data folder, or of a bucket."""

import importlib.util
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from reader import env

_KINDS = ("snapshots", "assets")


def read_storages(data_dir: Path) -> dict[str, dict[str, Any]]:
    """Return the storages of snapshots and pictures by READER_STORAGE and READER_S3_*, read strictly."""
    if env.read_choice("READER_STORAGE", ("disk", "s3"), "disk") == "disk":
        return {kind: on_disk(data_dir / kind) for kind in _KINDS}
    if importlib.util.find_spec("storages") is None or importlib.util.find_spec("boto3") is None:
        raise ImproperlyConfigured("READER_STORAGE=s3 needs requirements/s3.txt: install it as well.")
    options = _read_bucket()
    return {
        kind: {"BACKEND": "reader.object_storage.ObjectStorage", "OPTIONS": {**options, "location": kind}}
        for kind in _KINDS
    }


def on_disk(folder: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "base_url": None},
    }


def _read_bucket() -> dict[str, str]:
    options = {
        "bucket_name": env.read_text("READER_S3_BUCKET"),
        "endpoint_url": env.read_text("READER_S3_ENDPOINT_URL"),
        "region_name": env.read_text("READER_S3_REGION"),
        "access_key": env.read_text("READER_S3_ACCESS_KEY_ID"),
        "secret_key": env.read_text("READER_S3_SECRET_ACCESS_KEY"),
    }
    if not options["bucket_name"]:
        raise ImproperlyConfigured("READER_STORAGE=s3 needs READER_S3_BUCKET, the name of a bucket.")
    if bool(options["access_key"]) != bool(options["secret_key"]):
        raise ImproperlyConfigured("READER_S3_ACCESS_KEY_ID and READER_S3_SECRET_ACCESS_KEY belong together.")
    if options["endpoint_url"] and not options["endpoint_url"].startswith(("https://", "http://")):
        raise ImproperlyConfigured("READER_S3_ENDPOINT_URL must be like https://s3.example.net.")
    return {name: value for name, value in options.items() if value}
