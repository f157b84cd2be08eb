"""Reading articles anew from their snapshots: one, a site's, or all; in the background, without a fetch."""

from django.db import transaction
from django.db.models import Max

from reader.models import Reextraction
from reader.models.background_run import find_rereadable
from reader.tasks import enqueue_reextraction


def reextract_articles(*, article_ids: list[int]) -> Reextraction:
    """Begin to read these articles anew; those without snapshots and those of a person's own are left out."""
    return _begin(article_ids=sorted(set(article_ids)))


def reextract_site(*, host: str) -> Reextraction:
    """Begin to read the articles of the site and of its subdomains anew. Raises ValueError for no host."""
    named = host.strip().strip(".").lower()
    if not named:
        raise ValueError("a site has a name")
    return _begin(host=named)


def reextract_all() -> Reextraction:
    return _begin()


def _begin(*, article_ids: list[int] | None = None, host: str = "") -> Reextraction:
    """Note what is to be done, and ring for it once that is committed.

    Articles that are saved from now on are read by the newest rules anyway, and are not part of it.
    """
    with transaction.atomic():
        chosen = find_rereadable(host=host, article_ids=article_ids)
        run = Reextraction.objects.create(
            article_ids=article_ids,
            host=host,
            total=chosen.count(),
            until_article_id=chosen.aggregate(last=Max("pk"))["last"] or 0,
        )
        enqueue_reextraction(run.pk)
    return run
