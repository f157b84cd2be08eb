"""An article's pictures as its page shows them: our own copies, where the sanitised text keeps room."""

from dataclasses import dataclass

from django.urls import reverse

from reader.models import Article, ArticlePicture
from reader.sanitising import split_at_pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One kept picture. Every value is ours: addresses made of hashes, and numbers.

    ``srcset`` is empty for one that is not as wide as the column: with it browsers would stretch the picture.
    """

    src: str
    srcset: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the sanitised text, word for word, and the picture after it, if that is kept."""

    html: str
    picture: Picture | None


def find_pictures(article: Article) -> dict[str, Picture]:
    """Return the article's kept pictures by their address at the publisher; one query."""
    kept = ArticlePicture.objects.kept().filter(article=article).select_related("asset", "small")
    return {picture.url: _make_picture(picture) for picture in kept}


def make_pieces(content: str, pictures: dict[str, Picture]) -> tuple[Piece, ...]:
    """Put the pictures into what ``sanitise`` returned; those that are not kept leave their captions."""
    return tuple(Piece(part.html, pictures.get(part.picture_url)) for part in split_at_pictures(content))


def _make_picture(kept: ArticlePicture) -> Picture:
    large, small = kept.asset, kept.small
    assert large is not None  # noqa: S101 - a constraint of the table
    src, srcset = reverse("picture", args=[large.sha256]), ""
    if small:
        srcset = f"{reverse('picture', args=[small.sha256])} {small.width}w, {src} {large.width}w"
    return Picture(src=src, srcset=srcset, width=large.width, height=large.height)
