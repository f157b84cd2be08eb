"""An article's pictures as its page shows them: our own copies, where the sanitised text keeps room."""

from dataclasses import dataclass

from django.urls import reverse

from reader.models import Article, ArticlePicture
from reader.sanitising import split_at_pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One kept picture. Every value is ours: addresses made of hashes, and numbers."""

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
    large = kept.asset
    assert large is not None  # noqa: S101 - a constraint of the table
    sizes = [each for each in (kept.small, large) if each]
    sources = [reverse("picture", args=[each.sha256]) for each in sizes]
    srcset = ", ".join(f"{src} {each.width}w" for src, each in zip(sources, sizes, strict=True))
    return Picture(src=sources[-1], srcset=srcset, width=large.width, height=large.height)
