"""Pasting: saved at once, or a clear sentence; what is refused stays in the box."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.models import SavedArticle, User
from tests.builders import make_user

pytestmark = pytest.mark.django_db

SAVE = "/save/"
SENTENCE = "Warga kampung itu menanam bibit trembesi di tepi sungai sejak pagi buta bersama tetangga mereka."
TEXT = "Menanam di Tepi Sungai\n\n" + "\n\n".join(f"{SENTENCE} Alinea {number}." for number in range(6))
KOMPAS = "https://money.kompas.com/read/2021/03/04/101112526/judul-artikel"


def urls_of(user: User) -> list[str]:
    return [saved.article.url for saved in SavedArticle.objects.of(user).unread().newest_first()]


def test_a_pasted_link_is_on_the_list(client: Client, ann: User) -> None:
    client.force_login(ann)

    response = client.post(SAVE, {"links": KOMPAS})

    assert (response.status_code, response["Location"]) == (303, reverse("list"))
    page = client.get(reverse("list")).content.decode()
    assert "1 tautan disimpan" in page
    assert "Menunggu giliran" in page
    assert urls_of(ann) == [KOMPAS]


def test_a_known_link_moves_to_the_top_and_says_so(client: Client, ann: User) -> None:
    client.force_login(ann)
    client.post(SAVE, {"links": KOMPAS})
    client.post(SAVE, {"links": "https://berita.example/lain"})

    response = client.post(SAVE, {"links": KOMPAS + "?page=all"}, follow=True)

    assert "Sudah ada di daftar Anda; dipindah ke atas" in response.content.decode()
    assert urls_of(ann)[0] == KOMPAS
    assert len(urls_of(ann)) == 2


STAY = {"stay": "1", "back": "archive", "sort": "title"}
SEARCH = {"stay": "1", "back": "search", "q": "kopi"}


@pytest.mark.parametrize(
    ("stay", "here"), [(STAY, "/archive/?sort=title&"), (SEARCH, "/search/?q=kopi&"), ({"stay": "1"}, "/?")]
)
def test_who_saves_from_another_list_stays_there_and_can_undo_it(
    client: Client, ann: User, stay: dict[str, str], here: str
) -> None:
    client.force_login(ann)

    response = client.post(SAVE, {"links": KOMPAS, **stay})

    saved = SavedArticle.objects.get(user=ann)
    assert (response.status_code, response["Location"]) == (303, f"{here}undo=saved-{saved.article_id}")
    page = client.get(response["Location"]).content.decode()
    assert "Disimpan ke daftar belum dibaca:" in page
    assert f'<a href="/articles/{saved.article_id}/"><cite>money.kompas.com' in page
    assert f'action="/articles/{saved.article_id}/delete/"' in page


def test_several_that_are_saved_from_another_list_are_undone_together(
    client: Client, ann: User, ben: User
) -> None:
    client.force_login(ann)

    response = client.post(SAVE, {"links": f"{KOMPAS} https://berita.example/lain", **STAY})

    notice = client.get(response["Location"]).context["shelf"].undo
    assert notice.done == "2 disimpan ke daftar belum dibaca"
    ids = [value for name, value in notice.fields if name == "ids"]
    undone = client.post(notice.url, {"act": "delete", "scope": "ids", "ids": ids, "back": "archive"})
    assert undone["Location"].startswith("/archive/?many=")
    assert urls_of(ann) == []
    client.force_login(ben)
    assert client.get(response["Location"]).context["shelf"].undo is None


@pytest.mark.parametrize(
    ("links", "sentence"),
    [
        ("http://127.0.0.1/a", "http://127.0.0.1/a"),
        (f"{KOMPAS} http://127.0.0.1/a", "1 tautan disimpan"),
        (f"{KOMPAS} {KOMPAS}?page=all", "Disimpan ke daftar"),
        ("https:// ", "tautan"),
    ],
)
def test_what_is_refused_of_a_quick_save_is_told_where_one_is(
    client: Client, ann: User, links: str, sentence: str
) -> None:
    client.force_login(ann)

    response = client.post(SAVE, {"links": links, **STAY}, follow=True)

    assert response.redirect_chain[0][0].startswith("/archive/?sort=title")
    assert sentence in response.content.decode().partition('id="notices"')[2].partition("</div>\n")[0]


def test_what_was_known_is_said_where_one_is(client: Client, ann: User) -> None:
    client.force_login(ann)
    client.post(SAVE, {"links": KOMPAS})
    client.get("/")
    response = client.post(SAVE, {"links": KOMPAS, **STAY}, follow=True)
    assert response.redirect_chain == [("/archive/?sort=title", 303)]
    assert "Sudah ada di daftar Anda; dipindah ke atas" in response.content.decode()


def test_a_stranger_goes_to_login_without_a_dead_end(client: Client, ann: User) -> None:
    response = client.post(SAVE, {"links": KOMPAS})

    assert (response.status_code, response["Location"]) == (302, reverse("account_login"))
    assert not SavedArticle.objects.exists()


def test_each_list_is_ones_own(client: Client, ann: User, ben: User) -> None:
    client.force_login(ben)
    client.post(SAVE, {"links": KOMPAS})

    assert urls_of(ann) == []


@pytest.mark.parametrize("name", ["links", "url", "text", "title"])
def test_nothing_is_saved_by_get(client: Client, ann: User, name: str) -> None:
    client.force_login(ann)

    assert client.get(SAVE, {name: KOMPAS}).status_code == 200
    assert urls_of(ann) == []


def test_saving_needs_the_csrf_token(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)

    response = client.post(SAVE, {"links": KOMPAS})

    assert response.status_code == 403
    assert "Silakan ulangi" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Tidak ada tautan dalam teks ini, dan teksnya terlalu pendek"),
        ("tidak ada apa-apa", "Tidak ada tautan dalam teks ini, dan teksnya terlalu pendek"),
        ("javascript:alert(1)", "Hanya tautan yang diawali http:// atau https://"),
        ("http://127.0.0.1:80/admin", "Tautan ini mengarah ke jaringan pribadi."),
        ("http://[::1]/", "Tautan ini mengarah ke jaringan pribadi."),
        ("https://user:pass@berita.example/x", "Tautan ini memuat nama pengguna atau kata sandi."),
        ("https://berita.example:8443/x", "Tautan ini menyebut porta yang tidak lazim."),
        ("\n".join(f"https://berita.example/{n}" for n in range(10_000)), "Tautannya terlalu banyak"),
        ("kata " * 60_000, "Paling banyak 200.000 karakter"),
        ("Terkini Lainnya\n" * 60, "Tidak ditemukan artikel dalam teks ini."),
    ],
    ids=[
        *("nothing", "no link", "script", "private", "private v6", "credentials", "port", "ten thousand"),
        *("a book", "clutter"),
    ],
)
def test_nonsense_is_the_same_page_with_a_sentence(
    client: Client, ann: User, text: str, sentence: str
) -> None:
    client.force_login(ann)

    response = client.post(SAVE, {"links": text})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert response.context["box"].text == text
    assert urls_of(ann) == []


def test_good_links_are_saved_and_refused_ones_stay_in_the_box(client: Client, ann: User) -> None:
    client.force_login(ann)

    response = client.post(SAVE, {"links": f"{KOMPAS}\njavascript:alert(1)\nhttp://10.0.0.1/x"})

    assert response.status_code == 422
    assert urls_of(ann) == [KOMPAS]
    assert response.context["box"].text == "javascript:alert(1)\nhttp://10.0.0.1/x"
    assert "1 tautan disimpan" in response.content.decode()


def test_many_refusals_are_counted_not_listed(client: Client, ann: User) -> None:
    client.force_login(ann)

    response = client.post(SAVE, {"links": "\n".join(f"http://10.0.0.{n}/" for n in range(1, 15))})

    assert len(response.context["box"].refusals) == 10
    assert "dan 4 lagi" in response.content.decode()


def test_what_was_pasted_comes_back_as_text_not_as_markup(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = client.post(SAVE, {"links": "</textarea><script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;/textarea&gt;" in page


def test_saving_speaks_the_persons_language(client: Client) -> None:
    client.force_login(make_user("eve", language="en"))

    page = client.post(SAVE, {"links": "https://berita.example/1 https://berita.example/2"}, follow=True)

    assert "2 links saved" in page.content.decode()


def test_a_pasted_text_is_ready_to_read_at_once(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = client.post(SAVE, {"links": TEXT.replace("\n", "\r\n")}, follow=True).content.decode()

    saved = SavedArticle.objects.of(ann).unread().get()
    assert "Teks disimpan sebagai artikel" in page
    assert "Menanam di Tepi Sungai" in page
    assert "Teks tempelan" in page
    assert "Halaman asli" not in page
    assert 'href=""' not in page
    text = client.get(reverse("reading", args=[saved.article_id])).content.decode()
    assert text.count(SENTENCE) == 6
    assert 'href=""' not in text
    assert "Buka halaman asli" not in text
    assert "Coba lagi" not in text


def test_the_original_of_a_pasted_text_is_the_address_that_it_tells(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = client.post(SAVE, {"links": f"{KOMPAS}\n\n{TEXT}"}, follow=True).content.decode()

    assert f'href="{KOMPAS}"' in page


def test_nobody_else_reads_what_one_person_pasted(client: Client, ann: User, mia: User) -> None:
    client.force_login(ann)
    client.post(SAVE, {"links": TEXT})
    article = SavedArticle.objects.of(ann).get().article_id

    client.force_login(mia)
    assert client.get(reverse("reading", args=[article])).status_code == 404
    assert client.get(reverse("admin:reader_article_change", args=[article])).status_code == 302
    for table in ("article", "snapshot"):
        desk = client.get(reverse(f"admin:reader_{table}_changelist"))
        assert desk.context["cl"].result_count == 0
