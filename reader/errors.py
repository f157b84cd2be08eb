"""Every failure that a person can meet: one tree, a stable code and one bit that a retry needs.

The faces turn codes into sentences (``reader.web.sentences``); nothing here is shown as it stands.
"""

from typing import ClassVar


class ReaderError(Exception):
    """The root. ``code`` is stable and stored; ``permanent`` says that trying again cannot help.

    ``detail`` is for moderators and logs; it may hold untrusted text and is never used as HTML.
    """

    code: ClassVar[str] = "error"
    permanent: ClassVar[bool] = True

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


# --- links: what a person gave cannot be fetched at all ---


class LinkRefused(ReaderError):
    """A link that Teduh will not fetch, whatever the network says."""

    code = "link_refused"


class NoLinkFound(LinkRefused):
    code = "no_link_found"


class TooManyLinks(LinkRefused):
    code = "too_many_links"


class LinkTooLong(LinkRefused):
    code = "link_too_long"


class LinkMalformed(LinkRefused):
    code = "link_malformed"


class SchemeRefused(LinkRefused):
    code = "scheme_refused"


class CredentialsRefused(LinkRefused):
    code = "credentials_refused"


class PortRefused(LinkRefused):
    code = "port_refused"


class AddressRefused(LinkRefused):
    """The host is, or resolves to, an address that is not globally routable."""

    code = "address_refused"


class SiteBlocked(LinkRefused):
    """The moderators decided that this site is not fetched."""

    code = "site_blocked"


class ArticleTakenDown(LinkRefused):
    """A moderator took the article down, and did not allow it again."""

    code = "taken_down"


# --- texts: what a person pasted is no article ---


class TextRefused(ReaderError):
    """A pasted text that cannot be saved as an article."""

    code = "text_refused"


class TextTooLong(TextRefused):
    code = "text_too_long"


class NoArticleInText(TextRefused):
    code = "no_article_in_text"


# --- highlights ---


class HighlightRefused(ReaderError):
    """A passage that cannot be highlighted."""

    code = "highlight_refused"


class NothingHighlighted(HighlightRefused):
    """The passage has no word."""

    code = "nothing_highlighted"


class PassageTooLong(HighlightRefused):
    code = "passage_too_long"


class TooManyHighlights(HighlightRefused):
    """The article, or the person, has as many as can be kept."""

    code = "too_many_highlights"


# --- fetching: the page could not be had ---


class FetchError(ReaderError):
    code = "fetch_failed"
    permanent = False


class NameNotFound(FetchError):
    code = "name_not_found"


class ConnectFailed(FetchError):
    code = "connect_failed"


class TLSFailed(FetchError):
    code = "tls_failed"


class ProxyFailed(FetchError):
    """The operator's own proxy could not be reached, or refused to go to the site."""

    code = "proxy_failed"


class TimedOut(FetchError):
    """The whole fetch, a connection or a silence took longer than allowed."""

    code = "timed_out"


class NoAnswer(TimedOut):
    """The site took the request and did not begin to answer in time."""

    code = "no_answer"


class SiteCrowded(FetchError):
    """Other fetches of ours are at this site, and the turn did not come in time."""

    code = "site_crowded"


class PublisherBusy(FetchError):
    """429, or 5xx. ``retry_after_seconds`` is what the publisher asked for, if it did."""

    code = "publisher_busy"

    def __init__(self, detail: str = "", retry_after_seconds: int | None = None) -> None:
        super().__init__(detail)
        self.retry_after_seconds = retry_after_seconds


class TooManyRedirects(FetchError):
    code = "too_many_redirects"
    permanent = True


class TooLarge(FetchError):
    code = "too_large"
    permanent = True


class CompressionBomb(TooLarge):
    """The body grows a hundredfold when its compression is undone: no page does."""

    code = "compression_bomb"


class HeaderTooLarge(FetchError):
    """More bytes before the page than any header needs, or interim answers without an end."""

    code = "header_too_large"
    permanent = True


class NotAPage(FetchError):
    """Neither HTML nor plain text."""

    code = "not_a_page"
    permanent = True


class BadResponse(FetchError):
    """The answer breaks HTTP, or its compression cannot be undone."""

    code = "bad_response"
    permanent = True


class PageGone(FetchError):
    """404 or 410."""

    code = "page_gone"
    permanent = True


class PageForbidden(FetchError):
    """401, 402, 403 or 451."""

    code = "page_forbidden"
    permanent = True


class UnexpectedStatus(FetchError):
    code = "unexpected_status"
    permanent = True


# --- extraction: the page was had, but no article in it ---


class ExtractionError(ReaderError):
    code = "extraction_failed"


class NoArticle(ExtractionError):
    code = "no_article"


class BotWall(ExtractionError):
    """The publisher answered with a check for robots instead of the article."""

    code = "bot_wall"


class ConsentWall(ExtractionError):
    """The page asks for consent to cookies before it shows anything."""

    code = "consent_wall"


class LoginWall(ExtractionError):
    """The page is a form to log in or register, and shows no article."""

    code = "login_wall"


class SubscribersOnly(ExtractionError):
    """The page says that its article is not free, and shows next to nothing of it."""

    code = "subscribers_only"


class SoftNotFound(ExtractionError):
    """A page that says it does not exist, although the publisher answered 200."""

    code = "soft_not_found"


class LinkList(ExtractionError):
    """A home page, a section, a tag or a search: links to articles, and none of its own."""

    code = "link_list"


class TooComplex(ExtractionError):
    """Nested or crowded beyond what any article needs."""

    code = "too_complex"


class ExtractionTimedOut(ExtractionError):
    code = "extraction_timed_out"


class ExtractionInterrupted(ExtractionError):
    """The process that read the page was killed, or had no memory left: nothing is said of the page."""

    code = "extraction_interrupted"
    permanent = False


# --- pictures: what came is not kept ---


class PictureRefused(ReaderError):
    """A picture that is not kept; the article stands without it, with its caption and a link."""

    code = "picture_refused"


class NotAPicture(PictureRefused):
    """The bytes are of no kind that is kept, whatever header and name say."""

    code = "not_a_picture"


class PictureTooLarge(PictureRefused):
    """Decoding it takes more pixels, memory or time than any photograph does."""

    code = "picture_too_large"


class PictureTooSmall(PictureRefused):
    """A counter, a spacer, an icon."""

    code = "picture_too_small"


class PictureBroken(PictureRefused):
    code = "picture_broken"


class PictureInterrupted(PictureRefused):
    """The process that decoded it was killed, or had no memory left: nothing is said of the picture."""

    code = "picture_interrupted"
    permanent = False


# --- site rules: what a moderator wrote cannot be used, or was overtaken ---


class RuleRefused(ReaderError):
    """A site rule that is not taken."""

    code = "rule_refused"


class RuleTooLong(RuleRefused):
    code = "rule_too_long"


class RuleTooSlow(RuleRefused):
    """Only to read it takes longer than any honest rule."""

    code = "rule_too_slow"


class RuleEmpty(RuleRefused):
    """There is no directive in it that does anything."""

    code = "rule_empty"


class RuleNotText(RuleRefused):
    """The file is not UTF-8, or its name is not that of a site."""

    code = "rule_not_text"


class RuleChanged(RuleRefused):
    """Somebody else changed the rule since it was opened."""

    code = "rule_changed"


# --- our own side ---


class StorageFailed(ReaderError):
    """Nothing can be written: the disk is full, or the database is held by another for too long."""

    code = "storage_failed"
    permanent = False


class GaveUp(ReaderError):
    """The worker died several times over this article; a person may still retry."""

    code = "gave_up"


class InternalFault(ReaderError):
    """Something in Teduh itself went wrong; the log has the traceback."""

    code = "internal_fault"
    permanent = False
