"""Noticing that a person has the same story twice, under two addresses or as a copy on another site.

In the background, once an article's text is stored or somebody else saves it: ``SavedArticle.compared_at`` is
then empty. Articles are compared only within the list of each person who has them, so that nobody is told of
what others read.
"""

from collections import Counter
from collections.abc import Collection
from itertools import groupby
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from reader.links import find_plain_form
from reader.models import Article, SavedArticle, StoryKey, StoryPair
from reader.models.article import ArticleQuerySet
from reader.stories import Story, find_bands, is_same_story
from reader.stories.bands import number_of

# A daily column may share a band with thousands of its like; the newest of each person's are looked at.
_MOST_OF_A_NUMBER = 60
_MOST_OF_ALL_PERSONS = 6_000
# Texts are read and compared for so many, those with the most numbers in common first.
_MOST_COMPARED = 20
# One story of thirty sites needs no 435 offers.
_MOST_PAIRS_OF_AN_ENTRY = 5


class _Pair(NamedTuple):
    user_id: int
    first_id: int
    second_id: int


def address_number(address: str) -> int | None:
    """Return the number that all forms of the address have in common; None for what is no article's."""
    form = find_plain_form(address) if address else ""
    return number_of(f"address {form}") if form else None


def notice_backlog(most: int) -> int:
    """Look at some of the entries that were not looked at; return how many there were.

    Safe to run twice and to be killed: what is done says so in its row, the last thing that is written of it.
    """
    waiting = SavedArticle.objects.filter(compared_at=None).order_by("-pk")
    rows = sorted(waiting.values_list("article_id", "pk")[:most], reverse=True)
    for article_id, entries in groupby(rows, key=lambda row: row[0]):
        _notice(article_id, [pk for _article_id, pk in entries])
    return len(rows)


def notice_article(article_id: int) -> None:
    """Look for other entries of the same story for everybody whose entry of the article was not looked at."""
    waiting = SavedArticle.objects.filter(article_id=article_id, compared_at=None)
    saved_ids = list(waiting.values_list("pk", flat=True))
    if saved_ids:
        _notice(article_id, saved_ids)


def _notice(article_id: int, saved_ids: list[int]) -> None:
    """Write the article's numbers, look who else has them, and write what was found.

    The numbers are committed before anybody looks: of two articles that are compared at the same moment, one
    at least sees the other. Nothing is compared in a transaction; what was looked at is marked only if the
    text is still the one that was read.
    """
    article = _light().filter(pk=article_id).first()
    if article is None:
        return
    former = _find_offers(saved_ids)
    addresses, bands = _find_numbers(article)
    same = Article.objects.filter(pk=article_id, text=article.text).select_for_update(no_key=True)
    with transaction.atomic():
        if not same.only("pk").first():
            return
        _write_numbers(article_id, addresses | bands)
    pairs = _find_pairs(article, saved_ids, addresses, bands)
    with transaction.atomic():
        if same.only("pk").first():
            _write_pairs(former, pairs)
            SavedArticle.objects.filter(pk__in=saved_ids).update(compared_at=timezone.now())


def _light() -> ArticleQuerySet:
    return Article.objects.only(
        "owner_id", "canonical_url", "url", "final_url", "declared_url", "text", "published_on"
    )


def _find_numbers(article: Article) -> tuple[set[int], set[int]]:
    """The numbers of the article's addresses and those of its text; none for an article without a text."""
    if not article.text:
        return set(), set()
    told = (article.canonical_url, article.url, article.final_url, article.declared_url)
    addresses = {number for address in told if (number := address_number(address)) is not None}
    return addresses, set(find_bands(article.text))


def _write_numbers(article_id: int, numbers: set[int]) -> None:
    own = StoryKey.objects.filter(article_id=article_id)
    held = set(own.values_list("value", flat=True))
    if held - numbers:
        own.exclude(value__in=numbers).delete()
    new = [StoryKey(article_id=article_id, value=value) for value in sorted(numbers - held)]
    StoryKey.objects.bulk_create(new, ignore_conflicts=True)


def _find_pairs(article: Article, saved_ids: list[int], addresses: set[int], bands: set[int]) -> list[_Pair]:
    """The pairs of entries, each of one person's, that are the same story as the article."""
    present = SavedArticle.objects.present().filter(pk__in=saved_ids)
    own = dict(present.values_list("user_id", "pk"))
    entries: dict[int, dict[int, int]] = {}
    shared: dict[int, set[int]] = {}
    for number in addresses | bands:
        for other_id, user_id, pk in _find_others(article.pk, own, number):
            entries.setdefault(other_id, {})[user_id] = pk
            shared.setdefault(other_id, set()).add(number)
    likeliest = sorted(shared, key=lambda other_id: (-len(shared[other_id]), -other_id))
    pairs: list[_Pair] = []
    count = Counter[int]()
    for other in (_light().get(pk=other_id) for other_id in likeliest[:_MOST_COMPARED]):
        if is_same_story(_tell(article), _tell(other), is_at_one_address=bool(shared[other.pk] & addresses)):
            users = [user for user in entries[other.pk] if count[user] < _MOST_PAIRS_OF_AN_ENTRY]
            count.update(users)
            pairs += [_Pair(user, *sorted((own[user], entries[other.pk][user]))) for user in users]
    return pairs


def _tell(article: Article) -> Story:
    return Story(text=article.text, published_on=article.published_on)


def _find_others(
    article_id: int, users: Collection[int], number: int
) -> "QuerySet[SavedArticle, tuple[int, int, int]]":
    """Other entries of these persons whose articles have the number too: article, person, entry.

    What a person pasted as text is compared with what that person has, and never for anybody else.
    """
    found = SavedArticle.objects.present().filter(user__in=users, article__story_keys__value=number)
    found = found.filter(Q(article__owner=None) | Q(article__owner=F("user"))).exclude(article=article_id)
    # In the order of the index of numbers, so that the limit ends the search.
    newest = found.order_by("-article__story_keys__article_id")
    most = min(_MOST_OF_A_NUMBER * len(users), _MOST_OF_ALL_PERSONS)
    return newest.values_list("article_id", "user_id", "pk")[:most]


def _find_offers(saved_ids: list[int]) -> dict[tuple[int, int], int]:
    """What is offered of these entries, by the two: the numbers of the pairs."""
    about = StoryPair.objects.filter(Q(first__in=saved_ids) | Q(second__in=saved_ids))
    offered = about.filter(state=StoryPair.State.OFFERED).values_list("pk", "first_id", "second_id")
    return {(first_id, second_id): pk for pk, first_id, second_id in offered}


def _write_pairs(former: dict[tuple[int, int], int], pairs: list[_Pair]) -> None:
    """Offer what was found, and withdraw former offers that no longer hold; what a person decided stays.

    Only what was offered before anybody looked is withdrawn: another worker may have found more meanwhile.
    """
    found = {(pair.first_id, pair.second_id) for pair in pairs}
    outdated = [pk for two, pk in former.items() if two not in found]
    StoryPair.objects.filter(pk__in=outdated, state=StoryPair.State.OFFERED).delete()
    StoryPair.objects.bulk_create([StoryPair(**pair._asdict()) for pair in pairs], ignore_conflicts=True)
