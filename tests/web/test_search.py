"""The search page and the searches that are kept."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reader.indexing import index_backlog
from reader.models import SavedArticle, SavedSearch, StoryPair, Tagging, User
from reader.services import searching
from tests.builders import make_saved, make_tag

pytestmark = pytest.mark.django_db

TEXT = "Hujan turun semalaman. " * 30 + "Sungai meluap dan <b>banjir</b> merendam kampung."


@pytest.fixture
def list_of_ann(client: Client, ann: User) -> Client:
    make_saved(ann, title="Air <i>Banjir</i> & Lumpur", text=TEXT)
    make_saved(ann, title="Panen Raya", text="Padi menguning.")
    index_backlog(100)
    client.force_login(ann)
    return client


def search(client: Client, text: str, **more: str) -> tuple[list[str], str]:
    response: Any = client.get(reverse("search"), {"q": text, **more})
    assert response.status_code == 200
    return [entry.title for entry in response.context["results"].entries], response.content.decode()


def test_what_is_found_has_its_words_marked_and_everything_else_escaped(list_of_ann: Client) -> None:
    titles, page = search(list_of_ann, "banjir")

    assert titles == ["Air <i>Banjir</i> & Lumpur"]
    assert "Air &lt;i&gt;<mark>Banjir</mark>&lt;/i&gt; &amp; Lumpur" in page
    assert "&lt;b&gt;<mark>banjir</mark>&lt;/b&gt; merendam" in page
    assert "… " in page


def test_the_query_comes_back_escaped(list_of_ann: Client) -> None:
    _titles, page = search(list_of_ann, '"><script>alert(1)</script>')

    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;' in page


def test_acts_on_what_was_found_lead_back_to_the_search(list_of_ann: Client) -> None:
    address = f"{reverse('search')}?q=banjir&sort=best"
    page: Any = list_of_ann.get(address)
    entry = page.context["results"].entries[0]
    where = page.context["place"].fields

    answer = list_of_ann.post(f"{entry.url}archive/", where)
    shown = list_of_ann.get(answer["Location"])

    assert answer["Location"] == f"{address}&undo=archive-{entry.id}"
    assert f'action="{entry.url}unarchive/"' in shown.text
    undone = list_of_ann.post(f"{entry.url}unarchive/", {**where, "undo": "1"})
    assert undone["Location"] == address
    tagged = list_of_ann.post(f"{entry.url}tags/", {**where, "tags": "air"})
    assert tagged["Location"].startswith(f"{address}&undo=tags-")
    assert list_of_ann.get(f"{entry.url}edit/", where).text.count('value="banjir"') == 1


@pytest.mark.parametrize("scope", ["ids", "page", "all"])
def test_many_of_what_was_found_are_done_at_once(list_of_ann: Client, ann: User, scope: str) -> None:
    page: Any = list_of_ann.get(reverse("search"), {"q": "banjir"})
    numbers = [entry.id for entry in page.context["results"].entries]
    others = make_saved(ann, title="Lain")

    where = {**page.context["place"].fields, "ids": numbers, "page": numbers}
    answer = list_of_ann.post(reverse("many"), {**where, "act": "star", "scope": scope})

    starred = set(SavedArticle.objects.starred().values_list("article_id", flat=True))
    assert starred == set(numbers), "never all of the list"
    assert others.article_id not in starred
    assert answer["Location"].startswith(f"{reverse('search')}?q=banjir&many=")
    assert "diberi bintang" in list_of_ann.get(answer["Location"]).text


@pytest.mark.parametrize("text", ["banjir", "banjri"], ids=["as typed", "mended"])
def test_all_that_was_found_is_more_than_the_page(client: Client, ann: User, text: str) -> None:
    for number in range(22):
        make_saved(ann, title=f"Banjir {number}")
    make_saved(ann, title="Panen Raya")
    index_backlog(100)
    client.force_login(ann)
    page: Any = client.get(reverse("search"), {"q": text})
    assert "Semua yang ditemukan" in page.text

    form = page.text.partition('id="many"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert fields["q"] == "banjir"
    client.post(reverse("many"), {**fields, "act": "star", "scope": "all"})

    titles = SavedArticle.objects.starred().values_list("article__title", flat=True)
    assert len(titles) == 22
    assert all(title.startswith("Banjir") for title in titles)


def test_a_second_click_reaches_nothing_that_the_page_did_not_show(client: Client, ann: User) -> None:
    """With what was found gone, "topu" would be mended, and what it then means was never shown."""
    make_saved(ann, title="Kopi Gayo")
    other = make_saved(ann, title="Topi Bambu")
    index_backlog(100)
    client.force_login(ann)
    form = {"back": "search", "q": "kopi OR topu", "act": "delete", "scope": "all"}

    for _click in range(2):
        client.post(reverse("many"), form)

    assert list(SavedArticle.objects.present()) == [other]


def test_an_act_on_more_than_it_reaches_takes_the_newest_and_says_so(
    client: Client, ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("reader.services.searching", "reader.web.views.many"):
        monkeypatch.setattr(f"{module}.MOST_ACTED_ON", 2)
    for number in range(3):
        make_saved(ann, title=f"Banjir {number}")
    index_backlog(100)
    client.force_login(ann)

    form = {"back": "search", "q": "banjir", "act": "archive", "scope": "all"}
    said = client.post(reverse("many"), form, follow=True).text

    assert "paling banyak 2 entri" in said
    assert [saved.article.title for saved in SavedArticle.objects.unread()] == ["Banjir 0"]


def test_all_of_anothers_kept_search_is_nothing(list_of_ann: Client, ben: User) -> None:
    kept = SavedSearch.objects.create(user=ben, name="Air", query="banjir")

    form = {"back": "search", "kept": kept.pk, "act": "delete", "scope": "all"}
    said = list_of_ann.post(reverse("many"), form)

    assert said.status_code == 303
    assert not SavedArticle.objects.trashed().exists()


def test_the_same_story_is_offered_among_what_was_found_and_merged_there(
    list_of_ann: Client, ann: User
) -> None:
    found, other = SavedArticle.objects.get(article__title__contains="Banjir"), make_saved(ann, title="Lain")
    pair = StoryPair.objects.create(user=ann, first=found, second=other)

    page: Any = list_of_ann.get(reverse("search"), {"q": "banjir"})
    merge = reverse("merge-same", args=[pair.pk])
    assert f'formaction="{merge}"' in page.text
    answer = list_of_ann.post(merge, page.context["place"].fields)

    assert answer["Location"] == f"{reverse('search')}?q=banjir&undo=merged-{pair.pk}"
    assert "salinan lainnya ada di tempat sampah" in list_of_ann.get(answer["Location"]).text


@pytest.mark.parametrize(
    "text",
    [
        *("is:lucu", "before:kapan", "banjir before:0001-01-01", "banjir after:9999-12-31"),
        *('a "b', "OR", "*", "\x00", "x" * 5000, "((((", "site:"),
    ],
)
def test_no_query_is_an_error(list_of_ann: Client, text: str) -> None:
    search(list_of_ann, text)


def test_what_was_read_otherwise_is_said_in_the_readers_language(list_of_ann: Client) -> None:
    list_of_ann.cookies["django_language"] = "id"

    _titles, page = search(list_of_ann, "is:lucu banjir")

    assert "is:lucu" in page
    assert "dicari sebagai kata" in page


def test_a_mistyped_word_is_mended_and_it_is_said(list_of_ann: Client) -> None:
    list_of_ann.cookies["django_language"] = "en"

    titles, page = search(list_of_ann, "banjri")

    assert titles == ["Air <i>Banjir</i> & Lumpur"]
    assert "Nothing has “banjri”. Shown is what has “banjir”." in page


def test_a_tag_that_is_not_there_is_named(list_of_ann: Client, ben: User) -> None:
    make_tag(ben, "kopi")

    assert "Anda tidak punya label “kopi”." in search(list_of_ann, "banjir tag:kopi")[1]
    assert "Anda tidak punya label" not in search(list_of_ann, "-tag:kopi banjir")[1]


def test_nothing_found_says_what_to_try(list_of_ann: Client) -> None:
    list_of_ann.cookies["django_language"] = "en"

    titles, page = search(list_of_ann, "zzzzz")

    assert titles == []
    assert "Nothing found" in page
    assert "How to search" in page


def test_older_results_are_a_link_away_in_either_order(client: Client, ann: User) -> None:
    for number in range(35):
        make_saved(ann, title=f"Banjir {number}")
    index_backlog(100)
    client.force_login(ann)

    for sort in ("", "best"):
        first: Any = client.get(reverse("search"), {"q": "banjir", "sort": sort})
        second: Any = client.get(first.context["results"].older_url)
        titles = {entry.title for page in (first, second) for entry in page.context["results"].entries}
        assert len(titles) == 35
        assert second.context["results"].older_url == ""


def test_older_results_of_a_mended_query_are_of_what_was_searched(client: Client, ann: User) -> None:
    for number in range(25):
        make_saved(ann, title=f"Banjir {number}")
    index_backlog(100)
    client.force_login(ann)

    for sort in ("", "best"):
        first: Any = client.get(reverse("search"), {"q": "banjri", "sort": sort})
        assert first.context["results"].corrected == "banjir"
        assert not first.context["results"].is_best_first
        second: Any = client.get(first.context["results"].older_url)
        assert len(second.context["results"].entries) == 5
        best: Any = client.get(first.context["results"].best_url)
        assert (best.context["results"].text, best.context["results"].is_best_first) == ("banjir", True)


def test_what_is_kept_of_a_mended_query_is_what_was_searched(list_of_ann: Client, ann: User) -> None:
    page = search(list_of_ann, "banjri")[1]
    assert '<input type="hidden" name="q" value="banjir">' in page

    kept = SavedSearch.objects.create(user=ann, name="Air", query="banjri")
    found: Any = list_of_ann.get(reverse("saved-search", args=[kept.pk]))
    assert (found.context["results"].entries, found.context["results"].corrected) == ((), "")


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "٣", "0"])
def test_a_senseless_place_shows_the_first_page(list_of_ann: Client, before: str) -> None:
    assert len(search(list_of_ann, "banjir", before=before)[0]) == 1


def test_anothers_entries_are_not_found(list_of_ann: Client, ben: User) -> None:
    list_of_ann.force_login(ben)

    assert search(list_of_ann, "banjir")[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "pohon",
        '"pohon besar"',
        "poh*",
        "-pohon",
        "pohon is:starred",
        "is:failed",
        "pohon is:failed",
        "before:2001",
        "tag:kopi",
        "tag:kopi pohon",
        "tag:teh tag:kopi",
        "tag:tiada pohon",
        "phon",
        "phon is:failed",
        "phon tag:tiada",
        "pepohonqq",
        "qqqq zzzz wwww tag:tiada",
        "pohon OR phon is:failed",
    ],
)
@pytest.mark.parametrize("sort", ["", "best"])
def test_a_search_asks_at_most_six_questions_whatever_the_number(
    client: Client, ann: User, text: str, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_FEW_TAGGED", 3)
    monkeypatch.setattr(searching, "_MOST_LOOKED_AT", 30)
    kept = SavedSearch.objects.create(user=ann, name="Simpan", query=text)
    client.force_login(ann)
    client.get(reverse("search"))
    tag = make_tag(ann, "kopi")
    counts = []
    for _turn in range(2):
        entries = [make_saved(ann, title="Pohon Besar") for _number in range(20)]
        Tagging.objects.bulk_create([Tagging(tag=tag, saved=saved) for saved in entries[:6]])
        index_backlog(100)
        for address in (
            f"{reverse('search')}?q={quote(text)}&",
            f"{reverse('saved-search', args=[kept.pk])}?",
        ):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{address}sort={sort}")
            counts.append(len(queries))

    assert max(counts) <= 6, counts


def test_a_search_is_kept_under_a_name_shown_as_a_list_and_dropped(list_of_ann: Client, ann: User) -> None:
    response = list_of_ann.post(reverse("keep-search"), {"q": "banjir", "name": " Air  bah "})
    kept = SavedSearch.objects.get(user=ann)
    page = list_of_ann.get(response["Location"]).content.decode()

    assert response.status_code == 303
    assert (kept.name, kept.query) == ("Air bah", "banjir")
    assert re.search(r"<h1>Air bah</h1>", page)
    assert "<mark>Banjir</mark>" in page
    assert "Air bah" in list_of_ann.get(reverse("search")).content.decode()

    list_of_ann.post(reverse("keep-search"), {"q": "lumpur", "name": "Air bah"})
    assert SavedSearch.objects.get(user=ann).query == "lumpur"
    assert list_of_ann.post(reverse("drop-search", args=[kept.pk])).status_code == 303
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("form", [{"q": "banjir", "name": " "}, {"q": "", "name": "x"}, {}])
def test_a_search_without_a_name_or_a_query_is_not_kept(list_of_ann: Client, form: dict[str, str]) -> None:
    assert list_of_ann.post(reverse("keep-search"), form).status_code == 303
    assert not SavedSearch.objects.exists()


def test_anothers_kept_search_is_not_there(list_of_ann: Client, ben: User) -> None:
    kept = SavedSearch.objects.create(user=ben, name="Rahasia", query="banjir")

    assert list_of_ann.get(reverse("saved-search", args=[kept.pk])).status_code == 404
    assert list_of_ann.post(reverse("drop-search", args=[kept.pk])).status_code == 404
    assert "Rahasia" not in list_of_ann.get(reverse("search")).content.decode()
    assert SavedSearch.objects.filter(pk=kept.pk).exists()


def test_strangers_go_to_login_and_odd_methods_are_refused(client: Client, ann: User) -> None:
    kept = SavedSearch.objects.create(user=ann, name="Air", query="banjir")
    pages = [reverse("search"), reverse("saved-search", args=[kept.pk])]
    acts = [reverse("keep-search"), reverse("drop-search", args=[kept.pk])]

    assert all("/accounts/login/" in client.get(page)["Location"] for page in [*pages, *acts])
    client.force_login(ann)
    assert {client.post(page).status_code for page in pages} == {405}
    assert {client.get(act).status_code for act in acts} == {405}
