"""Blocks that are nothing but links to other articles, on any site: lifted out of the text."""

import re

from lxml.html import HtmlElement

from reader.extraction.addresses import host_of
from reader.extraction.tree import text_of
from reader.values import Link

_LEAST_SHARE = 0.8
# "19) Title" stands above the text on what it names.
_LEAST_SHARE_OF_HEADING = 0.95
_MAX_SHARE = 0.4
_LABEL_WORDS = 6
_LABEL_WORDS_BEFORE_COLON = 10
_SMALL_LETTER = re.compile(r"[a-z]")
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_TEXTS = frozenset({"p", "ul", "ol", "dl"})
_LEAST_TEXT = 40
_ENDS = re.compile(r"[.!?…]['\"”’)]*$")


def lift_link_blocks(content: HtmlElement, url: str = "") -> list[Link]:
    """Take the flat blocks of links alone out, with the label before them; return the links in order.

    ``url`` is the page's own: a heading that leads to another site names what the text after it is about.
    """
    host = host_of(url)
    found: list[Link] = []
    blocks = list(content)
    total = sum(len(text_of(each)) for each in blocks) or 1
    doomed = [each for each in blocks if _is_link_block(each) and not _is_heading_of_text(each, host)]
    if sum(len(text_of(each)) for each in doomed) > _MAX_SHARE * total:
        return []  # an article that is a list of links
    lifted = set(doomed)
    for block in doomed:
        found += [Link(text_of(link), link.get("href", "")) for link in block.iter("a")]
        previous = block.getprevious()
        if previous is not None and previous not in lifted and _is_label(previous):
            content.remove(previous)
        content.remove(block)
    return [link for link in found if link.title and link.url]


def _is_link_block(block: HtmlElement) -> bool:
    if block.tag not in {"p", "ul", "h2", "h3", "h4", "h5", "h6"} or block.get("class"):
        return False
    links = [each for each in block.iter("a") if each.get("href")]
    if all(_is_address(text_of(each)) for each in links):
        return False
    linked = sum(len(text_of(link)) for link in links)
    length = len(text_of(block))
    least = _LEAST_SHARE_OF_HEADING if block.tag in _HEADINGS else _LEAST_SHARE
    return bool(linked) and linked >= least * length


def _is_address(text: str) -> bool:
    """Whether the folded text is an address: who writes it out names a source."""
    return " " not in text and "." in text[1:-1] and bool(_SMALL_LETTER.search(text))


def _is_heading_of_text(block: HtmlElement, host: str) -> bool:
    """Whether a heading leads to another site, and the text after it is about that: a thing tried, a tool."""
    following = block.getnext()
    if block.tag not in _HEADINGS or following is None or following.tag not in _TEXTS:
        return False
    if len(text_of(following)) < _LEAST_TEXT:
        return False
    hosts = {host_of(link.get("href", "")) for link in block.iter("a")}
    return bool(host) and not {"", host} & hosts and not _is_link_block(following)


def _is_label(block: HtmlElement) -> bool:
    text = text_of(block)
    most = _LABEL_WORDS_BEFORE_COLON if text.endswith(":") else _LABEL_WORDS
    is_short = len(text.split()) <= most and not _ENDS.search(text.removesuffix("..."))
    return is_short and block.tag in {"p", "h2", "h3", "h4", "h5", "h6"}
