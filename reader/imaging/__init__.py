"""From a picture's untrusted bytes to pictures of our own: decoded within limits, encoded anew."""

from reader.imaging.pool import encode_in_pool, encode_thumbnail_in_pool, stop_picture_pool
from reader.imaging.renditions import Rendition, Renditions

__all__ = ["Rendition", "Renditions", "encode_in_pool", "encode_thumbnail_in_pool", "stop_picture_pool"]
