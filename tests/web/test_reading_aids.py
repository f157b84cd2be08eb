"""What helps while reading: contents, position, related links, saving data, the way back."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from reader.models import SavedArticle, StoryPair, User
from reader.services.preferences import set_reading
from reader.web.counts import count_and_find_under_way
from tests.builders import make_article, make_asset, make_highlight, make_picture, make_saved

pytestmark = pytest.mark.django_db

LONG = "".join(
    f"<h2>Bagian &lt;{number}&gt; <em>penting</em></h2><p>Isi.</p><h3>Rinci {number}</h3><h4>x</h4>"
    for number in range(1, 4)
)


def address(saved: SavedArticle, name: str = "reading") -> str:
    return reverse(name, args=[saved.article_id])


def read(client: Client, saved: SavedArticle, **headers: str) -> str:
    client.force_login(saved.user)
    page: str = client.get(address(saved), headers=headers).text
    return page


# --- contents ---


def test_a_long_article_has_contents_that_lead_to_its_headings(client: Client, ann: User) -> None:
    page = read(client, make_saved(ann, content=LONG, word_count=1500))

    lines = re.findall(r'<li ?(.*?)><a href="#(section-\d)">(.*?)</a>', page)
    assert lines[:2] == [
        ("", "section-1", "Bagian &lt;1&gt; penting"),
        ('class="contents-below"', "section-2", "Rinci 1"),
    ]
    assert len(lines) == 6
    assert '<h2><span id="section-1"></span>Bagian' in page
    prose = re.search('<div class="prose" ?>(.*?)</div>', page, re.DOTALL)
    assert prose
    assert re.sub(r'<span id="section-\d"></span>', "", prose[1]) == LONG


@pytest.mark.parametrize(
    ("content", "words"), [(LONG, 400), ("<h2>Satu</h2><p>a</p><h2>Dua</h2><p>b</p>", 2000)]
)
def test_a_short_one_or_one_with_few_headings_is_read_through(
    client: Client, ann: User, content: str, words: int
) -> None:
    assert "section-1" not in read(client, make_saved(ann, content=content, word_count=words))


# --- how things stand ---


def test_words_of_a_title_that_are_doubled_stay_on_one_line(client: Client, ann: User) -> None:
    page = read(client, make_saved(ann, title="Detik-detik <b>Anak-anak</b> Non-penyelenggaraan 2020-21"))

    assert (
        '<span class="unbroken">Detik-detik</span> &lt;b&gt;<span class="unbroken">Anak-anak</span>&lt;/b&gt;'
        " Non-penyelenggaraan 2020-21</h1>"
    ) in page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ar", ' lang="ar" dir="rtl"'),
        ("ms-Arab", ' lang="ms-Arab" dir="rtl"'),
        ("id", ' lang="id"'),
        ("", ' dir="auto"'),
    ],
)
def test_a_text_runs_as_its_language_does(client: Client, ann: User, language: str, told: str) -> None:
    saved = make_saved(ann, language=language, title="Judul", word_count=100)
    make_highlight(saved, "bibit")

    page = read(client, saved)

    assert f'<article class="article" id="article"{told} data-source' in page
    assert f'<blockquote class="highlight-quote hl--yellow"{told}>' in page
    assert ("css/writing.css" in page) == (language != "id")
    assert (f"{told}>Judul</a>" in client.get("/").text) == bool(language)


def test_the_word_for_a_picture_is_no_caption_of_one_that_is_there(client: Client, ann: User) -> None:
    figure = '<figure><figcaption><a href="{}">{}</a></figcaption></figure>'
    there, gone = "https://gambar.example/ada.jpg", "https://gambar.example/hilang.jpg"
    content = "<p>Satu.</p>" + figure.format(there, "Foto") + figure.format(gone, "Foto")
    content += figure.format(there, "Warga menanam")
    saved = make_saved(ann, content=content, are_pictures_listed=True)
    make_picture(saved.article, there, asset=make_asset())

    page = read(client, saved)

    assert page.count('<figure><span data-aside class="bare"></span><a data-aside class="picture"') == 1
    assert page.count('<figure><a data-aside class="picture"') == 1
    assert page.count("<figure><figcaption>") == 1


# --- position ---


def test_where_one_was_is_kept_and_taken_up_on_the_next_device(client: Client, ann: User) -> None:
    saved = make_saved(ann, word_count=2000)
    client.force_login(ann)

    answer = client.post(
        address(saved, "note-progress"), {"progress": "400", "position": "3.250", "ago": "2"}
    )

    assert answer.json() == {"archived": False}
    page = read(client, saved)
    assert 'data-position="3.250"' in page
    assert "Sisa 6 menit" in page
    assert "6 minutes left" in read(client, saved, **{"Accept-Language": "en"})


def test_a_device_that_tells_late_changes_nothing(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)
    client.post(address(saved, "note-progress"), {"progress": "400", "position": "3.25"})
    client.post(
        address(saved, "note-progress"), {"progress": "100", "position": "1", "ago": "500", "done": "1"}
    )

    saved.refresh_from_db()
    assert (saved.progress, saved.position) == (400, 3.25)


@pytest.mark.parametrize("value", ["", "nan", "-inf", "1e400", "x", "9" * 5000])
def test_nonsense_is_no_position(client: Client, ann: User, value: str) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    answer = client.post(
        address(saved, "note-progress"), {"progress": value, "position": value, "ago": value}
    )

    assert answer.status_code == 200
    saved.refresh_from_db()
    assert 0 <= saved.progress <= 1000


@pytest.mark.parametrize(("likes_it", "done"), [(True, "1"), (True, ""), (False, "1")])
def test_what_is_read_to_its_end_is_archived_for_who_likes_it(
    client: Client, ann: User, likes_it: bool, done: str
) -> None:
    saved = make_saved(ann)
    set_reading(user=ann, values={"archives_at_end": likes_it})
    client.force_login(ann)

    answer = client.post(address(saved, "note-progress"), {"progress": "1000", "position": "9", "done": done})

    saved.refresh_from_db()
    assert (saved.archived_at is not None) == bool(likes_it and done) == answer.json()["archived"]


def test_who_has_finished_begins_at_the_top_again(client: Client, ann: User) -> None:
    saved = make_saved(ann, progress=1000, position=9, read_at=timezone.now())

    assert 'data-position=""' in read(client, saved)


def test_the_list_begins_with_what_was_read_last_and_not_to_its_end(
    client: Client, ann: User, ben: User
) -> None:
    now = timezone.now()
    make_saved(ann, title="Lebih Dulu", progress=300, read_at=now - timedelta(hours=1))
    saved = make_saved(ann, title="Terakhir: <Dibaca>", progress=500, read_at=now, word_count=2000)
    make_saved(ann, title="Kilasan", progress=10, read_at=now)
    make_saved(ann, title="Selesai", progress=990, read_at=now)
    make_saved(ann, title="Arsip", progress=500, read_at=now, archived_at=now)
    make_saved(ben, title="Punya Ben", progress=500, read_at=now)
    client.force_login(ann)

    page = client.get("/").text

    row = f'<a href="{address(saved)}">Lanjutkan membaca: <cite>Terakhir: &lt;Dibaca&gt;</cite></a>'
    assert f"{row} <span>Sisa 5 menit</span>" in page
    for other in ("/archive/", "/all/", "/?length=long"):
        assert "Lanjutkan membaca" not in client.get(other).text
    SavedArticle.objects.of(ann).update(progress=0)
    assert "Lanjutkan membaca" not in client.get("/").text


def test_what_is_being_read_is_found_by_index(ann: User) -> None:
    with CaptureQueriesContext(connection) as queries:
        count_and_find_under_way(ann)
    if connection.vendor != "sqlite":
        return  # PostgreSQL chooses by its statistics, and has none here.
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]

    assert any("saved_being_read" in step for step in plan)
    assert not any("SCAN s" in step or "TEMP B-TREE" in step for step in plan)


# --- related links ---

RELATED = [
    {"title": "Baru", "url": "https://berita.example/baru"},
    {"title": "Sudah Ada", "url": "https://berita.example/ada?utm_source=x"},
    {"title": "Jaringan", "url": "http://10.0.0.1/"},
    {"title": "Tanpa Alamat", "url": ""},
]


def test_related_links_are_saved_with_one_tap_and_marked_when_they_are(
    client: Client, ann: User, ben: User
) -> None:
    saved = make_saved(ann, related=RELATED)
    known = make_saved(ann, article=make_article(url="https://berita.example/ada"))
    make_saved(ben, article=make_article(url="https://berita.example/baru"))
    page = read(client, saved)
    assert page.count('name="number"') == 1
    assert page.count("Ada di daftar Anda") == 1
    assert f'<a href="/articles/{known.article_id}/">Sudah Ada</a>' in page

    answer = client.post(address(saved, "save-related"), {"number": "0", "back": "archive"})

    assert answer["Location"] == f"{address(saved)}?back=archive#related"
    assert SavedArticle.objects.of(ann).filter(article__url="https://berita.example/baru").count() == 1
    assert read(client, saved).count("Ada di daftar Anda") == 2


@pytest.mark.parametrize(("number", "status"), [("4", 404), ("-1", 404), ("x", 404), ("", 404), ("3", 303)])
def test_only_what_the_article_names_is_saved(client: Client, ann: User, number: str, status: int) -> None:
    saved = make_saved(ann, related=RELATED)
    client.force_login(ann)

    assert client.post(address(saved, "save-related"), {"number": number}).status_code == status
    assert SavedArticle.objects.of(ann).count() == 1


def test_other_entries_of_the_story_are_named(client: Client, ann: User, ben: User) -> None:
    saved = make_saved(ann)
    other = make_saved(ann, title="Berita Itu di Tempat Lain", site_name="Kabar <Kita>")
    binned = make_saved(ann, title="Sudah Dibuang", deleted_at=timezone.now())
    for second in (other, binned):
        StoryPair.objects.create(user=ann, first=saved, second=second)

    page = read(client, saved)

    assert "Berita yang sama di daftar Anda" in page
    assert f'<a href="{address(other)}">Berita Itu di Tempat Lain</a>' in page
    assert "Kabar &lt;Kita&gt;" in page
    assert "Sudah Dibuang" not in page
    assert f'href="{address(saved)}"' in read(client, other)
    assert "Berita yang sama" not in read(client, make_saved(ben, article=saved.article))


def test_an_article_of_many_links_asks_as_many_questions(
    client: Client, ann: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    links = [{"title": f"Judul {number}", "url": f"https://berita.example/{number}"} for number in range(20)]
    saved = make_saved(ann, related=links)
    read(client, saved)

    with django_assert_num_queries(6):
        client.get(address(saved))


# --- saving data ---

PHOTO = "https://gambar.example/1.jpg"
FIGURE = (
    f'<p>a</p><figure><figcaption><a href="{PHOTO}" rel="noopener noreferrer">Warga</a></figcaption></figure>'
)


@pytest.mark.parametrize(("wish", "headers"), [(True, {}), (False, {"Save-Data": "on"})])
def test_pictures_wait_for_a_tap_where_data_is_saved(
    client: Client, ann: User, wish: bool, headers: dict[str, str]
) -> None:
    saved = make_saved(ann, content=FIGURE, lead_image_url=PHOTO, lead_image_caption="Warga")
    asset = make_asset(b"x" * 2048, width=900, height=600)
    make_picture(saved.article, PHOTO, asset=asset)
    set_reading(user=ann, values={"saves_data": wish})

    page = read(client, saved, **headers)

    assert "<img" not in page
    assert page.count(f'<a data-aside class="picture picture--waiting" href="/pictures/{asset.sha256}"') == 2
    assert '<svg width="1000" height="667"' in page
    assert "Tampilkan gambar</span>" not in page
    assert "1 gambar menunggu ketukan Anda (2,0\xa0KB)." in page
    assert "htmx" not in re.sub(r"<meta[^>]*>", "", page).partition("</head>")[0]


# --- the way back ---


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/starred/?sort=title", "/starred/?sort=title"),
        ("http://testserver/?length=long&before=x", "/?length=long"),
        ("http://testserver/tags/", "/"),
        ("http://testserver/nothing/", "/"),
        ("http://jahat.example/starred/", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_leads_to_the_list_that_one_came_from(
    client: Client, ann: User, referer: str, back: str
) -> None:
    saved = make_saved(ann)

    page = read(client, saved, Referer=referer)

    assert f'href="{back}#entry-{saved.article_id}"' in page.replace("&amp;", "&")


def test_a_star_given_here_leaves_the_page_where_it_is(client: Client, ann: User) -> None:
    saved = make_saved(ann)
    client.force_login(ann)

    answer = client.post(f"{address(saved)}star/", {"stay": "1", "back": "all", "length": "long"})

    assert answer["Location"] == f"{address(saved)}?back=all&length=long#foot"
    saved.refresh_from_db()
    assert saved.starred_at
