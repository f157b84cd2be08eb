"""`manage.py prepare`: bring database, queue, cache and static files up to this version of the code."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from reader import messages, tasks


class Command(BaseCommand):
    help = "Migrate the database, make queue and cache tables, collect static files. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        messages.compile_messages()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        tasks.create_queue()
        call_command("collectstatic", interactive=False, verbosity=0)
