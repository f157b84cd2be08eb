"""The links that an article names as further reading, as its page shows them."""

from dataclasses import dataclass

from reader.models import Article, User
from reader.services.knowing import find_known

_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedLink:
    """One of them, in plain text. ``known`` is the article of one that is on the person's list already.

    ``number`` is its place in the article, by which it is saved; none where it cannot be saved.
    """

    title: str
    url: str
    number: int | None
    known: int | None


def make_related(article: Article, user: User) -> tuple[RelatedLink, ...]:
    """Prepare the related links; one query, and none where there are no links."""
    links = [(link["title"], web_url(link.get("url", ""))) for link in article.related]
    known = find_known(user=user, links=[url for _title, url in links if url])
    return tuple(
        RelatedLink(title=title, url=url, number=number if url in known else None, known=known.get(url))
        for number, (title, url) in enumerate(links)
    )


def web_url(url: str) -> str:
    """Return the address if it is one of the web, so that no other scheme can ever stand in a link."""
    return url if url.startswith(_WEB) else ""
