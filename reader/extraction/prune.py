"""Taking out what is not the article: by the rule on the whole page, then by what is known of every page."""

import re

from lxml import etree
from lxml.html import HtmlElement

from reader.extraction.clutter import is_clutter
from reader.extraction.index import PageIndex, forget_index, index_of
from reader.extraction.tree import drop, elements_of, is_hidden, text_of
from reader.sites import SiteRule, compile_text_patterns

_NEVER_ARTICLE = (
    *("script", "style", "noscript", "template", "link", "meta", "form", "button", "select", "textarea"),
    *("input", "svg", "canvas", "object", "embed", "nav"),
)
# Some pages stand in one of these as a whole, or never close it.
_WRAPPERS = frozenset({"form", "nav"})
_WRAPPED_SHARE = 0.5
_SHOWN_SHARE = 0.75
# What a heading's link to itself shows.
_SELF_SIGNS = frozenset({"#", "¶", "§", "🔗", "⚓", "∞"})
_HIDEABLE = ("p", "div", "span", "section", "aside", "ul")


def prune_page(tree: HtmlElement, rule: SiteRule) -> str:
    """Apply the rule's strips, dissolves and wraps to the whole page; a line for the trace."""
    count = 0
    for element in elements_of(tree, rule.strip):
        count += _drop_part(element)
    for element in find_by_tokens(tree, rule):
        count += _drop_part(element)
    if rule.strip_attr:
        forget_index()
    for expression in rule.strip_attr:
        _strip_attributes(tree, expression)
    for element in elements_of(tree, rule.dissolve):
        if element.getparent() is not None:
            element.drop_tag()
    for tag, expression in rule.wrap_in:
        for element in elements_of(tree, [expression]):
            _wrap(element, tag)
    return f"prune: {count} elements by the rule"


def find_by_tokens(tree: HtmlElement, rule: SiteRule) -> list[HtmlElement]:
    """Elements with a token of the rule in their id or class, and pictures with one in their address."""
    found: list[HtmlElement] = []
    if rule.strip_id_or_class:
        is_meant = re.compile("|".join(map(_whole_word, rule.strip_id_or_class)))
        index = index_of(tree) or PageIndex(tree)
        for element in index.find_parts(rule.strip_id_or_class, ("class", "id")):
            if is_meant.search(element.get("class", "")) or is_meant.search(element.get("id", "")):
                found.append(element)
    if rule.strip_image_src:
        tokens = re.compile("|".join(map(re.escape, rule.strip_image_src)))
        for element in tree.iter("img"):
            if tokens.search(element.get("src", "")) or tokens.search(element.get("data-src", "")):
                found.append(element)
    return found


def _whole_word(token: str) -> str:
    """The token as a whole word of a class or id: "ad" is not "shadow"; "inject-" is the beginning of one."""
    before = "" if token[0] in "-_" else r"(?<!\S)"
    after = "" if token[-1] in "-_" else r"(?!\S)"
    return f"{before}{re.escape(token)}{after}"


def _drop_part(element: HtmlElement) -> int:
    if element.tag in {"html", "body", "head"} or element.getparent() is None:
        return 0
    drop(element)
    return 1


def _strip_attributes(tree: HtmlElement, expression: str) -> None:
    try:
        found = etree.XPath(expression)(tree)
    except etree.XPathError:
        return
    for attribute in found if isinstance(found, list) else []:
        name = getattr(attribute, "attrname", None)  # only the names of attributes have one
        if name:
            attribute.getparent().attrib.pop(name, None)


def _wrap(element: HtmlElement, tag: str) -> None:
    parent = element.getparent()
    if parent is not None:
        wrapper = element.makeelement(tag)
        wrapper.tail, element.tail = element.tail, None
        parent.replace(element, wrapper)
        wrapper.append(element)


def prune_content(content: HtmlElement, *, is_tidy: bool) -> str:
    """Take out what no article consists of, and hidden elements unless the rule knows better."""
    hidden = [each for each in content.iter(*_HIDEABLE) if is_hidden(each)] if is_tidy else []
    doomed = [*content.iter(*_NEVER_ARTICLE), *_find_self_links(content)]
    wrappers = [each for each in doomed if each.tag in _WRAPPERS and each is not content]
    for element in doomed:
        if element.tag not in _WRAPPERS and element is not content:
            drop(element)
    whole = len(text_of(content))
    for element in wrappers:
        if len(text_of(element)) > _WRAPPED_SHARE * whole:
            element.drop_tag()
        else:
            drop(element)
    for element in hidden:
        # What is nearly all there is waits for a script to show it.
        if element is not content and len(text_of(element)) <= _SHOWN_SHARE * whole:
            drop(element)
    return f"prune: {len(doomed) + len(hidden)} elements that no article consists of"


def _find_self_links(content: HtmlElement) -> list[HtmlElement]:
    """Links of headings to themselves, as documentation and blogs have them."""
    headings = content.iter("h1", "h2", "h3", "h4", "h5", "h6")
    links = (link for heading in headings for link in heading.iter("a"))
    return [link for link in links if "#" in link.get("href", "") and text_of(link) in _SELF_SIGNS]


def prune_blocks(content: HtmlElement, rule: SiteRule) -> str:
    """Drop the paragraphs that a ``strip_text`` or a phrase of every site's clutter matches."""
    patterns = compile_text_patterns(rule.strip_text)
    dropped: list[str] = []
    for block in list(content.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote")):
        text = text_of(block)
        if text and ((rule.prune and is_clutter(text)) or patterns.is_any_in(text)):
            dropped.append(text[:40])
            drop(block)
    for whole in list(content.iter("ul", "ol", "dl", "blockquote", "table")):
        if not text_of(whole) and whole is not content:
            drop(whole)
    return f"prune: {len(dropped)} paragraphs by their text" + "".join(f"; {text!r}" for text in dropped[:8])


def is_doubtful(text: str, rule: SiteRule) -> bool:
    """Whether the text breaks what the rule says of every article of the site."""
    folded = text.casefold()
    return any(each.casefold() not in folded for each in rule.must_contain) or any(
        each.casefold() in folded for each in rule.must_not_contain
    )
