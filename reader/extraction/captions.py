"""Captions that are no ``figcaption``, on pages without a rule: with their picture they become a figure,
without one they go.
"""

from lxml.html import HtmlElement

from reader.extraction.tree import class_words, drop, make, replace, text_of

_NAMES = frozenset(
    {"caption", "captions", "imagecaption", "photocaption", "credit", "credits", "photocredit", "legend"}
)
_TAGS = ("div", "p", "span", "small", "em", "dd", "figcaption", "cite")
_MAX_CHARS = 700
_MAX_LEVELS_UP = 4
# What may stand in a picture's own element beside its caption.
_OTHER_CHARS = 200


def mark_captions(content: HtmlElement) -> None:
    """Make figures of the pictures that have such captions, and drop the captions that have none."""
    for element in [each for each in content.iter(*_TAGS) if _is_caption(each)]:
        is_gone = element.getparent() is None
        if is_gone or any(each.tag in {"figure", "table"} for each in element.iterancestors()):
            continue
        holder = _find_holder(element, content)
        if holder is None:
            drop(element)
        else:
            replace(holder, _make_figure(holder, element))


def _is_caption(element: HtmlElement) -> bool:
    if element.tag == "figcaption":
        return True
    words = class_words(element.get("class", "")[:300])
    return not words.isdisjoint(_NAMES) and len(text_of(element)) <= _MAX_CHARS


def _find_holder(caption: HtmlElement, content: HtmlElement) -> HtmlElement | None:
    """The element around the caption that holds a picture and hardly any other text."""
    most = 2 * len(text_of(caption)) + _OTHER_CHARS
    element: HtmlElement | None = caption
    for _ in range(_MAX_LEVELS_UP):
        if element is None or element is content or len(text_of(element)) > most:
            return None
        if next(element.iter("img"), None) is not None:
            return element
        element = element.getparent()
    return None


def _make_figure(holder: HtmlElement, caption: HtmlElement) -> HtmlElement:
    figure = make("figure")
    picture = next(holder.iter("img"))
    words = text_of(caption)
    picture.tail = None
    figure.append(picture)
    figure.append(make("figcaption", words))
    return figure
