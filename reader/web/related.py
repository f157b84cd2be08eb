"""The links that an article names as further reading, as its page shows them."""

from dataclasses import dataclass

from reader.models import Article, User
from reader.services.around import find_around

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


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """Another entry of the person's that tells the same story, in plain text."""

    article_id: int
    title: str
    site: str


def make_related(article: Article, user: User) -> tuple[tuple[RelatedLink, ...], tuple[StoryEntry, ...]]:
    """Prepare the related links and the other entries of the same story; one query."""
    links = [(link["title"], web_url(link.get("url", ""))) for link in article.related]
    around = find_around(user=user, article=article, links=[url for _title, url in links if url])
    known = around.known
    related = (
        RelatedLink(title=title, url=url, number=number if url in known else None, known=known.get(url))
        for number, (title, url) in enumerate(links)
    )
    return tuple(related), tuple(
        StoryEntry(article_id=article_id, title=title, site=site)
        for article_id, title, site in around.same_story
    )


def web_url(url: str) -> str:
    """Return the address if it is one of the web, so that no other scheme can ever stand in a link."""
    return url if url.startswith(_WEB) else ""
