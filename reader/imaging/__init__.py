"""From a picture's untrusted bytes to pictures of our own: decoded within limits, encoded anew."""

from reader.imaging.pool import encode_in_pool, stop_picture_pool
from reader.imaging.renditions import Rendition

__all__ = ["Rendition", "encode_in_pool", "stop_picture_pool"]
