"""A second fetch: what changed is kept as a version, what is worse is not shown, what vanished is kept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reader import tasks
from reader.ingest import ingest, shown, source
from reader.ingest.compare import Verdict
from reader.models import Article, ArticleVersion, User
from reader.models.article_version import MAX_VERSIONS
from reader.sanitising import read_plain
from reader.values import ExtractedArticle, Page
from tests.builders import make_highlight, make_saved
from tests.ingest.conftest import Ingested
from tests.ingest.kompas_pages import URL as PAGED_URL
from tests.ingest.kompas_pages import make_kompas_page, text_of_pages
from tests.ingest.test_compare import OTHER, STORY
from tests.page_server import PageServer

pytestmark = pytest.mark.django_db

State = Article.State
URL = "https://berita.example/megapolitan/pohon-di-tepi-sungai"
TITLE = "Warga Menanam Pohon di Tepi Sungai"
WALL = "<html><head><title>Sebentar</title></head><body><p>Checking your browser</p></body></html>"


def make_html(paragraphs: list[str], title: str = TITLE, extra: str = "", head: str = "") -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<html lang=id><head><title>{title}</title><meta property=og:title content='{title}'>"
        f"<meta property=og:type content=article>{head}</head>"
        f"<body><article><h1>{title}</h1>{body}</article>{extra}</body></html>"
    )


def fetch_again(article: Article) -> Article:
    Article.objects.filter(pk=article.pk).update(state=State.QUEUED, attempts=0)
    ingest(article.pk)
    return Article.objects.get(pk=article.pk)


def test_highlights_follow_a_text_that_is_fetched_again(
    ann: User, server: PageServer, first: Article
) -> None:
    saved = make_saved(ann, article=first)
    kept, gone = make_highlight(saved, STORY[3][10:60]), make_highlight(saved, STORY[5][:50])
    new = "Rencana itu akhirnya ditunda sampai pekan depan karena hujan deras tidak juga reda sejak malam."
    server.add(URL, make_html(["Kalimat yang baru di awal.", *STORY[:5], new, *STORY[6:]]))
    Article.objects.filter(pk=first.pk).update(state=State.QUEUED, attempts=0)

    tasks.fetch_article.call_local(first.pk)

    start = read_plain(Article.objects.get(pk=first.pk).content).index(STORY[3][10:60])
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.start, gone.start, gone.quote) == (start, None, STORY[5][:50])
    assert (kept.is_stale, gone.is_stale) == (False, False)


@pytest.fixture
def first(server: PageServer, ingested: Ingested) -> Article:
    server.add(URL, make_html(STORY))
    article = ingested(URL)
    assert (article.state, article.changed_at) == (State.READY, None)
    return article


def test_changed_words_keep_the_earlier_text_as_a_version(server: PageServer, first: Article) -> None:
    server.add(URL, make_html([*STORY[:5], OTHER[0], *STORY[6:]], title="Pohon Ditanam di Tepi Sungai"))

    again = fetch_again(first)

    assert again.title == "Pohon Ditanam di Tepi Sungai"
    assert OTHER[0] in again.text
    assert again.changed_at is not None
    version = again.versions.get()
    assert (version.title, version.text, version.content) == (first.title, first.text, first.content)
    assert (version.word_count, version.why) == (first.word_count, "reworded")
    assert version.fetched_at == first.snapshots.order_by("pk")[0].fetched_at
    assert version.replaced_at == again.changed_at


def test_other_markup_around_the_same_words_is_no_change(server: PageServer, first: Article) -> None:
    bold = [f"<b>{each[:20]}</b>{each[20:]}" for each in STORY]
    server.add(URL, make_html(bold, extra="<footer>Hak cipta 2026</footer>"))

    again = fetch_again(first)

    assert again.changed_at is None
    assert not again.versions.exists()
    assert "<strong>" in again.content or "<b>" in again.content
    assert again.content_snapshots == [again.snapshots.order_by("pk").last().pk]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (make_html(STORY[:5]), "cut_short"),
        (make_html(OTHER, title="Harga Beras Naik"), "other_text"),
    ],
)
def test_a_worse_copy_is_kept_and_not_shown(server: PageServer, first: Article, page: str, why: str) -> None:
    server.add(URL, page)

    again = fetch_again(first)

    assert (again.state, again.error_code) == (State.READY, "")
    assert (again.content, again.title) == (first.content, first.title)
    assert (again.refused_why, again.refused_at is not None) == (why, True)
    assert [line for line in again.trace if line.startswith("not shown: a newer copy")]
    assert again.snapshots.count() == 2
    assert again.content_snapshots == first.content_snapshots
    assert not again.versions.exists()

    server.add(URL, make_html(STORY))
    back = fetch_again(again)

    assert (back.refused_why, back.refused_at) == ("", None)
    assert not [line for line in back.trace if line.startswith("not shown")]


def test_refusals_do_not_heap_up_in_the_trace(server: PageServer, first: Article) -> None:
    server.add(URL, make_html(STORY[:5]))

    again = fetch_again(fetch_again(fetch_again(first)))

    assert sum(line.startswith("not shown") for line in again.trace) == 1
    assert len(again.trace) == len(first.trace) + 1


def test_an_honest_correction_is_shown(server: PageServer, first: Article) -> None:
    server.add(URL, make_html(STORY[:5] + STORY[7:]))

    again = fetch_again(first)

    assert STORY[5] not in again.text
    assert again.versions.get().why == "shorter"
    assert STORY[5] in again.versions.get().text


def test_what_better_rules_leave_out_is_no_change_of_the_publishers(
    server: PageServer, first: Article
) -> None:
    """The row holds what older rules read: clutter that today's rules do not take."""
    clutter = "Unduh aplikasi kami di ponsel Anda sekarang juga. " * 8
    Article.objects.update(
        text=f"{first.text}\n\n{clutter}",
        content=f"{first.content}<p>{clutter}</p>",
        word_count=first.word_count + 64,
    )
    server.add(URL, make_html(STORY))
    server.add(URL, make_html([*STORY[:-1], STORY[-1].replace("warga", "penduduk")]))

    again = fetch_again(first)

    version = again.versions.get()
    assert clutter.strip() not in version.text
    assert version.text == first.text


def test_the_same_bytes_read_by_better_rules_make_no_version(server: PageServer, first: Article) -> None:
    Article.objects.update(text=f"{first.text}\n\nUnduh aplikasi kami.", word_count=first.word_count + 3)

    again = fetch_again(first)

    assert again.text == first.text
    assert (again.changed_at, again.versions.count()) == (None, 0)


def test_a_version_is_made_of_the_stored_text_where_its_snapshot_is_damaged(
    server: PageServer, first: Article
) -> None:
    snapshot = first.snapshots.get()
    snapshot.file.storage.delete(str(snapshot.file.name))
    server.add(URL, make_html([*STORY, OTHER[3]]))

    again = fetch_again(first)

    assert OTHER[3] in again.text
    assert again.versions.get().text == first.text


def test_a_lease_that_is_lost_while_the_older_text_is_read_changes_nothing(
    server: PageServer, first: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add(URL, make_html([*STORY, OTHER[3]]))
    extract = source.KeptSource.extract

    def lose_and_extract(self: source.KeptSource, page: Page) -> ExtractedArticle:
        if type(self) is source.KeptSource:
            late = timezone.now() + timedelta(hours=1)
            assert Article.objects.lease(first.pk, now=late) is not None
        return extract(self, page)

    monkeypatch.setattr(source.KeptSource, "extract", lose_and_extract)
    again = fetch_again(first)

    assert (again.state, again.text, again.versions.count()) == (State.FETCHING, first.text, 0)


def test_versions_have_an_end_and_the_first_stays(server: PageServer, first: Article) -> None:
    now = timezone.now()
    for number in range(MAX_VERSIONS + 5):
        Article.objects.update(title=f"Judul {number}")
        held = Article.objects.get()
        shown.keep_version(held, held, Verdict.REWORDED, now)

    kept = list(ArticleVersion.objects.order_by("pk").values_list("title", flat=True))
    assert len(kept) == MAX_VERSIONS
    assert (kept[0], kept[1], kept[-1]) == ("Judul 0", "Judul 6", "Judul 24")


def test_versions_have_an_end_in_size_too(
    server: PageServer, first: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.models.article_version.MAX_CHARACTERS", 100)
    for number in range(4):
        Article.objects.update(title=f"Judul {number}")
        held = Article.objects.get()
        shown.keep_version(held, held, Verdict.REWORDED, timezone.now())

    assert [each.title for each in ArticleVersion.objects.order_by("pk")] == ["Judul 0", "Judul 3"]


# --- several pages ---


def serve_pages(server: PageServer, *numbers: int) -> None:
    """Serve the first of three pages, and these; the others and the all-pages form are not there."""
    server.add(PAGED_URL, make_kompas_page(1, of=3))
    for number in ("all", 1, 2, 3):
        server.add(f"{PAGED_URL}?page={number}", "", status=404)
    for number in numbers:
        server.add(f"{PAGED_URL}?page={number}", make_kompas_page(number, of=3))


def test_a_copy_with_fewer_pages_is_not_shown(server: PageServer, ingested: Ingested) -> None:
    serve_pages(server, 2, 3)
    article = ingested(PAGED_URL)
    serve_pages(server, 2)

    again = fetch_again(article)

    assert (again.state, again.text, again.missing_pages) == (State.READY, text_of_pages(1, 2, 3), [])
    assert (again.refused_why, again.vanished_at) == ("less_complete", None)


def test_a_page_that_came_at_last_is_no_change_of_the_publishers(
    server: PageServer, ingested: Ingested
) -> None:
    serve_pages(server, 2)
    article = ingested(PAGED_URL)
    assert article.missing_pages == [3]
    serve_pages(server, 2, 3)

    again = fetch_again(article)

    assert (again.state, again.text) == (State.READY, text_of_pages(1, 2, 3))
    assert (again.changed_at, again.versions.count()) == (None, 0)
    assert len(again.content_snapshots) == 3


# --- vanished ---


def vanish(server: PageServer, how: str) -> None:
    if how == "home":
        server.add_redirect(URL, "https://www.berita.example/")
        server.add("https://www.berita.example/", make_html(OTHER, title="Beranda"))
    elif how == "soft":
        server.add(URL, "<html><head><title>404 Not Found</title></head><body><p>Maaf</p></body></html>")
    else:
        server.add(URL, "", status=int(how))


@pytest.mark.parametrize("how", ["404", "410", "soft", "home"])
def test_what_the_publisher_took_away_is_kept_and_says_when(
    server: PageServer, first: Article, how: str
) -> None:
    vanish(server, how)

    gone = fetch_again(first)

    assert (gone.state, gone.error_code, gone.text) == (State.READY, "", first.text)
    assert gone.vanished_at is not None
    assert gone.next_attempt_at is None
    assert fetch_again(gone).vanished_at == gone.vanished_at, "it vanished when that was first seen"

    server.add(URL, make_html(STORY))
    assert fetch_again(gone).vanished_at is None


@pytest.mark.parametrize("how", ["404", "soft"])
def test_what_was_never_read_failed(server: PageServer, ingested: Ingested, how: str) -> None:
    vanish(server, how)

    article = ingested(URL)

    assert (article.state, article.vanished_at) == (State.FAILED, None)


def test_another_article_at_the_address_does_not_bring_the_vanished_one_back(
    server: PageServer, first: Article
) -> None:
    vanish(server, "410")
    gone = fetch_again(first)
    server.add(URL, make_html(OTHER, title="Harga Beras Naik"))

    again = fetch_again(gone)

    assert (again.vanished_at, again.text) == (gone.vanished_at, first.text)


@pytest.mark.parametrize(
    ("final", "url", "is_home"),
    [
        ("https://www.berita.example/", URL, True),
        ("https://berita.example", URL, True),
        ("https://berita.example/index.html?dari=404", URL, True),
        ("https://berita.example/", "https://m.berita.example/baca/1", True),
        ("https://www.berita.example/", "https://desa.berita.example/baca/1", True),
        ("https://masuk.berita.example/", URL, False),
        ("https://lain.example/", URL, False),
        ("https://berita.example/megapolitan", URL, False),
        ("https://berita.example/", "https://berita.example/", False),
    ],
)
def test_the_home_page_of_an_article_is_known(final: str, url: str, is_home: bool) -> None:
    assert source.is_home_of(final, url) == is_home


def test_a_passing_failure_leaves_a_whole_text_whole(server: PageServer, first: Article) -> None:
    server.add(URL, "", status=503)

    again = fetch_again(first)

    assert (again.state, again.error_code, again.text) == (State.READY, "publisher_busy", first.text)
    assert again.next_attempt_at is not None
    assert again.vanished_at is None


def test_a_robot_check_says_so_and_changes_nothing(server: PageServer, first: Article) -> None:
    server.add(URL, WALL)

    again = fetch_again(first)

    assert (again.state, again.text, again.vanished_at) == (State.READY, first.text, None)
    assert again.error_code == "bot_wall"
