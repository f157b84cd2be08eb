"""An article's pictures as its page shows them: our own copies, where the sanitised text keeps room."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from reader.models import Article, ArticlePicture
from reader.sanitising import split_at_pictures
from reader.web.footnotes import Footnote
from reader.web.outline import ContentsLine

# What the extraction writes where the publisher has no caption: a link for who does not see the picture.
_NO_CAPTION = re.compile(r"<figcaption><a [^>]*>(?:Foto|Photo)</a></figcaption>")

# So much larger than its pixels a picture may be shown without looking blurred.
_STRETCH = 10 / 9

if TYPE_CHECKING:
    from reader.web.awaited import Room
    from reader.web.marks import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One kept picture. Every value is ours: addresses made of hashes, and numbers.

    ``width`` and ``height`` are the most room that it takes, ``size`` says what the one costs that a phone
    takes. ``srcset`` is empty for one that is narrower than the column: with it browsers would stretch the
    picture.
    """

    src: str
    srcset: str
    width: int
    height: int
    size: str
    size_bytes: int

    @property
    def is_tall(self) -> bool:
        """Whether it would not fit into a window in the width of the column."""
        return self.height > 1.2 * self.width


class Thumbnail(NamedTuple):
    """The kept lead picture of an article, for a list; in another size while its thumbnail is not made."""

    src: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the sanitised text, word for word; after it what is put there, if anything.

    That is a picture or its room, the mark of a heading or the link of a footnote.
    A picture ``is_bare`` when there is no caption below it but the word for a picture.
    ``layers`` are the highlights around it, ``notes`` those whose notes are linked after it.
    """

    html: str
    picture: "Picture | Room | None" = None
    is_bare: bool = False
    anchor: str = ""
    footnote: Footnote | None = None
    layers: "tuple[Layer, ...]" = ()
    notes: tuple[int, ...] = ()


def find_pictures(article: Article) -> dict[str, Picture]:
    """Return the article's kept pictures by their address at the publisher; one query."""
    kept = ArticlePicture.objects.kept().filter(article=article).select_related("asset", "small")
    return {picture.url: make_picture(picture) for picture in kept}


def make_pieces(
    content: str, pictures: "Mapping[str, Picture | Room]", cuts: Iterable[ContentsLine | Footnote] = ()
) -> tuple[Piece, ...]:
    """Put pictures, marks of headings and links of footnotes into what ``sanitise`` returned.

    Pictures that are not kept leave their captions.
    """
    pieces: list[Piece] = []
    start = 0
    for cut in sorted(cuts, key=lambda cut: cut.start):
        *before, last = _put_pictures(content[start : cut.start], pictures)
        if isinstance(cut, Footnote):
            pieces += [*before, replace(last, footnote=cut)]
        else:
            pieces += [*before, replace(last, anchor=cut.anchor)]
        start = cut.start
    return (*pieces, *_put_pictures(content[start:], pictures))


def _put_pictures(content: str, pictures: "Mapping[str, Picture | Room]") -> list[Piece]:
    parts = split_at_pictures(content)
    return [
        Piece(part.html, pictures.get(part.picture_url), is_bare=bool(_NO_CAPTION.match(following)))
        for part, following in zip(parts, [*(part.html for part in parts[1:]), ""], strict=True)
    ]


def make_picture(kept: ArticlePicture) -> Picture:
    """Return the kept picture as a page shows it."""
    large, small = kept.asset, kept.small
    assert large is not None  # noqa: S101 - a constraint of the table
    src, srcset = reverse("picture", args=[large.sha256]), ""
    width, height = large.width, large.height
    if small:
        srcset = f"{reverse('picture', args=[small.sha256])} {small.width}w, {src} {large.width}w"
    else:
        # So it fills a column that is a little wider, and still says its room.
        width, height = round(width * _STRETCH), round(height * _STRETCH)
    size_bytes = (small or large).size_bytes
    return Picture(
        src=src,
        srcset=srcset,
        width=width,
        height=height,
        size=filesizeformat(size_bytes),
        size_bytes=size_bytes,
    )
