""" "Baca juga" and its kin: links to other articles, lifted out of the text into a list.

Only words tell them: the class that Kompas puts on them is also on ordinary links in 3 % of the cases.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from reader.extraction.addresses import resolve
from reader.extraction.tree import drop, elements_of, fold, has_class, make, replace, text_of
from reader.sites import SiteRule
from reader.values import Link

_LABEL = re.compile(
    r"(?:(?:(?:baca|simak|lihat|tonton)\s*(?:juga|pula)|baca\s+(?:berita\s+|artikel\s+)?selengkapnya"
    r"|(?:artikel|berita)\s+(?:terkait|lainnya)|(?:read|see)\s+(?:also|more)|also\s+read|related)\s*[:：]"
    r"|^simak\s+selengkapnya\s+di\s+(?:\w+\s+)?(?=\x01)"
    r"|^(?:baca|simak|lihat|tonton)\s*(?:juga|pula)\b(?=\s*\x01)|^read\s+also\b(?=\s*\x01)"
    # "Baca: Judul" of Tribun and Viva, "Pilihan Editor: Judul" of Tempo: only with a link.
    r"|^\x01?(?:baca|simak|lihat|tonton|pilihan\s+editor|menarik\s+dibaca|selanjutnya)\s*[:：]\s*"
    r"(?=\x01|[^\x01\x02]{3,250}\x02))\s*",
    re.IGNORECASE,
)
# Stands in the paragraph's text where a link begins and where it ends.
_BEGIN, _END = "\x01", "\x02"
_LINKS = re.compile(r"\s*\x01[^\x01\x02]*\x02(?:[\s,;|•·.-]*\x01[^\x01\x02]*\x02)*")
_MAX_TITLE_CHARS = 250
# Fewer words than these after the link are a slip of the editor's, more are a sentence of the article.
_FEWEST_WORDS = 4
# One of these stands in everything that the label matches.
_NEEDED = (":", "：", _BEGIN)
_BLOCKS = ("p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote")


def lift_related(content: HtmlElement) -> list[Link]:
    """Take the links to other articles out of the flat blocks and return them in order, each once."""
    found: list[Link] = []
    for block in list(content.iter(*_BLOCKS)):
        if block.getparent() is not None and not has_class(block, "embed"):
            found.extend(_lift_from(block))
    return unique_links(found)


def lift_marked(tree: HtmlElement, rule: SiteRule, base: str) -> list[Link]:
    """Take out the elements that the rule says hold related links, and return those, each once.

    Within the article they become a paragraph "Baca juga", so that `lift_related` finds all in their order.
    """
    found = []
    done: set[HtmlElement] = set()
    for element in elements_of(tree, rule.related):
        if not done.isdisjoint(element.iterancestors()):
            continue
        done.add(element)
        if _is_in_body(element, tree, rule):
            replace(element, _label_links(element))
        else:
            found += [_link_of(link) for link in element.iter("a")]
            drop(element)
    absolute = (Link(link.title, resolve(link.url, base)) for link in found)
    return unique_links(link for link in absolute if link.title and link.url)


def _is_in_body(element: HtmlElement, tree: HtmlElement, rule: SiteRule) -> bool:
    bodies = set(elements_of(tree, rule.body))
    return not bodies.isdisjoint(element.iterancestors())


def _label_links(element: HtmlElement) -> HtmlElement:
    paragraph = make("p", "Baca juga: ")
    for link in map(_link_of, element.iter("a")):
        if link.title and link.url:
            paragraph.append(make("a", link.title, href=link.url))
    return paragraph


def unique_links(links: Iterable[Link]) -> list[Link]:
    """The links in order, each address (or title without an address) once."""
    unique: dict[str, Link] = {}
    for link in links:
        unique.setdefault(link.url or link.title, link)
    return list(unique.values())


def _lift_from(block: HtmlElement) -> list[Link]:
    runs = _read_runs(block)
    text = "".join(run.text for run in runs)
    label = _LABEL.search(text.lstrip()) if any(each in text for each in _NEEDED) else None
    if label is None:
        return []
    offset = len(text) - len(text.lstrip())
    start, after_label = label.start() + offset, label.end() + offset
    begins = text.rfind(_BEGIN, 0, after_label)
    if begins > text.rfind(_END, 0, after_label):  # the label itself is in the link
        start, after_label = begins, begins
    links = _LINKS.match(text, after_label)
    is_first = not _words(text[:start])
    if links is None:
        return _lift_unlinked(block, fold(_bare(text[after_label:]))) if is_first else []
    rest = text[links.end() :]
    keeps = _words(rest) >= _FEWEST_WORDS and not _goes_on(rest)
    lifted = [_link_of(each) for each, at in _positions(runs).items() if start <= at < links.end()]
    if is_first and not keeps:
        drop(block)
    else:
        end = links.end() if keeps or not _words(rest) else len(text)
        _cut(runs, start, end)
        _tidy(block)
    return [link for link in lifted if link.title]


def _lift_unlinked(block: HtmlElement, title: str) -> list[Link]:
    """A label with a title that is no link; or a label alone, with its links in the blocks after it."""
    if len(title) > _MAX_TITLE_CHARS:
        return []
    if title:
        drop(block)
        return [Link(title)]
    found: list[Link] = []
    following = block.getnext()
    while following is not None and _is_only_links(following):
        found += [_link_of(link) for link in following.iter("a")]
        taken, following = following, following.getnext()
        drop(taken)
    drop(block)
    return [link for link in found if link.title]


def _is_only_links(block: HtmlElement) -> bool:
    linked = sum(len(text_of(link)) for link in block.iter("a"))
    return block.tag in {"p", "ul", "ol"} and linked > 0 and linked >= 0.9 * len(text_of(block))


def _link_of(element: HtmlElement) -> Link:
    title = text_of(element)
    label = _LABEL.match(f"{title}{_END}")
    return Link(title[label.end() :] if label else title, element.get("href", ""))


# --- a block as runs of text ---


@dataclass(slots=True)
class _Run:
    """A piece of a block's text: where it stands, and the link that it is in. Marks of links are runs too."""

    text: str
    place: HtmlElement | None = None
    is_tail: bool = False
    link: HtmlElement | None = None


def _read_runs(block: HtmlElement) -> list[_Run]:
    runs: list[_Run] = []
    _add_runs(block, None, runs)
    return runs


def _add_runs(element: HtmlElement, link: HtmlElement | None, runs: list[_Run]) -> None:
    link = element if element.tag == "a" else link
    if element.tag == "a":
        runs.append(_Run(_BEGIN, link=link))
    runs.append(_Run(_plain(element.text), element, link=link))
    for child in element:
        _add_runs(child, link, runs)
        runs.append(_Run(_plain(child.tail), child, is_tail=True, link=link))
    if element.tag == "a":
        runs.append(_Run(_END, link=link))


def _plain(text: str | None) -> str:
    return (text or "").replace(_BEGIN, " ").replace(_END, " ").replace("\xa0", " ")


def _positions(runs: list[_Run]) -> dict[HtmlElement, int]:
    """Where each link begins in the text of the runs, in order."""
    positions: dict[HtmlElement, int] = {}
    position = 0
    for run in runs:
        if run.link is not None:
            positions.setdefault(run.link, position)
        position += len(run.text)
    return positions


def _bare(text: str) -> str:
    return text.replace(_BEGIN, "").replace(_END, "")


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def _goes_on(rest: str) -> bool:
    """Whether the words after a link go on with its title: a sentence begins with a capital or a quote."""
    return _bare(rest).lstrip()[:1].islower()


def _cut(runs: list[_Run], start: int, end: int) -> None:
    """Take the characters from ``start`` to ``end`` out of the block that the runs were read from."""
    position = 0
    for run in runs:
        first, last = max(start - position, 0), min(end - position, len(run.text))
        position += len(run.text)
        if run.place is None or first >= last:
            continue
        kept = run.text[:first] + run.text[last:]
        if run.is_tail:
            run.place.tail = kept
        else:
            run.place.text = kept


def _tidy(block: HtmlElement) -> None:
    """Take out the inline elements that are empty now, and white space at both ends."""
    for element in reversed(list(block.iterdescendants())):
        if element.tag != "br" and not len(element) and not (element.text or "").strip():
            element.drop_tag()
    if block.text:
        block.text = block.text.lstrip() if len(block) else block.text.strip()
    if len(block) and block[-1].tail:
        block[-1].tail = block[-1].tail.rstrip()
