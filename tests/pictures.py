"""Pictures for tests, made here: noise looks like a photograph to an encoder."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image


def make_photo(width: int = 900, height: int = 600, *, seed: int = 1) -> Image.Image:
    """Return a soft, colourful picture, another one for each seed."""
    grain = Image.linear_gradient("L").rotate(17 * seed).resize((width, height))
    bands = [grain, grain.transpose(Image.Transpose.ROTATE_180), Image.new("L", (width, height), seed % 256)]
    return Image.merge("RGB", bands)


def encode(image: Image.Image, name: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, name, **options)
    return out.getvalue()


def make_jpeg(width: int = 900, height: int = 600, *, seed: int = 1, **options: Any) -> bytes:
    return encode(make_photo(width, height, seed=seed), "JPEG", **options)


def make_png_bomb(width: int, height: int) -> bytes:
    """Return a PNG of one bit a pixel that is nothing but zeros, of a thousandth of its size."""
    packing = zlib.compressobj(1)
    row = bytes(1 + (width + 7) // 8)
    # The rows past the tenth megabyte are left out: none is to be read.
    rows = min(height, 10_000_000 // len(row))
    data = b"".join(packing.compress(row) for _ in range(rows)) + packing.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_make_chunk(*each) for each in chunks)


def _make_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def make_long_gif(frames: int) -> bytes:
    """Return a GIF of so many frames: the first one again and again."""
    still = encode(Image.new("P", (200, 120)), "GIF")
    # Everything between the header with its colours and the trailer is the first frame.
    colours = 3 * 2 ** ((still[10] & 7) + 1)
    head, frame = still[: 13 + colours], still[13 + colours : -1]
    return head + frame * frames + b";"
