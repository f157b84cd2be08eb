"""The reading page, and the acts on an entry."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import Article, ListAct, SavedArticle, User
from reader.services import tidying
from tests.builders import make_article, make_saved

pytestmark = pytest.mark.django_db

State = Article.State
HTMX = {"HX-Request": "true"}
ACTS = ["archive", "unarchive", "delete", "restore", "retry"]


def reading(saved: SavedArticle) -> str:
    return reverse("reading", args=[saved.article_id])


def address(saved: SavedArticle, act: str) -> str:
    return f"/articles/{saved.article_id}/{act}/"


# --- reading ---


def test_the_reading_page_has_everything_but_the_noise(client: Client, ann: User) -> None:
    saved = make_saved(
        ann,
        labels=["Cek Fakta"],
        lead_image_url="https://foto.example/1.jpg",
        lead_image_caption="Warga di tepi sungai.",
        lead_image_credit="BERITA/ANDI",
        related=[
            {"title": "Sungai Bersih", "url": "https://berita.example/2"},
            {"title": "Tanpa Alamat", "url": ""},
        ],
    )
    client.force_login(ann)

    page = client.get(reading(saved)).content.decode()

    for words in (
        "<p>Warga menanam seratus pohon sejak pagi.</p>",
        "Megapolitan · Cek Fakta",
        "Oleh Sari Wulandari",
        "Editor: Bagus Pratama",
        "10 November 2020, 14.38 WIB",
        "3 menit baca",
        '<a href="https://foto.example/1.jpg" rel="noopener noreferrer">Warga di tepi sungai.</a>',
        "BERITA/ANDI",
        "Baca juga",
        '<a href="https://berita.example/2" rel="noopener noreferrer">Sungai Bersih</a>',
        "Tanpa Alamat",
        f'href="{saved.article.url}"',
        '<article class="article" id="article" lang="id"',
    ):
        assert words in page
    assert "<img" not in page


def test_english_readers_see_english_words_around_the_same_text(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    page = client.get(reading(saved), headers={"Accept-Language": "en"}).content.decode()

    assert "By Sari Wulandari" in page
    assert "10 November 2020, 14:38 WIB" in page
    assert '<html lang="en">' in page
    assert '<article class="article" id="article" lang="id"' in page


def test_a_label_that_repeats_the_section_is_told_once(client: Client, ann: User) -> None:
    saved = make_saved(ann, section="Advertorial", labels=["ADVERTORIAL", "Mitra"])
    client.force_login(ann)

    assert ">Advertorial · Mitra<" in client.get(reading(saved)).content.decode()


def test_a_date_without_a_time_stands_alone(client: Client, ann: User) -> None:
    saved = make_saved(ann, published_at=None)
    client.force_login(ann)

    page = client.get(reading(saved)).content.decode()

    assert ">10 November 2020</time>" in page
    assert "WIB" not in page


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example/x", "JaVaScRiPt:alert(1)"]
)
def test_no_stored_address_becomes_a_dangerous_link(client: Client, ann: User, url: str) -> None:
    saved = make_saved(ann, related=[{"title": "X", "url": url}], lead_image_url=url)
    client.force_login(ann)

    assert url not in client.get(reading(saved)).content.decode()


def test_metadata_is_text_whatever_it_holds(client: Client, ann: User) -> None:
    nasty = '"><script>alert(1)</script>'
    saved = make_saved(
        ann,
        title=nasty,
        authors=[nasty],
        editor=nasty,
        section=nasty,
        labels=[nasty],
        site_name=nasty,
        language='id"><b>',
        excerpt=nasty,
        lead_image_caption=nasty,
        lead_image_credit=nasty,
        related=[{"title": nasty, "url": ""}],
    )
    client.force_login(ann)

    for url in (reading(saved), reverse("list"), f"{reverse('list')}?undo=unarchive-{saved.article_id}"):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.QUEUED, "Menunggu giliran"),
        (State.FETCHING, "Sedang diambil"),
        (State.FAILED, "Menurut situsnya, halaman ini tidak ada."),
        (State.PARTIAL, "Halaman 2 tidak dapat diambil"),
    ],
)
def test_what_is_not_whole_says_so(client: Client, ann: User, state: str, words: str) -> None:
    saved = make_saved(ann, state=state)
    client.force_login(ann)

    page = client.get(reading(saved)).content.decode()

    assert words in page
    assert saved.article.url in page
    assert (address(saved, "retry") in page) == (state in {State.FAILED, State.PARTIAL})
    assert ("seen=" in page) == (state in {State.QUEUED, State.FETCHING})


def test_a_waiting_page_that_asks_again_gets_nothing_until_something_changed(
    client: Client, ann: User
) -> None:
    saved = make_saved(ann, state=State.QUEUED)
    client.force_login(ann)

    assert client.get(reading(saved), {"seen": "queued"}, headers=HTMX).status_code == 204
    Article.objects.update(state=State.FETCHING)
    answer = client.get(reading(saved), {"seen": "queued"}, headers=HTMX)
    assert answer.status_code == 200
    assert "HX-Request" in answer["Vary"]
    assert client.get(reading(saved), {"seen": "fetching"}).status_code == 200


def test_the_old_text_stays_while_it_is_fetched_again(client: Client, ann: User) -> None:
    saved = make_saved(ann, article=make_article(state=State.READY))
    Article.objects.update(state=State.FETCHING)
    client.force_login(ann)

    assert "Gotong royong" in client.get(reading(saved)).content.decode()


def test_reading_costs_five_queries(
    client: Client, ann: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    saved = make_saved(ann)
    client.force_login(ann)
    client.get(reading(saved))

    with django_assert_max_num_queries(5):
        client.get(reading(saved))


# --- strangers, wrong methods, wrong numbers ---


def test_a_stranger_goes_to_login_and_back_to_the_article(client: Client, ann: User) -> None:
    saved = make_saved(ann)

    assert client.get(reading(saved))["Location"].endswith(f"?next={reading(saved)}")
    for act in ACTS:
        assert client.post(address(saved, act))["Location"] == reverse("account_login")
    saved.refresh_from_db()
    assert (saved.archived_at, saved.deleted_at) == (None, None)


@pytest.mark.parametrize("act", ["", *ACTS])
def test_another_persons_article_is_404(client: Client, ann: User, ben: User, act: str) -> None:
    saved = make_saved(ben, state=State.FAILED)
    client.force_login(ann)

    response = client.post(address(saved, act)) if act else client.get(reading(saved))

    assert response.status_code == 404
    saved.refresh_from_db()
    assert (saved.archived_at, saved.deleted_at, saved.article.state) == (None, None, State.FAILED)


@pytest.mark.parametrize("act", ["", "archive", "unarchive", "retry"])
def test_what_is_in_the_trash_is_404(client: Client, ann: User, act: str) -> None:
    saved = make_saved(ann, deleted_at=timezone.now())
    client.force_login(ann)

    response = client.post(address(saved, act)) if act else client.get(reading(saved))

    assert response.status_code == 404


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_posted(client: Client, ann: User, act: str) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    assert client.get(address(saved, act)).status_code == 405
    assert client.post(reading(saved)).status_code == 405


@pytest.mark.parametrize("number", ["0", "-1", "9" * 18, "9" * 30, "1.5", "²", "abc"])
def test_a_number_that_is_nobodys_is_404(client: Client, ann: User, number: str) -> None:
    client.force_login(ann)

    assert client.get(f"/articles/{number}/").status_code == 404
    assert client.post(f"/articles/{number}/archive/").status_code == 404


# --- acts ---


@pytest.mark.parametrize(
    ("act", "begins", "back", "undo"),
    [
        ("archive", "unread", "list", "unarchive"),
        ("unarchive", "archived", "archive", "archive"),
        ("delete", "unread", "list", "restore"),
        ("delete", "archived", "archive", "restore"),
    ],
)
def test_an_act_leads_back_with_its_undo_and_the_undo_restores(
    client: Client, ann: User, act: str, begins: str, back: str, undo: str
) -> None:
    place = timezone.now() - timedelta(days=3)
    saved = make_saved(ann, saved_at=place, archived_at=place if begins == "archived" else None)
    client.force_login(ann)

    response = client.post(address(saved, act), {"back": back})

    assert response.status_code == 303
    assert response["Location"] == f"{reverse(back)}?undo={act}-{saved.article_id}"
    page = client.get(response["Location"])
    assert page.context["shelf"].entries == ()
    assert page.context["shelf"].undo.url == address(saved, undo)
    assert address(saved, undo) in page.content.decode()

    undone = client.post(address(saved, undo), {"back": back, "undo": "1"})
    assert (undone.status_code, undone["Location"]) == (303, reverse(back))
    again = client.get(response["Location"])
    assert [entry.id for entry in again.context["shelf"].entries] == [saved.article_id]
    assert again.context["shelf"].undo is None
    saved.refresh_from_db()
    assert saved.saved_at == place


@pytest.mark.parametrize("act", ACTS)
def test_a_second_click_does_no_harm(client: Client, ann: User, act: str) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    assert [client.post(address(saved, act)).status_code for _ in range(2)] == [303, 303]


def test_with_htmx_the_entry_makes_room_for_its_undo_and_comes_back(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    gone = client.post(address(saved, "archive"), {"back": "list"}, headers=HTMX)
    assert gone.status_code == 200
    assert "Urungkan" in gone.content.decode()
    assert f'id="entry-{saved.article_id}"' not in gone.content.decode()

    back = client.post(address(saved, "unarchive"), {"back": "list", "undo": "1"}, headers=HTMX)
    assert f'id="entry-{saved.article_id}"' in back.content.decode()


def test_an_act_in_place_brings_the_new_counts_along(client: Client, ann: User) -> None:
    saved, _other = make_saved(ann), make_saved(ann)
    client.force_login(ann)

    answer = client.post(address(saved, "archive"), {"back": "list"}, headers=HTMX).text
    assert '<span class="tab-count" id="count-unread">1</span>' in answer
    answer = client.post(address(saved, "delete"), {"back": "archive"}, headers=HTMX).text
    assert '<span class="tab-count" id="count-trash">1</span>' in answer
    answer = client.post(address(saved, "restore"), {"back": "search", "q": "x"}, headers=HTMX).text
    assert "tab-count" not in answer, "the search page tells no counts"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "admin:index", ""])
def test_an_act_never_leads_elsewhere(client: Client, ann: User, back: str) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    response = client.post(address(saved, "archive"), {"back": back, "before": "//elsewhere.example"})

    assert response["Location"] == f"/?undo=archive-{saved.article_id}"


@pytest.mark.parametrize(
    ("state", "after"),
    [(State.FAILED, State.QUEUED), (State.PARTIAL, State.QUEUED), (State.READY, State.READY)],
)
def test_retrying_queues_what_came_to_a_bad_end(client: Client, ann: User, state: str, after: str) -> None:
    saved = make_saved(ann, state=state)
    client.force_login(ann)

    response = client.post(address(saved, "retry"), {"back": "list"})

    act = ListAct.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"{reverse('list')}?many={act.pk}")
    saved.article.refresh_from_db()
    assert saved.article.state == after
    offer = reverse("many-undo", args=[act.pk])
    assert (f'action="{offer}"' in client.get(response["Location"]).text) == (state != after)
    client.post(offer, {"back": "list"})
    saved.article.refresh_from_db()
    assert saved.article.state == state


def test_retrying_from_the_reading_page_leads_back_to_it(client: Client, ann: User) -> None:
    saved = make_saved(ann, state=State.FAILED)
    client.force_login(ann)

    assert client.post(address(saved, "retry"), {"back": "reading"})["Location"] == reading(saved)


def test_the_undo_of_a_deletion_puts_an_archived_entry_back_into_the_archive(
    client: Client, ann: User
) -> None:
    saved = make_saved(ann)
    tidying.archive(saved=saved)
    client.force_login(ann)

    client.post(address(saved, "delete"), {"back": "archive"})
    client.post(address(saved, "restore"), {"back": "archive", "undo": "1"})

    assert SavedArticle.objects.of(ann).archived().get() == saved
