"""The one Django application."""

from django.apps import AppConfig


class ReaderConfig(AppConfig):
    name = "reader"
    verbose_name = "Teduh"

    def ready(self) -> None:
        # Registers the system checks.
        from reader import checks  # noqa: F401, PLC0415 - models must be loaded first
