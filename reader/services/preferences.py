"""A person's own preferences."""

from reader.models import User


def set_language(*, user: User, language: str) -> None:
    """Keep the language that pages are shown in; empty follows the browser."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


def set_density(*, user: User, density: str) -> None:
    """Keep how close the entries of lists stand; what is not known changes nothing."""
    if density in User.Density.values and user.density != density:
        user.density = density
        user.save(update_fields=["density"])
