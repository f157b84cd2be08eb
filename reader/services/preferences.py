"""A person's own preferences."""

from reader.models import User


def set_language(*, user: User, language: str) -> None:
    """Keep the language that pages are shown in; empty follows the browser."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
