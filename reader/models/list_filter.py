"""Which entries of a person's list are meant: a view and what narrows it, as one value that can be stored."""

from dataclasses import asdict, dataclass, fields
from typing import ClassVar, Self

MAX_FILTER_CHARACTERS = 255
_MOST = 2**63


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """A view of the reading list and what narrows it; empty (or 0) means no narrowing.

    ``tag`` is the number of a tag, ``site`` a host as articles have it, ``words`` stand in the title.
    ``highlighted``: only those with highlights.
    Made by ``of``, every value is one that the columns can hold.
    """

    VIEWS: ClassVar[tuple[str, ...]] = ("unread", "archive", "starred", "all", "trash")
    STATES: ClassVar[tuple[str, ...]] = ("ready", "partial", "pending", "failed")
    LENGTHS: ClassVar[tuple[str, ...]] = ("short", "medium", "long")

    view: str = "unread"
    state: str = ""
    tag: int = 0
    site: str = ""
    section: str = ""
    author: str = ""
    length: str = ""
    words: str = ""
    highlighted: bool = False

    @classmethod
    def of(cls, view: str, **narrowing: str) -> Self:
        """Return the filter that the texts name; what makes no sense narrows nothing."""
        texts = {name: _clean(text) for name, text in narrowing.items()}
        tag = texts.get("tag", "")
        return cls(
            view=view if view in cls.VIEWS else "unread",
            state=_known(texts.get("state", ""), cls.STATES),
            tag=int(tag) if tag.isascii() and tag.isdigit() and int(tag) < _MOST else 0,
            site=texts.get("site", ""),
            section=texts.get("section", ""),
            author=texts.get("author", ""),
            length=_known(texts.get("length", ""), cls.LENGTHS),
            words=texts.get("words", ""),
            highlighted=texts.get("highlighted", "") in {"1", "True"},
        )

    @classmethod
    def load(cls, values: dict[str, object]) -> Self:
        """Return the filter that ``dump`` made."""
        return cls.of(**{name: str(value) for name, value in values.items()})

    def dump(self) -> dict[str, object]:
        return {name: value for name, value in asdict(self).items() if value}

    def without(self, name: str) -> Self:
        """Return the filter that is not narrowed by that."""
        rest = {other: text for other, text in self.narrowing().items() if other != name}
        return self.of(self.view, **rest)

    def narrowing(self) -> dict[str, str]:
        """Return what narrows the view, by name, as texts."""
        own = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "view"}
        return {name: "1" if value is True else str(value) for name, value in own.items() if value}


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:MAX_FILTER_CHARACTERS]


def _known(text: str, known: tuple[str, ...]) -> str:
    return text if text in known else ""
