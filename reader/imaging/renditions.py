"""What is made of a picture; frozen, and known without the decoder."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One size of a picture, written by our own encoder: no byte of ``body`` is the publisher's."""

    body: bytes
    content_type: str
    width: int
    height: int
