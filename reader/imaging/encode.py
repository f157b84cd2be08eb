"""One picture → two or three sizes of it in WebP, or in its own format where WebP is not smaller.

Only pixels pass: no metadata, no profile, no trailing bytes, no second frame. A moving picture stands still;
its caption leads to the original.
"""

import struct
import warnings
from collections.abc import Callable
from io import BytesIO
from typing import Final, TypeVar

from PIL import (
    AvifImagePlugin,
    GifImagePlugin,
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from reader.errors import PictureBroken, PictureTooLarge, PictureTooSmall
from reader.imaging.renditions import Rendition, Renditions

_Encoded = TypeVar("_Encoded", Rendition, Renditions)
# Named here, so that the process begins with these five and never loads another.
_PLUGINS: Final = (AvifImagePlugin, GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
# A camera's full frame has 24 million; decoded, that many pixels with transparency take 100 MB.
MAX_PIXELS = 40_000_000
_MAX_SIDE = 30_000
# Counters and spacers have one pixel, share buttons 16 to 32; no photograph is as small.
_SMALLEST_SIDE = 32
_SMALLEST_LONG_SIDE = 100
# The text column is some 790 px wide, and twice that on a fine screen. Tall graphics stay legible.
MAX_WIDTH, _MAX_HEIGHT = 1600, 12_000
SMALL_WIDTH = 800
# Below this the smaller size saves too little to be kept.
_WORTH_SMALL_WIDTH = 1000
# What lists show, cut to its shape: 136 × 91 px on a desk and 88 × 59 on a phone, for screens twice as fine.
THUMBNAIL_SIZE = (288, 192)
_WEBP_QUALITY = 78
_JPEG_QUALITY = 82
# 2 of 6: half the time of the usual 4, for 4 % more bytes.
_WEBP_EFFORT = 2
_EXIF_ORIENTATION = 0x0112
_ON_THEIR_SIDE = frozenset({5, 6, 7, 8})
_FLAT = frozenset({"1", "P"})

# What Pillow's decoders raise on bytes that are no picture.
_FAULTS = (
    *(OSError, SyntaxError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError),
    *(EOFError, RuntimeError, struct.error),
)


def encode_picture(body: bytes) -> Renditions:
    """Return the picture upright: at most 1600 px wide, 800 px wide where that is worth it, as a thumbnail.

    Raises PictureTooLarge, PictureTooSmall for what is no picture to look at, and PictureBroken for
    what is none of JPEG, PNG, WebP, GIF and AVIF or cannot be decoded to its end.
    """
    return _decode(body, lambda opened: _encode_sizes(opened, len(body)))


def encode_thumbnail(body: bytes) -> Rendition:
    """Return a kept picture as lists show it; raises what ``encode_picture`` raises."""
    return _decode(body, lambda opened: _encode_thumbnail(_make_plain(opened)))


def _decode(body: bytes, encode: Callable[[Image.Image], _Encoded]) -> _Encoded:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata, and of sizes that are refused below
        try:
            with Image.open(BytesIO(body), formats=_FORMATS) as opened:
                _check_size(*opened.size)
                return encode(opened)
        except Image.DecompressionBombError as error:
            raise PictureTooLarge(str(error)[:200]) from error
        except _FAULTS as error:
            raise PictureBroken(f"{type(error).__name__}: {error}"[:200]) from error


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > _MAX_SIDE:
        raise PictureTooLarge(f"{width} × {height}")
    if min(width, height) < _SMALLEST_SIDE or max(width, height) < _SMALLEST_LONG_SIDE:
        raise PictureTooSmall(f"{width} × {height}")


def _encode_sizes(opened: Image.Image, source_bytes: int) -> Renditions:
    is_flat, source_format = opened.mode in _FLAT, opened.format or ""
    source_size = opened.size
    large = _make_plain(opened)
    is_scaled = sorted(large.size) != sorted(source_size)
    large.info = {}
    first = _encode_webp(large, is_lossless=is_flat and not is_scaled)
    if len(first.body) >= source_bytes and not is_scaled:
        first = min(first, _encode_as(large, source_format), key=lambda each: len(each.body))
    if large.width < _WORTH_SMALL_WIDTH:
        return Renditions(large=first, small=None, thumbnail=_encode_thumbnail(large))
    small_height = max(round(large.height * SMALL_WIDTH / large.width), 1)
    small = large.resize((SMALL_WIDTH, small_height), reducing_gap=3)
    return Renditions(large=first, small=_encode_webp(small), thumbnail=_encode_thumbnail(small))


def _encode_thumbnail(image: Image.Image) -> Rendition:
    """Its middle in the shape of a thumbnail, never made larger."""
    width, height = image.size
    ratio = THUMBNAIL_SIZE[0] / THUMBNAIL_SIZE[1]
    shape = (min(width, round(height * ratio)), min(height, round(width / ratio)))
    left, top = (width - shape[0]) // 2, (height - shape[1]) // 2
    size = THUMBNAIL_SIZE if shape[0] > THUMBNAIL_SIZE[0] else shape
    box = (left, top, left + shape[0], top + shape[1])
    return _encode_webp(image.resize(size, box=box, reducing_gap=3))


def _make_plain(opened: Image.Image) -> Image.Image:
    """The picture within our bounds, upright, in RGB or with transparency."""
    orientation = opened.getexif().get(_EXIF_ORIENTATION)
    bounds = (_MAX_HEIGHT, MAX_WIDTH) if orientation in _ON_THEIR_SIDE else (MAX_WIDTH, _MAX_HEIGHT)
    image = opened
    if image.mode not in {"RGB", "L", "CMYK", "YCbCr"}:  # those JPEG decodes at a fraction of its size
        image = _to_colours(image)
    image.thumbnail(bounds, reducing_gap=2)
    if orientation:
        image.info.setdefault("exif", opened.info.get("exif", b""))
        image = ImageOps.exif_transpose(image)
    return _to_colours(image)


def _to_colours(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # sixteen bits of grey; converted as they are, all but black is white
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    has_alpha = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "RGB")


def _encode_webp(image: Image.Image, *, is_lossless: bool = False) -> Rendition:
    """Flat drawings are tried without loss as well, which often has fewer bytes and no smear."""
    lossy = _encode(image, "WEBP", quality=_WEBP_QUALITY, method=_WEBP_EFFORT)
    if not is_lossless:
        return lossy
    lossless = _encode(image, "WEBP", lossless=True, quality=50, method=_WEBP_EFFORT)
    return min(lossless, lossy, key=lambda each: len(each.body))


def _encode_as(image: Image.Image, source_format: str) -> Rendition:
    if source_format in {"JPEG", "MPO"} and image.mode == "RGB":
        return _encode(image, "JPEG", quality=_JPEG_QUALITY, optimize=True, progressive=True)
    return _encode(image, "PNG", optimize=True)


def _encode(image: Image.Image, name: str, **options: object) -> Rendition:
    out = BytesIO()
    image.save(out, name, **options)
    return Rendition(
        body=out.getvalue(), content_type=Image.MIME[name], width=image.width, height=image.height
    )
