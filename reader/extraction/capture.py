"""The plain text of a whole page, copied with all its clutter → the same article as from the page."""

import dataclasses
import re
from urllib.parse import urlsplit

from reader.errors import NoArticle
from reader.extraction.capture_body import Body, read_body, write_blocks
from reader.extraction.capture_head import Head, read_head
from reader.extraction.capture_lines import Line, read_lines
from reader.extraction.language import choose_language
from reader.extraction.measure import count_words, find_dateline, judge, make_excerpt, read_text
from reader.sanitising import sanitise
from reader.sites import TextPatterns, compile_text_patterns, find_rule
from reader.values import ExtractedArticle

# The address may be told with a remark in brackets.
_ADDRESS_LINE = re.compile(r"(https?://[^\s<>\"]+)(?: \(.{0,100}\))?")
_PUBLISHER = re.compile(r"(?:www\.)?[a-z][\w-]*\.(?:com|co\.id|co|id|net|tv)", re.IGNORECASE)
_FEWEST_WORDS = 5
_SAID_OF_PAGES = re.compile(r"halaman:?", re.IGNORECASE)
_MOST_PAGES = 20


def extract_text(text: str, url: str = "") -> ExtractedArticle:
    """Make an article of a page's copied text; its first line may be the address.

    Paragraphs are lines; pictures and their captions are left out, for there is nothing to show. What the
    text does not tell stays unknown. Raises NoArticle and TooComplex.
    """
    lines = read_lines(text)
    if lines and (address := _ADDRESS_LINE.fullmatch(lines[0].text)):
        url = url or address[1]
        lines = lines[1:]
    head = read_head(lines, url)
    body = read_body(lines, head, _house_phrases(url, head.site_name, lines[head.body_at :][:1]))
    article = _make_article(head, body, url)
    if article.word_count < _FEWEST_WORDS:
        raise NoArticle(f"{article.word_count} words")
    missing = _find_missing_pages(lines[head.body_at :])
    end = "found" if body.is_cut else "not told"
    return dataclasses.replace(
        article,
        missing_pages=missing,
        quality=judge(
            words=article.word_count,
            has_title=bool(article.title),
            is_missing_pages=bool(missing),
            is_truncated=False,
            is_free=True,
            is_doubtful=False,
            link_share=0.0,
        ),
        trace=(
            f"capture: {len(lines)} lines, the text begins at {head.body_at}",
            f"capture: {len(body.blocks)} blocks, {body.dropped} lines left out, the end was {end}",
        ),
    )


def _make_article(head: Head, body: Body, url: str) -> ExtractedArticle:
    """The article; a site's own line at the end of copied text is surest of the title."""
    content = sanitise(write_blocks(body.blocks))
    text = read_text(content)
    title = body.title or head.title
    dateline = find_dateline(text)
    return ExtractedArticle(
        canonical_url=url or body.url,
        title=title,
        content=content,
        text=text,
        authors=tuple(head.names.authors),
        editor=head.names.editor,
        site_name=head.site_name,
        section=head.section,
        language=choose_language("id" if ".kompas.com" in url else "", f"{title} {text}"),
        published=head.published,
        modified=head.modified,
        dateline=dateline,
        excerpt=make_excerpt("", text, dateline),
        labels=head.labels,
        related=tuple(body.related.values()),
        word_count=count_words(text),
        extractor="capture",
    )


def _find_missing_pages(lines: list[Line]) -> tuple[int, ...]:
    """The pages that the text's own page numbers name; only the first of them was copied.

    >>> _find_missing_pages([Line("Halaman:"), Line("1"), Line("2"), Line("3"), Line("Show All")])
    (2, 3)
    """
    for at, line in enumerate(lines):
        if _SAID_OF_PAGES.fullmatch(line.text):
            numbers = [each.text for each in lines[at + 1 : at + 1 + _MOST_PAGES]]
            expected = 1
            while expected <= len(numbers) and numbers[expected - 1] == str(expected):
                expected += 1
            return tuple(range(2, expected))
    return ()


def _house_phrases(url: str, site_name: str, first: list[Line]) -> TextPatterns:
    """The paragraphs that the site's own rule strips by their text; the first line may name the site."""
    told = _PUBLISHER.search(first[0].text[:80].replace(",com", ".com")) if first else None
    for host in (_host(url), site_name.lower(), told[0].lower() if told else ""):
        if host and (rule := find_rule(host)):
            return compile_text_patterns(rule.strip_text)
    return compile_text_patterns(())


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
