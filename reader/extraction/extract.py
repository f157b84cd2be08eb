"""The pipeline in plain lines: a page and its site rule → an article. Pure: same in, same out."""

import dataclasses

from lxml import etree
from lxml.html import HtmlElement

from reader.errors import NoArticle, TooComplex
from reader.extraction.addresses import drop_query, find_base, host_of, resolve, resolve_addresses
from reader.extraction.blocks import draw_rules, flatten
from reader.extraction.budget import keep_affordable
from reader.extraction.choose import choose_content
from reader.extraction.decode import decode
from reader.extraction.embeds import link_embeds
from reader.extraction.endings import cut_endings
from reader.extraction.full_text import FullText
from reader.extraction.gate import Result, check_feed, check_result, explain_nothing, is_titled
from reader.extraction.index import indexed
from reader.extraction.language import choose_language
from reader.extraction.link_blocks import lift_link_blocks
from reader.extraction.measure import (
    count_words,
    find_dateline,
    judge,
    link_share_of,
    make_excerpt,
    read_text,
    share_of_links,
)
from reader.extraction.metadata import Metadata, read_metadata
from reader.extraction.names import join_authors, lift_byline
from reader.extraction.paging import Paging, find_missing_pages, holds_all_of, link_pages, read_paging
from reader.extraction.parse import MAX_ARTICLE_ELEMENTS, MAX_TEXT_CHARS, parse
from reader.extraction.pictures import find_lead_image, make_figures
from reader.extraction.prune import is_doubtful, prune_blocks, prune_content, prune_page
from reader.extraction.related import lift_marked, lift_related, unique_links
from reader.extraction.repeated_lines import drop_repeated_lines
from reader.extraction.replacements import replace_strings
from reader.extraction.sign_off import cut_sign_off
from reader.extraction.standfirst import put_standfirst
from reader.extraction.tree import text_of, texts_of
from reader.sanitising import sanitise
from reader.sites import SiteRule, find_rule
from reader.values import ExtractedArticle, Link, Page

_NO_RULE = SiteRule(name="")
_COUNT = etree.XPath("count(.//*)")
_FEWEST_OF_TOLD_TEXT = 0.5
_FEWEST_OF_TOLD_WORDS = 0.35
_LONGEST_BEGINNING = 300
# A gallery before the text has the title once more.
_BLOCKS_BEFORE = 8
_TITLED = frozenset({"p", "h1", "h2", "h3", "h4"})


def extract_html(
    body: bytes, url: str, content_type: str = "", rule: SiteRule | None = None
) -> ExtractedArticle:
    """Extract a page that a script has: without ``rule`` the built-in one of the host is applied."""
    page = Page(url=url, final_url=url, body=body, content_type=content_type)
    return extract(page, rule if rule is not None else find_rule(host_of(url)))


def extract(page: Page, rule: SiteRule | None) -> ExtractedArticle:
    """Make the article of a page. Raises NoArticle, BotWall or TooComplex, and nothing else."""
    trace: list[str] = []
    rule = _in_force(rule or _NO_RULE, page, trace)
    tree, url, base = _read_tree(page, rule, trace)
    rule, refused = keep_affordable(rule, tree, len(page.body))
    trace += [refused] if refused else []
    with indexed(tree):
        return _extract(tree, url, base, rule, trace)


def _extract(tree: HtmlElement, url: str, base: str, rule: SiteRule, trace: list[str]) -> ExtractedArticle:
    check_feed(tree)
    metadata = read_metadata(tree, url, base, rule)
    paging = read_paging(tree, url, base, rule, metadata.full_text)
    full_page_url = _find_full_page(tree, base)
    is_headed = is_titled(tree, metadata.title)
    datelines = texts_of(tree, rule.dateline)
    lead = find_lead_image(tree, rule, base, metadata.image_url)
    related = lift_marked(tree, rule, base)
    trace += [_describe(metadata, paging), prune_page(tree, rule)]
    full = FullText(metadata.full_text)
    content, extractor = _choose(tree, rule, url, metadata, full)
    trace.append(_check_text(content, extractor))
    is_ruled = extractor == rule.name
    trace += [] if is_ruled else [put_standfirst(content, tree, metadata.title, metadata.description)]
    link_share = 0.0 if is_ruled else link_share_of(content)
    trace += [prune_content(content, is_tidy=rule.tidy), resolve_addresses(content, base)]
    language = choose_language(metadata.language, f"{metadata.title} {text_of(content)}")
    trace += [link_embeds(content, base, is_dated=not is_ruled), make_figures(content, rule, language, lead)]
    content = flatten(content)
    _check_elements(content)
    related = unique_links([*related, *lift_related(content), *_trim(content, full, url, is_ruled=is_ruled)])
    trace += [f"related: {len(related)} links lifted", prune_blocks(content, rule)]
    cut_sign_off(content, language)
    _drop_repeated_title(content, metadata.title)
    byline = lift_byline(content, metadata.authors)
    safe = sanitise(_write(content))
    article = ExtractedArticle(
        canonical_url=drop_query(metadata.canonical_url, rule.drop_query),
        title=metadata.title,
        content=safe,
        text=read_text(safe),
        authors=join_authors(metadata.authors, byline),
        editor=metadata.editor,
        site_name=metadata.site_name,
        section=metadata.section,
        language=language,
        published=metadata.published,
        modified=metadata.modified,
        lead_image=lead,
        labels=metadata.labels,
        related=tuple(related),
        full_page_url=full_page_url,
        dateline=next(iter(datelines), ""),
        extractor=extractor,
        trace=tuple(trace),
    )
    result = _weigh(article, url, metadata, link_share, is_ruled=is_ruled, is_titled=is_headed)
    check_result(result, tree)
    return _measure(article, result, metadata, paging, rule)


def canonical_link(page: Page) -> str | None:
    """The address of the full page when this is its AMP form; None on every other page."""
    tree, _, base = _read_tree(page, _NO_RULE, [])
    return _find_full_page(tree, base) or None


def _find_full_page(tree: HtmlElement, base: str) -> str:
    if tree.get("amp") is None and tree.get("⚡") is None:
        return ""
    canonical = (link for link in tree.iter("link") if link.get("rel", "").lower() == "canonical")
    return next((resolve(link.get("href", ""), base) for link in canonical), "")


# --- the first stages ---


def _in_force(rule: SiteRule, page: Page, trace: list[str]) -> SiteRule:
    """The rule, or none where the page was fetched after the rule's last day; a script's page has no day."""
    if rule.valid_until and page.fetched_at and page.fetched_at.date() > rule.valid_until:
        trace.append(f"site rule: {rule.name} was valid until {rule.valid_until}")
        return _NO_RULE
    return rule


def _read_tree(page: Page, rule: SiteRule, trace: list[str]) -> tuple[HtmlElement, str, str]:
    """Decode and parse; return the tree, its address, and the one that relative addresses start from.

    Only an address that is none, from a script, is left out here.
    """
    text, encoding = decode(page.body, page.content_type)
    if rule.replacements:
        text, refused = replace_strings(text, rule.replacements)
        trace += [refused] if refused else []
    tree = parse(text)
    trace.append(f"decode: {encoding}, {len(text)} characters; site rule: {rule.name or 'none'}")
    url = page.final_url if host_of(page.final_url) else ""
    return tree, url, find_base(tree, url)


def _describe(metadata: Metadata, paging: Paging) -> str:
    known = [
        name
        for name in ("title", "authors", "editor", "section", "published", "modified", "labels", "full_text")
        if getattr(metadata, name)
    ]
    pages = f"pages: {len(paging.links)} further linked, {paging.count or '?'} counted"
    return f"metadata: {', '.join(known) or 'nothing'}; {pages}"


def _choose(
    tree: HtmlElement, rule: SiteRule, url: str, metadata: Metadata, full: FullText
) -> tuple[HtmlElement, str]:
    """Choose the content; a page without any may be a check for robots, a login or a list."""
    try:
        return choose_content(tree, rule, full)
    except NoArticle as error:
        raise explain_nothing(metadata.title, url, metadata.is_free, tree) from error


def _check_text(content: HtmlElement, extractor: str) -> str:
    """Raise TooComplex for more text than an article has; a line for the trace."""
    size = len(text_of(content))
    if size > MAX_TEXT_CHARS:
        raise TooComplex(f"an article of {size} characters")
    _check_elements(content)  # before the stages that make Python objects of them all
    return f"content: {size} characters by {extractor}"


def _check_elements(content: HtmlElement) -> None:
    if int(_COUNT(content)) > MAX_ARTICLE_ELEMENTS:
        raise TooComplex(f"an article of more than {MAX_ARTICLE_ELEMENTS} elements")


# --- the last stages ---


def _trim(content: HtmlElement, full: FullText, url: str, *, is_ruled: bool) -> list[Link]:
    """Where no rule chose: drop what the page's data do not call its text, and the template's lines and
    notices; lift blocks of links."""
    if is_ruled:
        return []
    if full:
        full.trim(content)
    drop_repeated_lines(content)
    teasers = cut_endings(content)
    return [*lift_link_blocks(content, url), *teasers]


def _drop_repeated_title(content: HtmlElement, title: str) -> None:
    for each in list(content)[:_BLOCKS_BEFORE]:
        if each.tag in _TITLED and text_of(each).casefold() == title.casefold():
            content.remove(each)


def _write(content: HtmlElement) -> str:
    draw_rules(content)
    return "".join(etree.tostring(each, encoding="unicode", method="html") for each in content)


def _weigh(
    article: ExtractedArticle,
    url: str,
    metadata: Metadata,
    link_share: float,
    *,
    is_ruled: bool,
    is_titled: bool,
) -> Result:
    """What the gate judges; ``link_share`` is that of the part of the page that was chosen."""
    return Result(
        url=url,
        title=article.title,
        text=article.text,
        words=count_words(article.text),
        link_share=max(link_share, share_of_links(article.content)),
        is_marked=metadata.is_marked_article,
        is_free=metadata.is_free,
        is_ruled=is_ruled,
        is_titled=is_titled,
        has_pictures="<figure" in article.content,
    )


def _measure(
    article: ExtractedArticle, result: Result, metadata: Metadata, paging: Paging, rule: SiteRule
) -> ExtractedArticle:
    text, words = result.text, result.words
    missing = find_missing_pages(paging, text)
    quality = judge(
        words=words,
        has_title=bool(article.title),
        is_missing_pages=bool(missing),
        is_truncated=_is_truncated(text, words, metadata, paging, rule),
        is_free=metadata.is_free,
        is_doubtful=is_doubtful(text, rule),
        link_share=result.link_share,
    )
    dateline = article.dateline or find_dateline(text)
    return dataclasses.replace(
        article,
        dateline=dateline,
        excerpt=make_excerpt(metadata.description, text, dateline),
        page_number=paging.current,
        single_page_url=paging.single_page_url,
        missing_pages=missing,
        page_links=link_pages(paging, missing),
        full_text=paging.full_text if missing else "",
        word_count=words,
        quality=quality,
        trace=(
            *article.trace,
            f"measure: {words} words, quality {quality.score} {' '.join(quality.reasons)}",
        ),
    )


def _is_truncated(text: str, words: int, metadata: Metadata, paging: Paging, rule: SiteRule) -> bool:
    """Whether the page itself tells of more text than is here.

    A rule knows a text to be whole; what others call articleBody has boxes and captions in it, and their
    wordCount may have counted comments too: that is believed of a beginning only.
    """
    if rule.full_text:
        return bool(paging.full_text) and not holds_all_of(text, paging.full_text)
    if words < count_words(paging.full_text) * _FEWEST_OF_TOLD_TEXT:
        return True
    return words < min(metadata.word_count * _FEWEST_OF_TOLD_WORDS, _LONGEST_BEGINNING)
