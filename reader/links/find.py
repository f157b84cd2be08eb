"""Finding the links in whatever a person pasted: lines, prose, Markdown, HTML."""

import re

from reader.errors import TooManyLinks

MAX_TEXT_CHARACTERS = 1_000_000

# A link ends at white space, quotes, angle brackets and invisible characters.
_BODY = r"[^\s<>\"`\x00-\x1f\x7f-\x9f\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff“”«»]"
# Every alternative begins at the start of a run of name characters and reads it once: linear time.
_LINK = re.compile(
    rf"""
      (?P<scheme> (?<![a-z0-9+.-]) [a-z][a-z0-9+.-]{{0,19}} :[/\\]{{2}} {_BODY}+ )
    | (?P<opaque> ^[ \t]* (?: javascript | vbscript | blob | file | mailto | view-source
                            | data (?= :[a-z]+/ | :[,;] ) ) :\S [^\n]* )
    | (?P<bare> (?<![\w@/.:+-]) (?:[a-z0-9-]+\.)+ [a-z]{{2,}} (?: :\d+ )?
                (?: /{_BODY}* )? (?! [\w@-] | \.\w) )
    """,
    re.IGNORECASE | re.MULTILINE | re.VERBOSE | re.ASCII,
)
_TRAILING = ".,;:!?'’*…|"
_PAIRS = {")": "(", "]": "[", "}": "{"}

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"</?(?:a|body|br|div|html|li|p|span)\b[^<>]{0,2000}>", re.IGNORECASE)
_TEXT_WORDS = 40
_TEXT_WORDS_PER_LINK = 100


def find_links(text: str, limit: int = 500) -> tuple[str, ...]:
    """Return the links of a text in their order, each spelling once; empty where there is none.

    A host without a scheme counts when it begins with ``www.``, stands alone on its line with a path, or
    has a path that a photographer's credit (``KOMPAS.com/BUDI``) has not; it is given ``https://``.
    Links of other schemes are returned too, for ``canonicalise`` to refuse by name.
    Raises TooManyLinks over ``limit``, and for a text over 1,000,000 characters.
    """
    if len(text) > MAX_TEXT_CHARACTERS:
        raise TooManyLinks(f"a text of {len(text)} characters")
    links: dict[str, None] = {}
    for match in _LINK.finditer(text):
        link = _read_match(match)
        if link:
            links[link] = None
        if len(links) > limit:
            raise TooManyLinks(f"more than {limit}")
    return tuple(links)


def is_article_text(text: str, links: tuple[str, ...]) -> bool:
    """Whether a paste is the text of an article, in which ``links`` only occur, and not a way to one.

    A text without links has at least 40 words. One with links has at least 100 for each: a copied page names
    its own address and a channel or two, a message that passes a link on says less about it. HTML and what
    is mostly signs is no text.
    """
    words = _WORD.findall(_LINK.sub(" ", text) if links else text)
    if len(words) < max(_TEXT_WORDS, len(links) * _TEXT_WORDS_PER_LINK):
        return False
    signs = len("".join(text.split()))
    return 2 * sum(map(len, words)) >= signs - sum(map(len, links)) and not _MARKUP.search(text)


def _read_match(match: re.Match[str]) -> str:
    if match["opaque"]:
        return match["opaque"].strip()
    link = match[0]
    if match.string[match.start() - 1 : match.start()] == "'":
        link = link.partition("'")[0]
    link = _trim_end(link.replace("&amp;", "&"))
    if match["scheme"]:
        return link
    return f"https://{link}" if _is_bare_link(match, link) else ""


def _is_bare_link(match: re.Match[str], link: str) -> bool:
    path = link.partition("/")[2]
    if link[:4].lower() == "www.":
        return True
    if "/" in path.rstrip("/") or any(map(str.isdigit, path)):
        return True
    return bool(path) and _is_alone_on_its_line(match)


def _is_alone_on_its_line(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    before = text[max(start - 100, 0) : start].rpartition("\n")[2]
    after = text[end : end + 100].partition("\n")[0]
    return not before.strip() and not after.strip()


def _trim_end(link: str) -> str:
    """Take off the punctuation of the sentence around the link; brackets only where they are not in pairs."""
    surplus = {closer: link.count(closer) - link.count(opener) for closer, opener in _PAIRS.items()}
    end = len(link)
    while end:
        last = link[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return link[:end]
