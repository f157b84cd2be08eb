"""What is made of a picture; frozen, and known without the decoder."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One size of a picture, written by our own encoder: no byte of ``body`` is the publisher's."""

    body: bytes
    content_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Renditions:
    """The sizes in which a picture is kept; ``small`` only where it is worth having beside the large one."""

    large: Rendition
    small: Rendition | None
    thumbnail: Rendition

    @property
    def all(self) -> tuple[Rendition, ...]:
        return tuple(each for each in (self.large, self.small, self.thumbnail) if each)
