"""The same story twice: offered on the list and side by side, merged, kept, undone, and nobody else's."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reader.models import Article, SavedArticle, StoryPair, User
from reader.services import tidying
from tests.builders import make_article, make_saved, make_tag

pytestmark = pytest.mark.django_db


def make_pair(user: User, **values: str) -> StoryPair:
    first = make_saved(user, article=make_article(title="Tanggul Dibangun", site_name="Kabar"))
    second = make_saved(
        user, article=make_article(title="Tanggul Baru", site_name="", host="www.lain.example")
    )
    return StoryPair.objects.create(user=user, first=first, second=second, **values)


@pytest.fixture
def pair(ann: User) -> StoryPair:
    return make_pair(ann)


@pytest.fixture
def as_ann(client: Client, ann: User) -> Client:
    client.force_login(ann)
    client.cookies["django_language"] = "en"
    return client


@pytest.mark.parametrize("path", ["/", "/all/"])
def test_an_entry_tells_of_its_other_copy(as_ann: Client, pair: StoryPair, path: str) -> None:
    page = as_ann.get(path).text

    assert "the same story from lain.example" in page
    assert "the same story from Kabar" in page
    assert page.count(f'formaction="/same/{pair.pk}/merge/"') == 2


def test_what_is_decided_or_in_the_trash_is_not_offered(as_ann: Client, ann: User, pair: StoryPair) -> None:
    make_pair(ann, state=StoryPair.State.BOTH)
    tidying.delete(saved=pair.first)

    assert "the same story from" not in as_ann.get("/").text
    assert "the same story from" not in as_ann.get("/trash/").text
    assert "No story is here twice" in as_ann.get("/same/").text


def test_merging_from_the_list_leads_back_there_and_is_undone(as_ann: Client, pair: StoryPair) -> None:
    answer = as_ann.post(f"/same/{pair.pk}/merge/", {"back": "all"}, follow=True)

    assert answer.redirect_chain == [(f"/all/?undo=merged-{pair.pk}", 303)]
    assert "Merged; the other copy is in the trash" in answer.text
    assert SavedArticle.objects.present().get() == pair.first
    assert f'action="/same/{pair.pk}/undo/"' in answer.text

    undone = as_ann.post(f"/same/{pair.pk}/undo/", {"back": "all"}, follow=True)
    assert undone.redirect_chain == [("/all/", 303)]
    assert "the same story from" in undone.text
    assert SavedArticle.objects.present().count() == 2


def test_keeping_both_is_remembered_and_undone(as_ann: Client, pair: StoryPair) -> None:
    answer = as_ann.post(f"/same/{pair.pk}/both/", {"back": "list"}, follow=True)

    assert "Both kept" in answer.text
    assert "the same story from" not in answer.text
    assert SavedArticle.objects.present().count() == 2

    as_ann.post(f"/same/{pair.pk}/undo/")
    assert "the same story from" in as_ann.get("/").text


def test_both_copies_stand_side_by_side_and_either_is_kept(
    as_ann: Client, ann: User, pair: StoryPair
) -> None:
    make_tag(ann, "banjir", pair.second)
    page = as_ann.get("/same/").text
    assert page.index("Tanggul Dibangun") < page.index("Tanggul Baru") < page.index("#banjir")

    keep = {"back": "same", "keep": str(pair.second.article_id)}
    answer = as_ann.post(f"/same/{pair.pk}/merge/", keep, follow=True)

    assert answer.redirect_chain == [(f"/same/?undo=merged-{pair.pk}", 303)]
    assert "Tanggul Baru" in answer.text
    assert SavedArticle.objects.present().get() == pair.second
    undone = as_ann.post(f"/same/{pair.pk}/undo/", {"back": "same"}, follow=True)
    assert "Tanggul Dibangun" in undone.text


@pytest.mark.parametrize("keep", ["0", "999999", "x", "9" * 40, "\x00", "-1"])
def test_a_copy_that_is_none_of_the_two_is_not_kept(as_ann: Client, pair: StoryPair, keep: str) -> None:
    answer = as_ann.post(f"/same/{pair.pk}/merge/", {"keep": keep, "back": "//jahat.example"})

    assert answer.headers["Location"].startswith("/?undo=merged-")
    assert SavedArticle.objects.present().get() == pair.first


def test_pairs_are_for_their_person_alone(client: Client, ben: User, pair: StoryPair) -> None:
    path = f"/same/{pair.pk}/merge/"
    assert client.post(path).status_code == 302
    assert client.get("/same/").status_code == 302
    client.force_login(ben)
    for act in ("merge", "both", "undo"):
        assert client.post(f"/same/{pair.pk}/{act}/").status_code == 404
        assert client.get(f"/same/{pair.pk}/{act}/").status_code == 405
    # The article is on ben's list too; ann's other copy is nothing to him.
    make_saved(ben, article=pair.first.article)

    assert "lain.example" not in client.get("/").text
    assert "Tanggul" not in client.get("/same/").text
    assert "Tanggul" not in client.get(f"/trash/?undo=merged-{pair.pk}").text
    assert SavedArticle.objects.present().count() == 3


@pytest.mark.parametrize("notice", ["merged-1", "both-x", "both-" + "9" * 30, "merged-", "-"])
def test_nonsense_in_the_address_shows_no_notice(as_ann: Client, pair: StoryPair, notice: str) -> None:
    for path in ("/", "/same/"):
        answer = as_ann.get(path, {"undo": notice, "below": notice})
        assert answer.status_code == 200
        assert "/undo/" not in answer.text


def test_markup_in_what_publishers_say_is_text(as_ann: Client, ann: User) -> None:
    evil = make_saved(ann, article=make_article(site_name="<b>jahat</b>:x", title="<i>judul</i>"))
    StoryPair.objects.create(user=ann, first=evil, second=make_saved(ann))

    for path in ("/", "/same/"):
        page = as_ann.get(path).text
        assert "<b>jahat" not in page
        assert "<i>judul" not in page
        assert "&lt;b&gt;jahat&lt;/b&gt;:x" in page


@pytest.mark.parametrize("path", ["/", "/same/"])
def test_offers_cost_no_query_each(as_ann: Client, ann: User, path: str) -> None:
    counts = []
    as_ann.get(path)
    for _ in range(2):
        for _pair in range(5):
            make_pair(ann)
        with CaptureQueriesContext(connection) as queries:
            as_ann.get(path)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 6


def test_many_pairs_are_shown_a_page_at_a_time(as_ann: Client, ann: User) -> None:
    pairs = [make_pair(ann) for _ in range(17)]
    first = as_ann.get("/same/").text
    older = as_ann.get(f"/same/?below={pairs[2].pk}").text

    assert f"/same/?below={pairs[2].pk}" in first
    assert first.count('class="pair"') == 15
    assert older.count('class="pair"') == 2
    assert 'rel="next"' not in older


def test_an_act_in_place_keeps_the_offer(as_ann: Client, pair: StoryPair) -> None:
    article: Article = pair.first.article
    answer = as_ann.post(f"/articles/{article.pk}/star/", {"back": "list"}, headers={"HX-Request": "true"})

    assert "the same story from lain.example" in answer.text
