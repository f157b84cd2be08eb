"""Reading a body within its limit: decompressed by us, so that a bomb costs no more memory than a page."""

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO

from reader.errors import BadResponse, CompressionBomb, ConnectFailed, TooLarge

# Some servers end each flush with a gzip member of its own; a thousand is more than any.
_MAX_MEMBERS = 1_000
# Each chunk costs time whatever its size: a page sent byte by byte would take minutes of our own.
_MAX_PIECES = 40_000
# Pages shrink to a fifth or a tenth, lists of one thing to a fiftieth; deflate reaches a thousandth.
_MAX_RATIO = 100
_BYTES_WITHOUT_RATIO = 1_000_000
_STEP_BYTES = 1_000_000
_GZIP_MAGIC = b"\x1f\x8b"
_GZIP_BITS, _ZLIB_BITS, _RAW_BITS = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


def read_body(chunks: Iterable[bytes], content_encoding: str, max_bytes: int) -> bytes:
    """Return the body without its compression (gzip or deflate).

    Raises TooLarge over ``max_bytes``, CompressionBomb for a body of over 1 MB that was sent in less than a
    hundredth of it, BadResponse for another or a broken compression, ConnectFailed where the compressed
    bytes end too early. Brotli and zstd are not asked for and not read: they would save a fifth of a page's
    way, for one more decoder that meets hostile bytes.
    """
    encoding = content_encoding.strip().lower()
    pieces: Iterable[bytes] = _count(chunks)
    if encoding in {"gzip", "x-gzip", "deflate"}:
        pieces = _inflate(pieces, encoding)
    elif encoding not in {"", "identity"}:
        raise BadResponse(f"content-encoding {encoding[:50]}")
    body = BytesIO()  # gives its bytes away without a copy, where a bytearray would hold a large page twice
    for piece in pieces:
        body.write(piece)
        if body.tell() > max_bytes:
            raise TooLarge(f"more than {max_bytes} bytes")
    return body.getvalue()


def _count(chunks: Iterable[bytes]) -> Iterator[bytes]:
    for number, chunk in enumerate(chunks):
        if number == _MAX_PIECES:
            raise BadResponse("a body in crumbs")
        yield chunk


def _inflate(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Yield the body in pieces of at most 1 MB, as long as they are in proportion to what came in."""
    inflater, members = None, 0
    came_in = went_out = 0
    for chunk in chunks:
        rest, has_more = chunk, False
        while rest or (inflater and has_more):
            if inflater is None:
                if members and not rest.startswith(_GZIP_MAGIC):
                    break  # padding after the end, which browsers pass over too
                inflater, members = _make_inflater(encoding, rest), members + 1
                if members > _MAX_MEMBERS:
                    raise BadResponse("too many gzip members")
            piece = _decompress(inflater, rest, _STEP_BYTES)
            left = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
            came_in, went_out = came_in + len(rest) - len(left), went_out + len(piece)
            if went_out > max(_BYTES_WITHOUT_RATIO, came_in * _MAX_RATIO):
                raise CompressionBomb(f"{went_out} bytes out of {came_in}")
            yield piece
            rest, has_more = left, len(piece) == _STEP_BYTES
            if inflater.eof:
                inflater = None
    if inflater is not None:
        raise ConnectFailed(f"the {encoding} data end too early")


def _make_inflater(encoding: str, start: bytes) -> "zlib._Decompress":
    if encoding != "deflate":
        return zlib.decompressobj(_GZIP_BITS)
    # RFC 9110 means the zlib format; some servers send bare deflate, whose first byte cannot look so.
    return zlib.decompressobj(_ZLIB_BITS if start[0] & 0x0F == 8 else _RAW_BITS)


def _decompress(inflater: "zlib._Decompress", data: bytes, max_length: int) -> bytes:
    try:
        return inflater.decompress(data, max_length)
    except zlib.error as error:
        raise BadResponse(str(error)) from error
