"""Noticing the same story on one person's list: what is found, for whom, and at what cost."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader import noticing
from reader.listing import copy_columns
from reader.models import Article, SavedArticle, StoryKey, StoryPair, User
from reader.noticing import notice_article, notice_backlog
from reader.services import tidying
from reader.services.same_story import find_same_story
from tests.builders import make_article, make_saved
from tests.services.at_once import run_at_once
from tests.stories import texts

pytestmark = pytest.mark.django_db


def make_told(user: User, text: str, **values: Any) -> SavedArticle:
    return make_saved(user, article=make_article(text=text, word_count=len(text.split()), **values))


def make_copies(user: User) -> tuple[SavedArticle, SavedArticle]:
    """Return two entries of one story, the second from another site."""
    return make_told(user, texts.AGENCY), make_told(user, texts.ON_ANOTHER_SITE, host="lain.example")


def pairs() -> set[tuple[int, int, int]]:
    return set(StoryPair.objects.values_list("user_id", "first_id", "second_id"))


def test_a_copy_on_another_site_is_noticed_once(ann: User) -> None:
    first, second = make_copies(ann)
    make_told(ann, texts.SAME_EVENT)
    make_told(ann, texts.GOLD[0])

    assert notice_backlog(100) == 4
    assert notice_backlog(100) == 0
    notice_article(first.article_id)
    SavedArticle.objects.update(compared_at=None)
    notice_backlog(100)

    assert pairs() == {(ann.pk, first.pk, second.pk)}
    assert list(find_same_story(user=ann, article=first.article)) == [second]
    assert list(find_same_story(user=ann, article=second.article)) == [first]


def test_nobody_is_told_of_what_another_has(ann: User, ben: User) -> None:
    first, second = make_copies(ann)
    make_saved(ben, article=first.article)
    make_told(ben, texts.GOLD[0])
    # Ben's own paste of the text, which ann's articles are never compared with.
    pasted = make_told(ben, texts.WIRE, owner=ben, canonical_url="text:1", url="", host="")
    make_told(ann, texts.PRAYER[0], owner=ann, canonical_url="text:1", url="", host="")
    notice_backlog(100)

    bens = SavedArticle.objects.get(user=ben, article=first.article)
    assert pairs() == {(ann.pk, first.pk, second.pk), (ben.pk, bens.pk, pasted.pk)}
    assert list(find_same_story(user=ben, article=second.article)) == []
    assert list(find_same_story(user=ann, article=pasted.article)) == []


@pytest.mark.parametrize(
    ("values", "is_noticed"),
    [
        ({"url": "https://m.berita.example/a/1"}, True),
        ({"url": "https://www.berita.example/a/1/amp/"}, True),
        (
            {"url": "https://berita.example/lain", "final_url": "https://berita.example/a/1?utm_source=x"},
            True,
        ),
        ({"url": "https://berita.example/lain", "declared_url": "https://www.berita.example/a/1"}, True),
        ({"url": "https://berita.example/a/2"}, False),
        ({"url": "https://m.berita.example/"}, False),
    ],
)
def test_a_short_story_is_known_by_its_address(ann: User, values: dict[str, Any], is_noticed: bool) -> None:
    make_told(ann, texts.NOTICE, url="https://berita.example/a/1")
    make_told(ann, texts.NOTICE, **values)
    notice_backlog(100)

    assert StoryPair.objects.exists() is is_noticed


def test_one_address_does_not_make_two_texts_one_story(ann: User) -> None:
    make_told(ann, texts.WIRE, url="https://berita.example/a/1")
    make_told(ann, texts.GOLD[0], url="https://m.berita.example/a/1")
    notice_backlog(100)

    assert pairs() == set()


def test_who_saves_a_known_article_is_told_too(ann: User, ben: User) -> None:
    first, second = make_copies(ann)
    notice_backlog(100)
    bens = [make_saved(ben, article=saved.article) for saved in (first, second)]
    notice_article(second.article_id)

    assert (ben.pk, bens[0].pk, bens[1].pk) in pairs()


def test_a_story_that_many_have_is_noticed_for_each_of_them(
    ann: User, ben: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noticing, "_MOST_OF_A_NUMBER", 1)
    first, second = make_copies(ann)
    others = [make_saved(ben, article=saved.article) for saved in (first, second)]
    notice_backlog(100)

    assert pairs() == {(ann.pk, first.pk, second.pk), (ben.pk, others[0].pk, others[1].pk)}


def test_a_text_that_changed_is_compared_anew_and_its_offer_withdrawn(ann: User) -> None:
    first, second = make_copies(ann)
    notice_backlog(100)
    Article.objects.filter(pk=first.article_id).update(text=texts.GOLD[0])
    copy_columns(first.article_id)

    assert notice_backlog(100) == 1
    assert pairs() == set()

    Article.objects.filter(pk=first.article_id).update(text=texts.WIRE)
    copy_columns(first.article_id)
    notice_backlog(100)
    StoryPair.objects.update(state=StoryPair.State.BOTH)
    Article.objects.filter(pk=second.article_id).update(text=texts.GOLD[0])
    copy_columns(second.article_id)
    notice_backlog(100)

    # What the person said stays.
    assert pairs() == {(ann.pk, first.pk, second.pk)}


def test_what_is_in_the_trash_is_compared_when_it_comes_back(ann: User) -> None:
    first, second = make_copies(ann)
    tidying.delete(saved=first)
    notice_backlog(100)
    assert pairs() == set()

    tidying.restore(saved=first)
    notice_backlog(100)

    assert pairs() == {(ann.pk, first.pk, second.pk)}


def test_a_text_that_is_stored_meanwhile_is_not_marked_as_compared(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = make_copies(ann)
    find_pairs = noticing._find_pairs

    def find_late(article: Article, *args: Any) -> Any:
        Article.objects.filter(pk=article.pk).update(text=texts.GOLD[0])
        return find_pairs(article, *args)

    monkeypatch.setattr(noticing, "_find_pairs", find_late)
    notice_article(first.article_id)

    first.refresh_from_db()
    assert first.compared_at is None
    assert pairs() == set()


def test_many_copies_make_few_offers(ann: User) -> None:
    for number in range(8):
        make_told(ann, texts.AGENCY, host=f"situs{number}.example")
    notice_backlog(100)
    newest = SavedArticle.objects.latest("pk")
    SavedArticle.objects.filter(pk=newest.pk).update(compared_at=None)
    StoryPair.objects.all().delete()
    notice_backlog(100)

    assert len(pairs()) == 5


def test_an_article_without_a_text_has_no_numbers(ann: User) -> None:
    saved = make_saved(ann, article=make_article(state=Article.State.FAILED))
    notice_backlog(100)

    saved.refresh_from_db()
    assert saved.compared_at is not None
    assert not StoryKey.objects.exists()


def test_looking_costs_no_more_on_a_longer_list(ann: User, ben: User) -> None:
    counts = []
    for text in (texts.WIRE, texts.SAME_EVENT):
        for number in range(10):
            make_told(ann, f"{texts.GOLD[0]} {number}")
        notice_backlog(100)
        saved = make_told(ann, text)
        with CaptureQueriesContext(connection) as queries:
            notice_article(saved.article_id)
        counts.append(len(queries))

    assert counts[0] == counts[1] < 25


def test_others_of_a_story_are_found_by_the_index(ann: User, ben: User) -> None:
    Article.objects.bulk_create(
        Article(
            canonical_url=f"https://berita.example/{number}",
            url="https://berita.example/",
            host="berita.example",
            queued_at="2020-11-10T00:00:00Z",
        )
        for number in range(3000)
    )
    ids = list(Article.objects.values_list("pk", flat=True))
    SavedArticle.objects.bulk_create(SavedArticle(user=ann, article_id=pk) for pk in ids)
    StoryKey.objects.bulk_create(
        StoryKey(article_id=pk, value=pk * 10 + place) for pk in ids for place in range(6)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "SELECT 1")

    plan = noticing._find_others(ids[0], {ann.pk: 1, ben.pk: 2}, ids[5] * 10).explain()

    assert "story_key_is_once_per_article" in plan or "reader_storykey USING COVERING INDEX" in plan
    assert "(value=?)" in plan or "value = " in plan
    assert "SCAN" not in plan
    assert "TEMP B-TREE" not in plan
    assert "Seq Scan on reader_savedarticle" not in plan
    assert "Seq Scan on reader_storykey" not in plan


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_pair(ann: User) -> None:
    first, second = make_copies(ann)
    articles = [first.article_id, second.article_id] * 3

    run_at_once(6, lambda: notice_article(articles.pop()))
    notice_backlog(100)

    assert pairs() == {(ann.pk, first.pk, second.pk)}
    assert not SavedArticle.objects.filter(compared_at=None).exists()
