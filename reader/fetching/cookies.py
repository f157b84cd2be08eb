"""The cookies of one fetch: they go back to the site that set them, and end with the fetch.

Some publishers show a page only to who brings back a cookie from the redirect before it.
"""

import re
from collections.abc import Iterable
from email.message import Message
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit
from urllib.request import Request

from reader.sites import same_site

_MAX_COOKIES = 50
_MAX_COOKIE_CHARACTERS = 4_096  # RFC 6265, 6.1
# Servers set cookies that no request may carry.
_SENDABLE = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")


class FetchCookies:
    """What publishers set during one fetch: at most fifty cookies of 4,096 characters, the first ones."""

    def __init__(self) -> None:
        self._jar = CookieJar(_SitePolicy(strict_ns_domain=DefaultCookiePolicy.DomainStrictNonDomain))

    def find_header(self, url: str) -> str:
        """Return the Cookie header that goes with a request to this address, empty where there is none."""
        request = Request(url)  # noqa: S310 - a value for the jar; it opens nothing
        self._jar.add_cookie_header(request)
        return request.unredirected_hdrs.get("Cookie", "")

    def take(self, url: str, set_cookies: Iterable[str]) -> None:
        """Keep what the answer of this address sets, but not what cannot be sent or is too much."""
        message = Message()
        usable = [each for each in set_cookies if each.isascii() and len(each) <= _MAX_COOKIE_CHARACTERS]
        for value in usable[: max(_MAX_COOKIES - len(self._jar), 0)]:
            message["Set-Cookie"] = value
        self._jar.extract_cookies(_Answer(message), Request(url))  # type: ignore[arg-type]  # noqa: S310


class _SitePolicy(DefaultCookiePolicy):
    """The usual rules, and no cookie for a whole registry such as ``.co.id``."""

    def set_ok(self, cookie: Cookie, request: Request) -> bool:
        return bool(
            _SENDABLE.fullmatch(f"{cookie.name}={cookie.value}")
            and same_site(cookie.domain.lstrip("."), urlsplit(request.full_url).hostname or "")
            and super().set_ok(cookie, request)
        )


class _Answer:
    """The one method of an answer that the jar asks for."""

    def __init__(self, message: Message) -> None:
        self._message = message

    def info(self) -> Message:
        return self._message
