"""Where in sanitised HTML the pictures belong: it is cut at these places and otherwise left as it is.

The policy holds no ``img``. In what ``sanitise`` gives back ``<`` begins a tag and is nothing else (``>`` and
quotes in addresses are written as %3E and %22), so a figure whose caption is a link is found by its first
characters, and a cut between two tags can open or close nothing.
"""

from dataclasses import dataclass

_FIGURE = "<figure>"
_BEGINNING = f'{_FIGURE}<figcaption><a href="'


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A piece of sanitised HTML, word for word, and the address of the picture that belongs right after it.

    Between the two a figure has just been opened; the last part has no picture.
    """

    html: str
    picture_url: str = ""


def split_at_pictures(content: str) -> tuple[ContentPart, ...]:
    """Cut what ``sanitise`` returned after the start of each figure of a picture; joined it is the same.

    >>> content = '<p>a</p><figure><figcaption><a href="https://a.test/1?b&amp;c">x</a></figcaption></figure>'
    >>> split_at_pictures(content)[0]
    ContentPart(html='<p>a</p><figure>', picture_url='https://a.test/1?b&c')
    """
    parts: list[ContentPart] = []
    start, found = 0, content.find(_BEGINNING)
    while found >= 0:
        cut, address = found + len(_FIGURE), found + len(_BEGINNING)
        url = content[address : content.index('"', address)].replace("&amp;", "&")
        parts.append(ContentPart(content[start:cut], url))
        start, found = cut, content.find(_BEGINNING, cut)
    return (*parts, ContentPart(content[start:]))
