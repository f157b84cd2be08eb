"""The text that a page's structured data gives as the article's own: a check on the content, and its ends."""

import html
import re
from functools import cached_property

from lxml.html import HtmlElement

from reader.extraction.measure import link_share_of
from reader.extraction.tree import make, text_of

_NOT_LETTERS = re.compile(r"[\W_]+")
_TAG = re.compile(r"<[^<>]{1,500}>")
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|blockquote)>|<br\s*/?>", re.IGNORECASE)
_CHUNK = 40
_MAX_CHUNKS = 60
# Shorter ones are teasers.
_LEAST_CHARS = 600
_SHORTEST_BLOCK = 25
_TRUSTED_SHARE = 0.8
_STANDFIRSTS = frozenset({"p", "h2", "h3", "h4"})
_LEAST_STANDFIRST = 110
_MOST_LINKED = 0.3


def squeeze(text: str) -> str:
    """Letters and digits alone, in one case: what is left when spaces, quotes and dashes are put aside."""
    return _NOT_LETTERS.sub("", text).casefold()


class FullText:
    """The text of ``articleBody``; false where the page gives none that could be the whole article."""

    def __init__(self, text: str) -> None:
        self._told = text

    @cached_property
    def lines(self) -> list[str]:
        text = _TAG.sub("", html.unescape(_BLOCK_END.sub("\n", self._told)))
        lines = (" ".join(line.split()) for line in text.split("\n"))
        return [line for line in lines if line]

    @cached_property
    def squeezed(self) -> str:
        return squeeze(" ".join(self.lines))

    def __bool__(self) -> bool:
        return len(self.squeezed) >= _LEAST_CHARS

    def coverage(self, text: str) -> float:
        """The share of it that stands in a text, from samples."""
        squeezed = squeeze(text)
        step = max(_CHUNK, len(self.squeezed) // _MAX_CHUNKS)
        chunks = [
            self.squeezed[start : start + _CHUNK] for start in range(0, len(self.squeezed) - _CHUNK, step)
        ]
        return sum(chunk in squeezed for chunk in chunks) / max(len(chunks), 1)

    def make_content(self) -> HtmlElement:
        """The text itself as content, a paragraph a line."""
        content = make("div")
        for line in self.lines:
            content.append(make("p", line))
        return content

    def trim(self, content: HtmlElement) -> int:
        """Drop the flat blocks before its first and after its last words; return how many there were.

        Nothing is dropped where the content lacks much of it, or where it stops within a block: a text
        that is cut short tells nothing about the end.
        """
        blocks = list(content)
        texts = [squeeze(text_of(each)) for each in blocks]
        known = [
            at for at, text in enumerate(texts) if len(text) >= _SHORTEST_BLOCK and text in self.squeezed
        ]
        if not known or not self._is_whole_in([texts[at] for at in known]):
            return 0
        doomed = [
            each
            for at, each in enumerate(blocks)
            if not known[0] <= at <= known[-1]
            and each.tag != "figure"
            and not (at < known[0] and _is_standfirst(each))
        ]
        for each in doomed:
            content.remove(each)
        return len(doomed)

    def _is_whole_in(self, texts: list[str]) -> bool:
        is_ended = self.squeezed.endswith(texts[-1][-_SHORTEST_BLOCK:])
        return is_ended and sum(map(len, texts)) >= _TRUSTED_SHARE * len(self.squeezed)


def _is_standfirst(block: HtmlElement) -> bool:
    """Whether it is a paragraph of words before the text, which the data may leave out."""
    is_long = len(text_of(block)) >= _LEAST_STANDFIRST
    return block.tag in _STANDFIRSTS and is_long and link_share_of(block) < _MOST_LINKED
