"""Pictures → figures that hold a link, a caption and a credit; and the lead photograph above the text."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from reader.extraction.addresses import resolve, source_of
from reader.extraction.tree import drop, elements_of, fold, has_class, inner_elements, make, replace, text_of
from reader.sites import SiteRule
from reader.values import LeadImage

_MAX_LEVELS_UP = 3
_SMALLEST_PIXELS = 100
_SIZE = re.compile(r"(\d+)(?:px)?")
# "kebun-1024x683.jpg", as WordPress names its sizes.
_SIZE_IN_NAME = re.compile(r"-\d{2,4}x\d{2,4}(?=\.[a-z]{3,4}$)")
_WITHOUT_CAPTION = {"id": "Foto", "en": "Photo"}
# "Dermaga lama (Dok. Pengelola)": a credit that has no place of its own in the markup.
_CREDIT_AT_END = re.compile(
    r"(?P<caption>.{3,}?)\s*\((?P<credit>(?:dok(?:umentasi)?\b|foto:|photo:|shutterstock|freepik|unsplash|pixabay"
    r"|pexels|istimewa|antara|afp|ap photo|reuters|getty|kompas\.|tribun|tangkapan layar)[^()]{0,100})\)\.?",
    re.IGNORECASE,
)


# --- the lead photograph ---


def find_lead_image(tree: HtmlElement, rule: SiteRule, base: str, og_image: str) -> LeadImage | None:
    """The first captioned picture outside the article's body, else the one the page shows to others."""
    bodies = set(elements_of(tree, rule.body))
    for element in elements_of(tree, rule.caption):
        if not bodies.isdisjoint(element.iterancestors()):
            continue
        holder, picture = _find_picture(element)
        if holder is None or picture is None:
            continue
        if url := _address_of(picture, base):
            caption, credit = _read_caption(element, holder, rule)
            return LeadImage(url=url, caption=caption or fold(picture.get("alt", "")), credit=credit)
    return LeadImage(url=og_image) if og_image and rule.insert_detected_image else None


def _find_picture(caption: HtmlElement) -> tuple[HtmlElement | None, HtmlElement | None]:
    """The nearest element around a caption that holds a picture, and the picture."""
    holder: HtmlElement | None = caption
    for _ in range(_MAX_LEVELS_UP):
        if holder is None or holder.tag == "body":
            break
        picture = next(iter(holder.iter("img")), None)
        if picture is not None:
            return holder, picture
        holder = holder.getparent()
    return None, None


def _address_of(picture: HtmlElement, base: str) -> str:
    return resolve(source_of(picture), base)


def _read_caption(caption: HtmlElement, holder: HtmlElement, rule: SiteRule) -> tuple[str, str]:
    """The caption without its credit, and the credit without brackets."""
    credits = [
        each for each in elements_of(holder, [f".{xpath}" for xpath in rule.credit]) if each is not holder
    ]
    credit = next((text for text in map(text_of, credits) if text), "")
    text = _text_without(caption, set(credits))
    if not credit and (told := _CREDIT_AT_END.fullmatch(text)):
        return told["caption"].rstrip(), _clean_credit(told["credit"])
    return text, _clean_credit(credit)


def _text_without(element: HtmlElement, left_out: set[HtmlElement]) -> str:
    return fold(" ".join(_texts_without(element, left_out)))


def _texts_without(element: HtmlElement, left_out: set[HtmlElement]) -> Iterator[str]:
    if element not in left_out and element.tag not in {"script", "style", "svg"}:
        yield element.text or ""
        for child in element:
            yield from _texts_without(child, left_out)
            yield child.tail or ""


def _clean_credit(credit: str) -> str:
    inner = credit.removeprefix("(").removesuffix(")")
    bare = inner if len(credit) - len(inner) == 2 and "(" not in inner and ")" not in inner else credit
    return re.sub(r"^(?:foto|photo|credit|kredit)\s*:\s*", "", bare, flags=re.IGNORECASE).strip()


# --- pictures in the text ---


def make_figures(content: HtmlElement, rule: SiteRule, language: str, lead: LeadImage | None) -> str:
    """Turn every picture of the content into a figure without an image; a line for the trace."""
    count = 0
    for holder, caption in _captioned(content, rule):
        count += _make_figure(holder, caption, rule, language, lead)
    for picture in inner_elements(content, "img"):
        count += _make_bare_figure(picture, language, lead)
    return f"pictures: {count} in the text, lead {'found' if lead else 'not found'}"


def _captioned(content: HtmlElement, rule: SiteRule) -> list[tuple[HtmlElement, HtmlElement]]:
    """Holders of pictures with their captions: by the rule, then every ``figure`` of the page."""
    pairs: dict[HtmlElement, HtmlElement] = {}
    for caption in elements_of(content, [f".{xpath}" for xpath in rule.caption]):
        holder, _ = _find_picture(caption)
        if holder is not None and holder is not content and content in holder.iterancestors():
            pairs.setdefault(holder, caption)
    for figure in inner_elements(content, "figure"):
        figcaption = figure.find(".//figcaption")
        if pairs.keys().isdisjoint({figure, *figure.iterancestors(), *figure.iterdescendants()}):
            pairs[figure] = figcaption if figcaption is not None else figure
    return list(pairs.items())


def _make_figure(
    holder: HtmlElement, caption: HtmlElement, rule: SiteRule, language: str, lead: LeadImage | None
) -> int:
    pictures = [each for each in holder.iter("img") if each.get("src")]
    if holder.getparent() is None:
        return 0
    if not pictures:
        if holder is caption and holder.tag == "div":  # caption and credit of a picture that cannot be had
            drop(holder)
        return 0
    text, credit = _read_caption(caption, holder, rule)
    url = pictures[0].get("src", "")
    text = text or fold(pictures[0].get("alt", ""))
    if _is_same(url, lead):
        holder.drop_tree()
        return 0
    replace(holder, build_figure(url, text, credit, language))
    return 1


def _make_bare_figure(picture: HtmlElement, language: str, lead: LeadImage | None) -> int:
    url = picture.get("src", "")
    if not url or _is_tiny(picture) or _is_same(url, lead):
        picture.drop_tree()
        return 0
    place = picture.getparent()
    figure = build_figure(url, fold(picture.get("alt", "")), "", language)
    if place is not None and place.tag == "a" and not text_of(place) and len(place) == 1:
        replace(place, figure)  # a link around a picture leads to the same picture, larger
    else:
        replace(picture, figure)
    return 1


def build_figure(url: str, caption: str, credit: str, language: str) -> HtmlElement:
    """A figure of a picture that is not shown: its caption leads to it.

    A caption that is only our own word for a picture is marked, for it is no word of the article.
    """
    figure = make("figure")
    figcaption = make("figcaption")
    fallback = _WITHOUT_CAPTION.get(language, _WITHOUT_CAPTION["en"])
    link = make("a", caption or fallback, href=url)
    figcaption.append(link)
    if credit:
        link.tail = " "
        figcaption.append(make("small", credit, **{"class": "credit"}))
    figure.append(figcaption)
    return figure


def _is_tiny(picture: HtmlElement) -> bool:
    """Whether it is an icon, a counter or a publisher's logo in a line of text."""
    sizes = [_SIZE.fullmatch(picture.get(side, "").strip()) for side in ("width", "height")]
    small = any(size and int(size[1][:6]) < _SMALLEST_PIXELS for size in sizes)
    return small or has_class(picture, "emoji", "icon")


def _is_same(url: str, lead: LeadImage | None) -> bool:
    """Whether it is the lead photograph again, perhaps in another size: the file's name tells."""
    if lead is None:
        return False
    name, lead_name = _name_of(url), _name_of(lead.url)
    return len(name) > 8 and name == lead_name


def _name_of(url: str) -> str:
    return _SIZE_IN_NAME.sub("", urlsplit(url).path.rpartition("/")[2])
