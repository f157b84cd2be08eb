"""A person's own preferences."""

from collections.abc import Mapping

from reader.models import User
from reader.models.reading_preferences import LINE_HEIGHTS, MOST_KEPT_OFFLINE, SIZES, WIDTHS

# What each column of how one reads may hold.
_ALLOWED: dict[str, frozenset[object]] = {
    "theme": frozenset(User.Theme.values),
    "face": frozenset(User.Face.values),
    "text_size": frozenset(SIZES),
    "line_height": frozenset(LINE_HEIGHTS),
    "text_width": frozenset(WIDTHS),
    "is_justified": frozenset({True, False}),
    "archives_at_end": frozenset({True, False}),
    "saves_data": frozenset({True, False}),
    "kept_offline": frozenset(range(MOST_KEPT_OFFLINE + 1)),
}


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


def set_reading(*, user: User, values: Mapping[str, object]) -> None:
    """Keep how the person likes to read: only what is named, and only values that there are."""
    chosen = {name: value for name, value in values.items() if value in _ALLOWED.get(name, ())}
    changed = [name for name, value in chosen.items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, chosen[name])
    if changed:
        user.save(update_fields=changed)


def reset_reading(*, user: User) -> None:
    """Show pages the usual way again; what reading does by itself stays."""
    looks = ("theme", "face", "text_size", "line_height", "text_width", "is_justified")
    usual = User()
    set_reading(user=user, values={name: getattr(usual, name) for name in looks})
