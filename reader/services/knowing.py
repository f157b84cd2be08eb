"""Which links are on a person's list already."""

from collections.abc import Iterable

from reader.errors import LinkRefused
from reader.links import canonicalise, check_link
from reader.models import SavedArticle, User


def find_known(*, user: User, links: Iterable[str]) -> dict[str, int | None]:
    """Return the links that can be saved, and the article of those that the person has; one query.

    What is in the trash the person does not have; what would be refused is left out.
    """
    identities = find_identities(links)
    if not identities:
        return {}
    own = SavedArticle.objects.of(user).present()
    rows = own.of_addresses(identities.values())
    articles = dict(rows.values_list("article__canonical_url", "article_id"))
    return {link: articles.get(identity) for link, identity in identities.items()}


def find_identities(links: Iterable[str]) -> dict[str, str]:
    """Return the canonical URL of each link that can be saved."""
    identities: dict[str, str] = {}
    for link in links:
        try:
            canonical = canonicalise(link)
            check_link(canonical)
        except LinkRefused:
            continue
        identities[link] = canonical.canonical_url
    return identities
