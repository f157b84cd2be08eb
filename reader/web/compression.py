"""Pages on their way: Brotli where the browser takes it, a little less than gzip; pictures as they are."""

import re
import secrets
from typing import Final

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

_TAKES_BROTLI: Final = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_SHORTEST: Final = 200
# As quick as gzip at its usual level.
_QUALITY: Final = 5
_MOST_PADDING: Final = 50


class CompressionMiddleware(GZipMiddleware):
    """Compresses what is text. A page gets a random length, as Django gives it with gzip."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if kind.startswith("image/"):
            return response
        takes_brotli = _TAKES_BROTLI.search(request.headers.get("Accept-Encoding", ""))
        if takes_brotli and kind.startswith("text/html") and isinstance(response, HttpResponse):
            return _compress(response)
        return super().process_response(request, response)


def _compress(response: HttpResponse) -> HttpResponse:
    if len(response.content) < _SHORTEST or response.has_header("Content-Encoding"):
        return response
    patch_vary_headers(response, ("Accept-Encoding",))
    padding = f"<!-- {secrets.token_hex(secrets.randbelow(_MOST_PADDING))} -->".encode()
    response.content = brotli.compress(response.content + padding, quality=_QUALITY)
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Content-Encoding"] = "br"
    return response
