"""The pages of an article's versions, and what the reading page says of its life at the publisher."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Article, ArticleVersion, SavedArticle, User
from tests.builders import make_article, make_saved

pytestmark = pytest.mark.django_db

State = Article.State
NOW = timezone.now()
OLD_TEXT = "Warga menanam lima puluh pohon sejak pagi.\n\nGotong royong\n\nSemua ikut."


def make_version(article: Article, **values: object) -> ArticleVersion:
    return ArticleVersion.objects.create(
        **{
            "article": article,
            "title": "Warga Menanam Pohon",
            "content": "<p>Warga menanam <strong>lima puluh</strong> pohon sejak pagi.</p>",
            "text": OLD_TEXT,
            "word_count": 11,
            "fetched_at": NOW - timedelta(days=2),
            "replaced_at": NOW - timedelta(days=1),
            "why": "reworded",
            **values,
        }
    )


@pytest.fixture
def saved(ann: User) -> SavedArticle:
    """An article that was changed once."""
    saved = make_saved(ann, changed_at=NOW - timedelta(days=1))
    make_version(saved.article)
    return saved


def pages_of(saved: SavedArticle) -> dict[str, str]:
    version = saved.article.versions.get()
    return {
        "versions": reverse("versions", args=[saved.article_id]),
        "version": reverse("version", args=[saved.article_id, version.pk]),
        "changes": reverse("changes", args=[saved.article_id]),
    }


PAGES = ["versions", "version", "changes"]


def test_the_reading_page_says_that_it_changed_and_leads_to_the_versions(
    client: Client, ann: User, saved: SavedArticle
) -> None:
    client.force_login(ann)

    page = client.get(reverse("reading", args=[saved.article_id])).content.decode()

    assert "Penerbit mengubah artikel ini." in page
    assert pages_of(saved)["versions"] in page


def test_the_list_has_all_versions_the_newest_first(client: Client, ann: User, saved: SavedArticle) -> None:
    client.force_login(ann)

    page = client.get(pages_of(saved)["versions"]).content.decode()

    assert page.index("Warga Menanam Pohon di Tepi Sungai</h2>") < page.index("Warga Menanam Pohon</h2>")
    for words in ("Yang ditampilkan sekarang", "480 kata", "11 kata", "Penerbit mengubah kata-katanya"):
        assert words in page
    assert pages_of(saved)["version"] in page
    assert f"{pages_of(saved)['changes']}?from={saved.article.versions.get().pk}&amp;to=now" in page


def test_an_article_that_never_changed_says_so(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = client.get(reverse("versions", args=[make_saved(ann).article_id])).content.decode()

    assert "Penerbit belum mengubah artikel ini" in page


def test_an_earlier_version_is_read_as_it_was(client: Client, ann: User, saved: SavedArticle) -> None:
    client.force_login(ann)

    page = client.get(pages_of(saved)["version"]).content.decode()

    assert "<p>Warga menanam <strong>lima puluh</strong> pohon sejak pagi.</p>" in page
    assert "Ini versi sebelumnya, diambil" in page


def test_what_changed_is_marked_for_eyes_and_ears(client: Client, ann: User, saved: SavedArticle) -> None:
    client.force_login(ann)

    page = client.get(pages_of(saved)["changes"]).content.decode()

    removed = '<del><span class="visually-hidden">[dihapus: </span>lima puluh'
    added = '<ins><span class="visually-hidden">[ditambahkan: </span>seratus'
    assert page.index(removed) < page.index(added)
    assert "di Tepi Sungai<span" in page, "the title changed too"
    assert "2 alinea sama" not in page
    assert "Semua ikut." not in page.partition('<div class="diff')[0]


def test_any_two_versions_can_be_compared_in_any_order(
    client: Client, ann: User, saved: SavedArticle
) -> None:
    first = saved.article.versions.get()
    second = make_version(saved.article, text="Warga menanam tujuh puluh pohon sejak pagi.")
    client.force_login(ann)
    url = reverse("changes", args=[saved.article_id])

    answer = client.get(url, {"from": first.pk, "to": second.pk})
    turned = client.get(url, {"from": second.pk, "to": first.pk})

    assert answer.context["reading"] == turned.context["reading"]
    page = answer.content.decode()
    assert page.count("<option") == 6
    assert ">[dihapus: </span>lima<" in page
    same = client.get(url, {"from": second.pk, "to": second.pk}).content.decode()
    assert "Kata-katanya sama." in same


@pytest.mark.parametrize("query", ["from=999", "from=now&to=x", "from=-1", "to=%00", "from=" + "9" * 400])
def test_versions_that_are_not_there_are_404(
    client: Client, ann: User, saved: SavedArticle, query: str
) -> None:
    client.force_login(ann)

    assert client.get(f"{pages_of(saved)['changes']}?{query}").status_code == 404
    assert client.get(reverse("version", args=[saved.article_id, 999])).status_code == 404


def test_an_article_with_one_version_has_nothing_to_compare(client: Client, ann: User) -> None:
    client.force_login(ann)

    assert client.get(reverse("changes", args=[make_saved(ann).article_id])).status_code == 404


def test_a_version_of_another_article_is_404(client: Client, ann: User, saved: SavedArticle) -> None:
    other = make_version(make_article())
    client.force_login(ann)

    assert client.get(reverse("version", args=[saved.article_id, other.pk])).status_code == 404
    changes = reverse("changes", args=[saved.article_id])
    assert client.get(changes, {"from": other.pk}).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_strangers_go_to_login(client: Client, saved: SavedArticle, page: str) -> None:
    assert client.get(pages_of(saved)[page])["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("page", PAGES)
def test_those_without_the_article_on_their_list_get_404(
    client: Client, ben: User, saved: SavedArticle, page: str
) -> None:
    client.force_login(ben)
    assert client.get(pages_of(saved)[page]).status_code == 404

    mine = make_saved(ben, article=saved.article, deleted_at=NOW)
    assert client.get(pages_of(saved)[page]).status_code == 404
    SavedArticle.objects.filter(pk=mine.pk).update(deleted_at=None)
    assert client.get(pages_of(saved)[page]).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_they_are_only_looked_at(client: Client, ann: User, saved: SavedArticle, page: str) -> None:
    client.force_login(ann)

    assert client.post(pages_of(saved)[page]).status_code == 405


@pytest.mark.parametrize("page", PAGES)
def test_what_a_publisher_wrote_is_text(client: Client, ann: User, page: str) -> None:
    nasty = "<script>alert(1)</script>"
    saved = make_saved(ann, title=nasty, text=nasty)
    make_version(saved.article, title=f"{nasty} lama", text=f"{nasty} lama", content="<p>aman</p>")
    client.force_login(ann)

    shown = client.get(pages_of(saved)[page]).content.decode()

    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("page", ["versions", "changes"])
def test_the_pages_cost_the_same_at_two_versions_and_at_twenty(
    client: Client,
    ann: User,
    saved: SavedArticle,
    page: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    url = pages_of(saved)[page]
    client.force_login(ann)
    client.get(url)
    for _ in range(18):
        make_version(saved.article)

    with django_assert_max_num_queries(5):
        assert client.get(url).status_code == 200


# --- notes ---


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"vanished_at": NOW}, "Penerbit tidak lagi menyediakan artikel ini"),
        ({"refused_at": NOW, "refused_why": "cut_short"}, "salinan yang lebih baik tetap ditampilkan"),
        ({"error_code": "publisher_busy"}, "Situsnya sedang sibuk"),
        ({"error_code": "gave_up"}, "Pengambilan ulang tidak berhasil"),
    ],
)
def test_what_happened_at_the_publisher_is_said_above_the_text(
    client: Client, ann: User, values: dict[str, Any], words: str
) -> None:
    saved = make_saved(ann, **values)
    client.force_login(ann)

    page = client.get(reverse("reading", args=[saved.article_id])).content.decode()

    assert page.index(words) < page.index("Warga menanam seratus pohon sejak pagi.</p>")
    assert "Warga menanam seratus pohon" in page


def test_an_article_that_only_is_there_says_nothing(client: Client, ann: User) -> None:
    client.force_login(ann)

    assert (
        'class="notes"'
        not in client.get(reverse("reading", args=[make_saved(ann).article_id])).content.decode()
    )


# --- asking again ---


def test_a_whole_article_is_fetched_again_when_asked(client: Client, ann: User) -> None:
    saved = make_saved(ann, queued_at=NOW - timedelta(hours=1))
    client.force_login(ann)
    url = reverse("refetch", args=[saved.article_id])
    assert url in client.get(reverse("reading", args=[saved.article_id])).content.decode()

    answer = client.post(url)

    assert (answer.status_code, answer["Location"]) == (303, reverse("reading", args=[saved.article_id]))
    saved.article.refresh_from_db()
    assert saved.article.state == State.QUEUED
    page = client.get(answer["Location"]).content.decode()
    assert "Warga menanam seratus pohon" in page
    assert "Anda dapat terus membaca" in page


def test_asking_again_too_soon_is_answered_in_words(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    answer = client.post(reverse("refetch", args=[saved.article_id]), follow=True)

    assert "Baru saja diambil" in answer.content.decode()
    saved.article.refresh_from_db()
    assert saved.article.state == State.READY


def test_a_text_of_ones_own_is_not_offered_for_fetching(client: Client, ann: User) -> None:
    saved = make_saved(ann, owner=ann, queued_at=NOW - timedelta(hours=1))
    client.force_login(ann)
    url = reverse("refetch", args=[saved.article_id])

    assert url not in client.get(reverse("reading", args=[saved.article_id])).content.decode()
    client.post(url)
    saved.article.refresh_from_db()
    assert saved.article.state == State.READY


def test_another_persons_article_is_not_fetched_for_me(client: Client, ann: User, ben: User) -> None:
    saved = make_saved(ben, queued_at=NOW - timedelta(hours=1))
    url = reverse("refetch", args=[saved.article_id])
    assert client.post(url)["Location"] == reverse("account_login")
    client.force_login(ann)

    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405
