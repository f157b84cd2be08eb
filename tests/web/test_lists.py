"""The unread list and the archive."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.indexing import index_backlog
from reader.models import Article, User
from reader.web.paging import Cursor
from tests.builders import make_article, make_picture, make_saved

pytestmark = pytest.mark.django_db

State = Article.State
LISTS = ["list", "archive", "starred", "all", "trash"]


def titles(response: object) -> list[str]:
    return [entry.title for entry in response.context["shelf"].entries]  # type: ignore[attr-defined]


def test_unread_and_archive_show_their_own_newest_first(client: Client, ann: User) -> None:
    now = timezone.now()
    make_saved(ann, title="Lama", saved_at=now - timedelta(days=1))
    make_saved(ann, title="Baru", saved_at=now)
    make_saved(ann, title="Selesai", archived_at=now)
    make_saved(ann, title="Terbuang", deleted_at=now)
    client.force_login(ann)

    assert titles(client.get(reverse("list"))) == ["Baru", "Lama"]
    assert titles(client.get(reverse("archive"))) == ["Selesai"]


def test_an_entry_says_what_it_is(client: Client, ann: User) -> None:
    make_saved(ann, authors=["Sari", "Bima", "Laras"], word_count=601)
    client.force_login(ann)

    page = client.get(reverse("list")).content.decode()

    for words in (
        "Warga Menanam Pohon di Tepi Sungai",
        "Berita Contoh",
        "Sari, Bima dan Laras",
        "10 November 2020",
        "4 menit baca",
        "Warga menanam seratus pohon agar kampung mereka lebih teduh.",
    ):
        assert words in page


def test_an_entry_without_a_title_shows_its_link(client: Client, ann: User) -> None:
    make_saved(ann, state=State.QUEUED, url="https://www.berita.example/read/1/judul/")
    client.force_login(ann)

    assert titles(client.get(reverse("list"))) == ["berita.example/read/1/judul"]


@pytest.mark.parametrize("name", LISTS)
def test_a_stranger_goes_to_login_and_back(client: Client, ann: User, name: str) -> None:
    response = client.get(reverse(name))

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={reverse(name)}"


@pytest.mark.parametrize("name", LISTS)
def test_another_persons_entries_are_not_there(client: Client, ann: User, ben: User, name: str) -> None:
    make_saved(ben)
    make_saved(ben, archived_at=timezone.now())
    client.force_login(ann)

    assert titles(client.get(reverse(name))) == []


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_read_only(client: Client, ann: User, name: str) -> None:
    client.force_login(ann)

    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("before", ["nonsense", "LTEuMQ", "%00", "a" * 500])
def test_a_senseless_cursor_shows_the_first_page(client: Client, ann: User, before: str) -> None:
    make_saved(ann, title="Ada")
    client.force_login(ann)

    response = client.get(reverse("list"), {"before": before})

    assert titles(response) == ["Ada"]


@pytest.mark.parametrize("address", ["/", "/search/?q=pohon"])
def test_who_saves_data_is_shown_no_pictures_in_lists(client: Client, ann: User, address: str) -> None:
    make_saved(ann, title="Pohon")
    index_backlog(10)
    client.force_login(ann)

    assert "entries--thrifty" not in client.get(address).text
    assert "entries--thrifty" in client.get(address, headers={"Save-Data": "on"}).text
    User.objects.update(saves_data=True)
    assert "entries--thrifty" in client.get(address).text


def test_who_has_read_everything_is_not_told_how_to_begin(client: Client, ann: User) -> None:
    client.force_login(ann)
    assert "https://www.kompas.com/…" in client.get("/").text

    make_saved(ann, archived_at=timezone.now())
    page = client.get("/").text

    assert "Semua sudah dibaca" in page
    assert "https://www.kompas.com/…" not in page


def test_a_page_whose_entries_went_leads_back_to_the_first(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    page = client.get("/", {"before": Cursor("saved", saved.saved_at, saved.pk).encode()}).text

    assert "Tidak ada lagi setelah ini" in page
    assert '<a href="/">Kembali ke halaman pertama</a>' in page


@pytest.mark.parametrize("name", LISTS)
def test_the_query_count_stays_flat(
    client: Client, ann: User, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(ann)
    client.get(reverse(name))
    counts: list[int] = []
    for _ in range(2):
        for state in [State.READY, State.QUEUED, State.FETCHING, State.PARTIAL, State.FAILED] * 2:
            saved = make_saved(
                ann,
                state=state,
                lead_image_url=f"https://gambar.example/{len(counts)}.jpg",
                archived_at=timezone.now() if name == "archive" else None,
                starred_at=timezone.now() if name == "starred" else None,
                deleted_at=timezone.now() if name == "trash" else None,
            )
            make_picture(saved.article, saved.article.lead_image_url)
        with django_assert_max_num_queries(6) as queries:
            client.get(reverse(name))
        counts.append(len(queries))

    # Session, user, entries with their tags and pictures, how many the lists hold.
    assert counts == [4, 4]


def test_older_entries_are_a_link_away_and_the_newest_again(client: Client, ann: User) -> None:
    now = timezone.now()
    for number in range(21):
        make_saved(ann, title=f"Artikel {number}", saved_at=now - timedelta(minutes=number))
    client.force_login(ann)

    first = client.get(reverse("list"))
    second = client.get(first.context["shelf"].older_url)

    assert len(titles(first)) == 20
    assert titles(second) == ["Artikel 20"]
    assert second.context["shelf"].newest_url == reverse("list")
    assert second.context["shelf"].older_url == ""


@pytest.mark.parametrize(
    ("code", "is_due", "expected"),
    [
        ("page_gone", False, "Menurut situsnya, halaman ini tidak ada."),
        ("publisher_busy", True, "Kami akan mencobanya lagi pada"),
    ],
)
def test_a_failure_says_why_and_what_next(
    client: Client, ann: User, code: str, is_due: bool, expected: str
) -> None:
    article = make_article(
        state=State.FAILED,
        error_code=code,
        next_attempt_at=timezone.now() + timedelta(hours=1) if is_due else None,
    )
    make_saved(ann, article=article)
    client.force_login(ann)

    page = client.get(reverse("list")).content.decode()

    assert expected in page
    assert reverse("retry", args=[article.pk]) in page


def test_a_page_polls_only_while_something_is_pending(client: Client, ann: User) -> None:
    make_saved(ann)
    client.force_login(ann)
    assert client.get(reverse("list")).context["shelf"].poller is None

    pending = make_saved(ann, state=State.QUEUED)

    response = client.get(reverse("list"))
    assert f"ids={pending.article_id}" in response.context["shelf"].poller.url
    assert "Muat ulang" in response.content.decode()


@pytest.mark.parametrize(
    "undo", ["archive-{own}", "delete-{own}", "archive-{other}", "x", "archive-", "archive-9" * 9]
)
def test_undo_is_offered_only_for_what_is_really_so(client: Client, ann: User, ben: User, undo: str) -> None:
    own, other = make_saved(ann), make_saved(ben, archived_at=timezone.now())
    client.force_login(ann)

    text = undo.format(own=own.article_id, other=other.article_id)
    response = client.get(reverse("list"), {"undo": text})

    assert response.status_code == 200
    assert response.context["shelf"].undo is None
