"""What of a person's list belongs around an article: what it names as further reading, and its own story."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Value

from reader.models import Article, SavedArticle, User
from reader.services.knowing import find_identities
from reader.services.same_story import find_same_story


@dataclass(frozen=True, slots=True)
class Around:
    """``known`` has the links that can be saved, with the article of those that the person has.

    ``same_story`` are the person's other entries of the story: article, title and site.
    """

    known: dict[str, int | None] = field(default_factory=dict)
    same_story: tuple[tuple[int, str, str], ...] = ()


def find_around(*, user: User, article: Article, links: Iterable[str]) -> Around:
    """Find both in two queries, however many links there are."""
    identities = find_identities(links)
    titles = ("own_title", "article__title", "article__site_name", "site")
    columns = ("article_id", "article__canonical_url", *titles)
    own = SavedArticle.objects.of(user).present()
    named = own.of_addresses(identities.values())
    story = find_same_story(user=user, article=article).order_by()
    told = story.values_list(Value(1), *columns)
    rows = named.order_by().values_list(Value(0), *columns).union(told, all=True)
    known, same_story = {}, []
    for is_story, article_id, identity, own_title, title, site_name, site in rows:
        if is_story:
            same_story.append((article_id, own_title or title, site_name or site))
        else:
            known[identity] = article_id
    return Around(
        known={link: known.get(identity) for link, identity in identities.items()},
        same_story=tuple(sorted(same_story, reverse=True)),
    )
