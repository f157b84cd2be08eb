"""Finding articles for the desk by parts of words, from indexes alone: their rows are long."""

from collections.abc import Sequence

from django.db.models import F, Q

from reader.admin.desk import BoundedPaginator, only_shared
from reader.models import Article


def find_articles(words: Sequence[str]) -> list[int]:
    """Return the newest shared articles with all these words in title and site, else in the address.

    A word with a slash stands in addresses alone. There are at most as many as a list has pages for.
    """
    in_title, in_address = Q(), Q()
    for word in words:
        in_title &= Q(title__icontains=word) | Q(host__icontains=word)
        in_address &= Q(canonical_url__icontains=word)
    is_address = any("/" in word for word in words)
    return ([] if is_address else _find(in_title)) or _find(in_address)


def _find(condition: Q) -> list[int]:
    # By the number plus nothing: in the order of its own key SQLite would go through the rows.
    found = only_shared(Article.objects.all()).filter(condition).annotate(number=F("pk") + 0)
    newest = found.order_by("-number").values_list("number", flat=True)
    return list(newest[: BoundedPaginator.most_counted])
