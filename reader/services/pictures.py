"""Kept pictures: who may look at one, and what is stored for whom."""

from django.db.models import Exists, OuterRef, Q, Sum

from reader.models import ArticlePicture, Asset, SavedArticle, User
from reader.models.article_picture import ArticlePictureQuerySet


def find_asset(*, user: User, sha256: str) -> Asset | None:
    """Return the stored picture if an article on the person's list shows it; for all others there is none.

    A name that cannot be guessed would not be enough: who has a picture can compute it, and would learn
    whether anybody here reads about it.
    """
    own = SavedArticle.objects.of(user).present().filter(article__taken_down_at=None)
    # Not "in" all that is on the list: SQLite would gather a hundred thousand of them for each picture.
    shows = ArticlePicture.objects.showing(OuterRef("pk")).filter(
        Exists(own.filter(article=OuterRef("article")))
    )
    return Asset.objects.filter(Exists(shows), sha256=sha256).first()


def count_bytes_of_article(*, article_id: int) -> int:
    """Return how much the article's pictures take; those that others show too are counted in full."""
    return _count_bytes(ArticlePicture.objects.filter(article=article_id))


def count_bytes_of_user(*, user: User) -> int:
    """Return how much the pictures of all articles on the person's list take, each counted once."""
    own = SavedArticle.objects.of(user).present().values("article")
    return _count_bytes(ArticlePicture.objects.filter(article__in=own))


def _count_bytes(pictures: ArticlePictureQuerySet) -> int:
    shown = Q(
        *(("pk__in", pictures.values(size)) for size in ("asset", "small", "thumbnail")), _connector=Q.OR
    )
    total: int = Asset.objects.filter(shown).aggregate(total=Sum("size_bytes", default=0))["total"]
    return total
