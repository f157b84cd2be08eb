"""Kept pictures: who may look at one, and what an article's take."""

from django.db.models import Exists, OuterRef

from reader.models import ArticlePicture, Asset, SavedArticle, User


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
    return ArticlePicture.objects.filter(article=article_id).count_bytes()
