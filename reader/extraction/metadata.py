"""Who wrote what, and when: the site rule first, then JSON-LD, OpenGraph and meta."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from reader.extraction.addresses import resolve
from reader.extraction.authors import choose_authors
from reader.extraction.dates import WIB, read_moment
from reader.extraction.json_ld import Data, body_in, number_in, read_json_ld, text_in, url_in
from reader.extraction.marks import Marks
from reader.extraction.meta_tags import MetaTags
from reader.extraction.names import split_names
from reader.extraction.published import find_published
from reader.extraction.shared_image import choose_image
from reader.extraction.titles import Site, choose_title
from reader.extraction.tree import elements_of, fold, outermost, text_of, texts_of
from reader.sites import SiteRule, same_site

_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page tells of its article; every text is plain and folded, empty where it tells nothing."""

    title: str
    authors: tuple[str, ...]
    editor: str
    section: str
    site_name: str
    published: datetime | date | None
    modified: datetime | date | None
    description: str
    canonical_url: str
    image_url: str
    language: str
    labels: tuple[str, ...]
    full_text: str
    is_free: bool
    is_marked_article: bool = False
    word_count: int = 0


def read_metadata(tree: HtmlElement, url: str, base: str, rule: SiteRule) -> Metadata:
    meta = MetaTags(tree)
    data = read_json_ld(tree)
    trusted = {} if rule.skip_json_ld else data
    zone = _usual_zone(tree, meta, url)
    names = _read_site_names(meta, data)
    site = Site.of(names, urlsplit(url).hostname or "")
    title = _read_title(tree, rule, meta, trusted, site)
    marks = Marks(tree, title)
    return Metadata(
        title=title,
        authors=_read_authors(tree, rule, site) or _choose_authors(rule, trusted, meta, marks, site),
        editor=_join_names(texts_of(tree, rule.editor)) or text_in(trusted.get("editor")),
        section=next(iter(texts_of(tree, rule.section)), "")
        or text_in(trusted.get("articleSection"))
        or meta.get("article:section"),
        site_name=names[0] if names else "",
        published=_first_moment((text for each in rule.date for text in texts_of(tree, [each])), zone)
        or _find_published(trusted, meta, marks, url, zone),
        # No rule tells when a page was changed, so JSON-LD does even where its names are not believed.
        modified=_first_moment([text_in(data.get("dateModified")), *meta.all_of(*_MODIFIED)], zone),
        description=meta.get("og:description", "description", "twitter:description"),
        canonical_url=_read_canonical_url(tree, meta, url, base),
        image_url=choose_image(_read_images(meta, data), base, site),
        language=_read_language(tree, meta, data),
        labels=_read_labels(tree, rule),
        full_text=" ".join(texts_of(tree, rule.full_text)) or body_in(data.get("articleBody")),
        is_free=str(data.get("isAccessibleForFree", True)).lower() != "false",
        is_marked_article="@type" in data
        or meta.get("og:type").lower() == "article"
        or bool(meta.get("article:published_time")),
        word_count=number_in(data.get("wordCount")),
    )


# --- title ---


def _read_title(tree: HtmlElement, rule: SiteRule, meta: MetaTags, data: Data, site: Site) -> str:
    if found := next(iter(texts_of(tree, rule.title)), ""):
        return found
    named = next((text_of(element) for element in tree.iter("title")), "")
    shared = (meta.get("og:title"), meta.get("twitter:title"), named)
    return choose_title(text_in(data.get("headline")), shared, tree, site)


def _read_site_names(meta: MetaTags, data: Data) -> list[str]:
    """What the site is called, the surest name first; some pages give their title for it."""
    publisher = text_in(data.get("publisher"))
    names = (meta.get("og:site_name"), publisher, meta.get("application-name"), meta.get("publisher"))
    return [name for name in names if name and name != meta.get("og:title")]


# --- names ---


def _read_authors(tree: HtmlElement, rule: SiteRule, site: Site) -> tuple[str, ...]:
    """The names where a site rule says they stand, as they stand there."""
    names = (name for text in texts_of(tree, rule.author) for name in split_names(text))
    return tuple(dict.fromkeys(name for name in names if re.search(r"\w", name) and not site.is_named(name)))


def _choose_authors(rule: SiteRule, data: Data, meta: MetaTags, marks: Marks, site: Site) -> tuple[str, ...]:
    if rule.author and rule.skip_json_ld:  # it believes no other data: nobody where it says is nobody
        return ()
    return choose_authors(data, meta, marks, site, only_persons=bool(rule.author))


def _join_names(texts: list[str]) -> str:
    return ", ".join(dict.fromkeys(name for text in texts for name in split_names(text)))


def _read_labels(tree: HtmlElement, rule: SiteRule) -> tuple[str, ...]:
    """All labels of all expressions, the outermost of nested elements only."""
    found = outermost(elements_of(tree, rule.label))
    texts = (fold(" ".join(map(str, each.itertext()))) for each in found)
    return tuple(dict.fromkeys(text for text in texts if text and len(text) <= 300))


# --- dates ---


def _find_published(
    data: Data, meta: MetaTags, marks: Marks, url: str, zone: tzinfo | None
) -> datetime | date | None:
    told = [text for text in (text_in(data.get("datePublished")), *meta.published()) if text]
    if zone is None and told:
        zone = _zone_of_that_day(told[0], [text_in(data.get("dateModified")), *meta.all_of(*_MODIFIED)])
    return find_published(told, meta.dated(), marks, url, zone)


def _zone_of_that_day(told: str, changed: list[str]) -> tzinfo | None:
    """For a time that names no zone: that of a change on the same day, where that one names its own."""
    day = read_moment(told)
    moments = (read_moment(text) for text in changed if text) if not isinstance(day, datetime) else ()
    same = (each for each in moments if isinstance(each, datetime) and each.date() == day)
    return next((each.tzinfo for each in same if each.utcoffset()), None)


def _first_moment(texts: Iterable[str], zone: tzinfo | None) -> datetime | date | None:
    """The first text's moment that has a time, else the first day."""
    day = None
    for text in texts:
        moment = read_moment(text, zone) if text else None
        if isinstance(moment, datetime):
            return moment
        day = day or moment
    return day


def _usual_zone(tree: HtmlElement, meta: MetaTags, url: str) -> tzinfo | None:
    """The zone of times that name none: Indonesian publishers write Jakarta's, of others we know nothing."""
    host = urlsplit(url).hostname or ""
    marks = {tree.get("lang", "")[:2].lower(), meta.get("language")[:2].lower(), host.rpartition(".")[2]}
    return WIB if "id" in marks or meta.get("geo.country").lower() == "id" else None


# --- language ---


def _read_language(tree: HtmlElement, meta: MetaTags, data: Data) -> str:
    """The first of the page's declarations that is a code of a language, "de" or "pt-BR"."""
    declared = (tree.get("lang", ""), meta.get("og:locale"), meta.get("language", "content-language"))
    codes = (*declared, text_in(data.get("inLanguage")))
    return next((code for code in codes if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_].{1,20})?", code)), "")


# --- addresses ---


def _read_images(meta: MetaTags, data: Data) -> list[str]:
    images = meta.all_of("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    return [*images, url_in(data.get("image")), url_in(data.get("thumbnailUrl"))]


def _read_canonical_url(tree: HtmlElement, meta: MetaTags, url: str, base: str) -> str:
    """The page's own word on its address, if that is on the same site; else where it was found."""
    links = [link.get("href", "") for link in tree.iter("link") if link.get("rel", "").lower() == "canonical"]
    host = urlsplit(url).hostname or ""
    for address in (*links, meta.get("og:url")):
        found = resolve(address, base).partition("#")[0]
        if found and same_site(urlsplit(found).hostname or "", host):
            return found
    return url.partition("#")[0]
