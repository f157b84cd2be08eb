"""Decoding in a killable process: a hostile picture costs itself, never the worker or an article."""

from collections.abc import Callable
from typing import TypeVar

from reader.errors import PictureInterrupted, PictureTooLarge
from reader.imaging.encode import encode_picture, encode_thumbnail
from reader.imaging.renditions import Rendition, Renditions
from reader.killable import CallDied, CallTimedOut, KillablePool

_Encoded = TypeVar("_Encoded", Rendition, Renditions)
# A photograph of a newspaper takes 0.1 to 0.2 s.
TIMEOUT_SECONDS = 10
# One, and not the processes of the extraction: pictures are never to hold up an article.
_pool = KillablePool(processes=1)
stop_picture_pool = _pool.stop


def encode_in_pool(body: bytes) -> Renditions:
    """Return the sizes of the picture as ``encode_picture`` does, and raise what it raises.

    Raises PictureTooLarge as well where the time did not do, and PictureInterrupted when the process died
    or ran out of memory.
    """
    return _call(encode_picture, body)


def encode_thumbnail_in_pool(body: bytes) -> Rendition:
    """Return the picture as lists show it; raises what ``encode_in_pool`` raises."""
    return _call(encode_thumbnail, body)


def _call(encode: Callable[[bytes], _Encoded], body: bytes) -> _Encoded:
    try:
        return _pool.call(TIMEOUT_SECONDS, encode, (body,))
    except CallTimedOut as error:
        raise PictureTooLarge(str(error)) from error
    except CallDied as error:
        raise PictureInterrupted(str(error)) from error
