"""The same story twice on one person's list: what is offered, what the person says to it, and known links."""

from collections.abc import Iterable

from django.db.models import Q

from reader.links import CanonicalLink
from reader.models import Article, SavedArticle, StoryKey, StoryPair, User
from reader.models.saved_article import SavedArticleQuerySet
from reader.noticing import address_number

State = StoryPair.State


def find_same_story(*, user: User, article: Article) -> SavedArticleQuerySet:
    """Return the person's other entries, outside the trash, that tell the same story as the article."""
    own = SavedArticle.objects.of(user)
    entry = own.filter(article=article).values("pk")
    pairs = StoryPair.objects.filter(Q(first__in=entry) | Q(second__in=entry)).values_list("first", "second")
    # Not as one question: SQLite would look whether any of all that is on the list is of a pair.
    others = {saved_id for pair in pairs for saved_id in pair}
    found = SavedArticle.objects.filter(pk__in=others, user=user).exclude(article=article)
    return found.present().for_list().newest_first() if others else own.none()


def list_offers(*, user: User, below: int = 0, most: int) -> list[StoryPair]:
    """Return pairs that wait for the person's word, the last noticed first, below a number if given."""
    offered = StoryPair.objects.of(user).offered().order_by("-pk")
    if below:
        offered = offered.filter(pk__lt=below)
    return list(offered[:most])


def keep_both(*, pair: StoryPair) -> None:
    """Offer the pair no more; a merged one stays merged."""
    StoryPair.objects.filter(pk=pair.pk, state=State.OFFERED).update(state=State.BOTH)


def offer_again(*, pair: StoryPair) -> None:
    """Take back that both are kept."""
    StoryPair.objects.filter(pk=pair.pk, state=State.BOTH).update(state=State.OFFERED)


def find_known(*, user: User, links: Iterable[CanonicalLink]) -> dict[str, SavedArticle]:
    """Return, by canonical URL, the entry with a text that the person has under another form of the link.

    That is its AMP or mobile form, the address that its page declares or was redirected to, and the entry
    that another one of this very link was merged into. A link that the person has as it is leads to itself.
    """
    urls = {link.canonical_url: address_number(link.canonical_url) for link in links}
    own = SavedArticle.objects.of(user).filter(article__owner=None)
    as_it_is = own.of_addresses(urls).values_list("article__canonical_url", "pk", "deleted_at")
    trashed = {}
    for url, pk, deleted_at in as_it_is:
        if deleted_at is None:
            del urls[url]
        else:
            trashed[url] = pk
    held = _find_held(own, {number for number in urls.values() if number is not None})
    known = {url: held[number] for url, number in urls.items() if number in held}
    for url, pk in trashed.items():
        if url not in known and (kept_id := _find_kept(pk)):
            known[url] = kept_id
    entries = own.for_list().in_bulk(set(known.values())) if known else {}
    return {url: entries[pk] for url, pk in known.items()}


def _find_held(own: SavedArticleQuerySet, numbers: set[int]) -> dict[int, int]:
    """Return, by number, the last of the entries with a text whose article has it.

    Asked from the numbers: SQLite would begin with all that is on the person's list.
    """
    if not numbers:
        return {}
    keys = list(StoryKey.objects.filter(value__in=numbers).values_list("article_id", "value"))
    with_text = own.present().filter(article__word_count__gt=0)
    entries = dict(with_text.filter(article__in={key[0] for key in keys}).values_list("article_id", "pk"))
    pairs = sorted((entries[article_id], value) for article_id, value in keys if article_id in entries)
    return {value: saved_id for saved_id, value in pairs}


def _find_kept(saved_id: int, seen: frozenset[int] = frozenset()) -> int | None:
    """Return the entry that this one was merged into, on and on to one that is not in the trash."""
    pairs = StoryPair.objects.filter(Q(first=saved_id) | Q(second=saved_id), state=State.MERGED)
    pair = pairs.exclude(kept=saved_id).select_related("kept").order_by("-pk").first()
    if pair is None or pair.kept is None or pair.kept.pk in seen:
        return None
    return pair.kept.pk if pair.kept.deleted_at is None else _find_kept(pair.kept.pk, seen | {saved_id})
