"""Captions that are no ``figcaption``, on pages without a rule: with their picture they become a figure,
without one they go.
"""

from lxml.html import HtmlElement

from reader.extraction.tree import class_words, drop, make, outermost, replace, text_of

_NAMES = frozenset(
    {
        "caption",
        "captions",
        "imagecaption",
        "photocaption",
        "credit",
        "credits",
        "photocredit",
        "legend",
        "imagedescription",
        "bildunterschrift",
    }
)
_TAGS = ("div", "p", "span", "small", "em", "dd", "figcaption", "cite")
_GALLERIES = frozenset({"gallery", "galleries", "slideshow", "carousel", "bildergalerie", "fotostrecke"})
_LEAST_BESIDE = 1500
_MAX_CHARS = 700
_MAX_LEVELS_UP = 4
# What may stand in a picture's own element beside its caption.
_OTHER_CHARS = 200
# What is shorter is a sign or a label, "Photo".
_FEWEST_OTHER_CHARS = 25


def mark_captions(content: HtmlElement) -> None:
    """Make figures of the pictures that have such captions, and drop the captions that have none."""
    _drop_bare_galleries(content)
    for element in [each for each in content.iter(*_TAGS) if _is_caption(each)]:
        is_gone = element.getparent() is None
        if is_gone or any(each.tag in {"figure", "table"} for each in element.iterancestors()):
            continue
        holder = _find_holder(element, content)
        if holder is None:
            drop(element)
        else:
            _make_figure(holder, element)


def _drop_bare_galleries(content: HtmlElement) -> None:
    """Drop galleries whose pictures only a script brings: their texts are captions of what nobody sees.

    Where hardly anything is left beside them they are the article.
    """
    named = [each for each in content.iter("div", "section", "aside", "ul") if _is_gallery(each)]
    bare = [each for each in outermost(named) if next(each.iter("img"), None) is None]
    if bare and len(text_of(content)) - sum(len(text_of(each)) for each in bare) >= _LEAST_BESIDE:
        for each in bare:
            drop(each)


def _is_gallery(element: HtmlElement) -> bool:
    return not class_words(element.get("class", "")[:300]).isdisjoint(_GALLERIES)


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


def _make_figure(holder: HtmlElement, caption: HtmlElement) -> None:
    """Put a figure in the holder's place; where other text stands in that, in the picture's place."""
    picture, words = next(holder.iter("img")), text_of(caption)
    is_only = len(text_of(holder)) - len(words) < _FEWEST_OTHER_CHARS
    if not is_only:
        drop(caption)
    figure = make("figure")
    replace(holder if is_only else _find_outer(picture, holder), figure)
    picture.tail = None
    figure.append(picture)
    figure.append(make("figcaption", words))


def _find_outer(picture: HtmlElement, holder: HtmlElement) -> HtmlElement:
    """The picture, or the outermost element in the holder that holds it alone."""
    parent = picture.getparent()
    while parent is not None and parent is not holder and not text_of(parent):
        picture, parent = parent, parent.getparent()
    return picture
