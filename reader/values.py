"""Frozen values that travel between the rooms; no behaviour beyond what a value can say of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Link:
    """A title and an absolute http(s) URL; ``url`` is empty where the page gave a title only."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched page, made by ``fetching.fetch`` (or by a script from a file).

    ``body`` is decompressed but not decoded; ``headers`` have lower-case names; ``final_url`` is the
    address after redirects. All of it is untrusted.
    """

    url: str
    final_url: str
    body: bytes
    content_type: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadImage:
    """The photograph above the text: absolute URL, caption and credit as plain text."""

    url: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How far an extraction can be trusted: ``score`` from 0 (no article) to 1, with reason codes.

    A reason is a stable word such as ``too_short`` or ``missing_pages``; the faces hold its sentence.
    """

    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedArticle:
    """What the extraction pipeline makes of a page. Empty means unknown, never invented.

    ``content`` is sanitised HTML; every other string is plain text, white space folded.
    ``published`` and ``modified`` are aware datetimes, or bare dates where the page tells no time.
    ``missing_pages`` are the numbers of the pages whose text is not in ``content``; ``page_links`` are their
    absolute addresses in the same order, empty where the page tells none. ``single_page_url`` is where all
    pages are at once, empty on that form itself; ``full_page_url`` where the full page is, on its AMP form.
    ``full_text`` is the publisher's own plain text of all pages, told only while any is missing.
    ``extractor`` names the site rule, or ``readability``, or ``capture``.
    ``labels`` are the publisher's own marks ("Advertorial", "hoaks") in the words of the page.
    """

    canonical_url: str
    title: str
    content: str
    text: str
    authors: tuple[str, ...] = ()
    editor: str = ""
    site_name: str = ""
    section: str = ""
    language: str = ""
    published: datetime | date | None = None
    modified: datetime | date | None = None
    dateline: str = ""
    lead_image: LeadImage | None = None
    excerpt: str = ""
    labels: tuple[str, ...] = ()
    related: tuple[Link, ...] = ()
    page_number: int = 1
    missing_pages: tuple[int, ...] = ()
    page_links: tuple[str, ...] = ()
    single_page_url: str = ""
    full_page_url: str = ""
    full_text: str = ""
    word_count: int = 0
    extractor: str = ""
    quality: Quality = Quality(score=0.0)
    trace: tuple[str, ...] = ()
