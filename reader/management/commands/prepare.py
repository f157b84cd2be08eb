"""`manage.py prepare`: bring database, queue, cache and static files up to this version of the code."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from reader import messages, static_files, tasks


class Command(BaseCommand):
    help = "Migrate the database, make queue and cache tables, collect static files. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        messages.compile_messages()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        tasks.create_queue()
        _collect_static()


def _collect_static() -> None:
    """Collect and compress the static files where any has changed; it takes 10 s, most of a start."""
    stamp = settings.DATA_DIR / "static-sources"
    sources = _describe_sources()
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == sources:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(sources)


def _describe_sources() -> str:
    """Return a hash over the content of all static files, and over what compresses them."""
    told = hashlib.sha256(f"{version('django')} {version('whitenoise')}".encode())
    told.update(Path(static_files.__file__).read_bytes())
    for finder in get_finders():
        for path, storage in finder.list(None):
            told.update(f"\n{path}\n".encode())
            with storage.open(path) as file:
                told.update(file.read())
    return told.hexdigest()
