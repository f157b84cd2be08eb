"""The copied text of a whole page becomes an article."""

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import NoArticle, TooComplex
from reader.extraction import extract_text
from reader.values import Link

CAPTURE = """https://www.kompas.com/global/read/2020/11/10/ (address not known)

Baca berita tanpa iklan. Gabung Kompas.com+

Kapal Perpustakaan Singgah di Pulau Kecil

Kompas.com - 10/11/2020, 14:38 WIB
Ratna Wulandari,

Bayu Prakoso

Tim Redaksi

Lihat Foto

AMBON, KOMPAS,com - Kapal perpustakaan singgah di pulau kecil untuk pertama kali.

Baca juga: Rumah Baca di Dermaga

Anak-anak menunggu di dermaga sejak pagi.

Simak breaking news dan berita pilihan kami langsung di ponselmu. Pilih saluran andalanmu.

Video rekomendasi
Video lainnya

Terkini Lainnya

Berita Lain yang Bukan Isi

Global
Baca berita tanpa iklan. Gabung Kompas.com+
Close Ads
"""


def test_a_capture_becomes_an_article() -> None:
    article = extract_text(CAPTURE)

    assert article.title == "Kapal Perpustakaan Singgah di Pulau Kecil"
    assert article.published is not None
    assert article.published.isoformat() == "2020-11-10T14:38:00+07:00"
    assert (article.authors, article.editor) == (("Ratna Wulandari",), "Bayu Prakoso")
    assert article.text.split("\n\n") == [
        "AMBON, KOMPAS,com - Kapal perpustakaan singgah di pulau kecil untuk pertama kali.",
        "Anak-anak menunggu di dermaga sejak pagi.",
    ]
    assert article.related == (Link("Rumah Baca di Dermaga"),)
    assert article.dateline == "AMBON, KOMPAS,com -"
    assert (article.extractor, article.site_name) == ("capture", "Kompas.com")
    assert article.canonical_url == "https://www.kompas.com/global/read/2020/11/10/"


@pytest.mark.parametrize(
    ("names", "authors", "editor"),
    [
        pytest.param("Ratna Wulandari\nPenulis", ("Ratna Wulandari",), "", id="one writer"),
        pytest.param("Ratna Wulandari\nPenulis\nBayu Prakoso\nEditor", ("Ratna Wulandari",), "Bayu Prakoso", id="labels after names"),  # noqa: E501
        pytest.param("Penulis Ratna Wulandari | Editor Bayu Prakoso", ("Ratna Wulandari",), "Bayu Prakoso", id="one line"),  # noqa: E501
        pytest.param("Editor Bayu Prakoso", (), "Bayu Prakoso", id="editor only"),
    ],
)  # fmt: skip
def test_names_are_read_in_every_form(names: str, authors: tuple[str, ...], editor: str) -> None:
    article = extract_text(CAPTURE.replace("Ratna Wulandari,\n\nBayu Prakoso\n\nTim Redaksi", names))

    assert (article.authors, article.editor) == (authors, editor)
    assert article.text.startswith("AMBON")


def test_a_text_without_a_date_begins_with_its_title() -> None:
    article = extract_text("Judul\n\nSatu dua tiga empat lima enam.\n\n<b>bukan</b> markah & tanda.")

    assert article.title == "Judul"
    assert article.text == "Satu dua tiga empat lima enam.\n\n<b>bukan</b> markah & tanda."
    assert "<b>" not in article.content


@pytest.mark.parametrize("text", ["", "Judul saja", "https://kabar.example/1"])
def test_a_text_without_an_article_is_refused(text: str) -> None:
    with pytest.raises(NoArticle):
        extract_text(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("kata " * 1_000_000, id="one line of 5 MB"),
        pytest.param("\0" * 5_000_000, id="5 MB of NULs"),
        pytest.param("&<>" * 100_000, id="marks"),
        pytest.param("\n".join(f"Kalimat nomor {number} panjang." for number in range(4_900)), id="lines"),
        pytest.param("a\n" * 190_000, id="too many lines"),
        pytest.param("\n".join("(" * 45 for _ in range(4_900)), id="opened and never closed"),
        pytest.param("\n".join("ab" * 390 for _ in range(500)), id="told twice again and again"),
        pytest.param("\n".join("artikel ini telah tayang di dengan judul " * 9 for _ in range(990)), id="suffixes"),  # noqa: E501
        pytest.param("\n".join("Ikuti " + "x " * 190 for _ in range(990)), id="almost a promotion"),
        pytest.param("Baca juga:\n" * 4_900, id="labels alone"),
    ],
)  # fmt: skip
def test_a_hostile_text_costs_little_and_gives_an_article_or_an_error(text: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(NoArticle, TooComplex):
        extract_text(text)
    assert time.process_time() - begun < 2


@given(st.text(max_size=400), st.text(max_size=30))
def test_any_text_gives_an_article_or_an_error(text: str, url: str) -> None:
    with contextlib.suppress(NoArticle, TooComplex):
        extract_text(text, f"https://kabar.example/{url}")


def test_control_characters_are_spaces() -> None:
    article = extract_text(CAPTURE.replace("untuk pertama", "untuk\0pertama").replace("\n", "\r\n"))

    assert article.text.startswith(
        "AMBON, KOMPAS,com - Kapal perpustakaan singgah di pulau kecil untuk pertama"
    )


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        pytest.param("Kompas.com - 10/11/2020, 14:38 WIB", "2020-11-10T14:38:00+07:00", None, id="2019-2025"),
        pytest.param("Kompas.com, 10 November 2025, 14:38 WIB", "2025-11-10T14:38:00+07:00", None, id="2025"),
        pytest.param("Kompas.com - Diperbarui 12/11/2020, 09:05 WIB", "2020-11-10", "2020-11-12T09:05:00+07:00", id="updated"),  # noqa: E501
        pytest.param("Kompas.com, Diperbarui 12/11/2025, 09:05 WIB", "2020-11-10", "2025-11-12T09:05:00+07:00", id="updated 2025"),  # noqa: E501
        pytest.param("Selasa, 10 November 2015 | 14:38 WIB", "2015-11-10T14:38:00+07:00", None, id="2015"),
        pytest.param("November 10, 2020, 2.38 PM", "2020-11-10T14:38:00+07:00", None, id="English"),
        pytest.param("Tayang: Selasa, 10 November 2020 14:38 WITA", "2020-11-10T14:38:00+08:00", None, id="Tribun"),  # noqa: E501
        pytest.param("10 November 2020   14:38 Diperbarui: 12 November 2020   09:05 141", "2020-11-10T14:38:00+07:00", "2020-11-12T09:05:00+07:00", id="both"),  # noqa: E501
    ],
)  # fmt: skip
def test_the_time_is_read_in_every_form(line: str, published: str, modified: str | None) -> None:
    text = CAPTURE.replace("Kompas.com - 10/11/2020, 14:38 WIB", line)
    article = extract_text(text.replace("2020/11/10/", "2020/11/10/kapal"))

    assert article.title == "Kapal Perpustakaan Singgah di Pulau Kecil"
    assert article.published is not None
    assert article.published.isoformat() == published
    assert (article.modified.isoformat() if article.modified else None) == modified


@pytest.mark.parametrize(
    "line",
    [
        "Baca berita tanpa iklan. Gabung Kompas.com+",
        "Lihat Foto",
        "SHUTTERSTOCK/Arta N Ilustrasi dermaga.",
        "Perahu di dermaga.(Dok. Pengelola Dermaga)",
        "Perahu di dermaga Dok. PengelolaPerahu di dermaga",
        "Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas.com.",
        "Baca selengkapnya di sini.",
        "[Gambas:Video 20detik]",
        "ADVERTISEMENT",
        "Ikuti berita terbaru di saluran WhatsApp Channel kami",
    ],
)
def test_what_stands_between_the_paragraphs_goes(line: str) -> None:
    between = "Anak-anak menunggu di dermaga sejak pagi."
    article = extract_text(CAPTURE.replace(between, f"{between}\n\n{line}\n\nKapal pergi sore itu juga."))

    assert article.text.split("\n\n")[1:] == [between, "Kapal pergi sore itu juga."]


@pytest.mark.parametrize(
    "line",
    [
        "Sumber itu menambahkan, kapal akan kembali.",
        "Selanjutnya kapal berlayar ke utara.",
        "Tag Heuer menyumbang jam dinding.",
        "Penulis buku itu menolak berkomentar.",
        "Copyright adalah hak cipta, kata ahli itu.",
        "Google News kini memuat berita dari pulau itu.",
        "1912",
        "Baca juga aturan itu sebelum mendaftar, pesan panitia.",
    ],
)
def test_a_sentence_that_begins_like_clutter_stays(line: str) -> None:
    between = "Anak-anak menunggu di dermaga sejak pagi."
    article = extract_text(CAPTURE.replace(between, f"{between}\n\n{line}\n\nKapal pergi sore itu juga."))

    assert line in article.text.split("\n\n")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        pytest.param('Artikel ini telah tayang di Kompas.com dengan judul "Kapal Buku", Klik untuk baca: https://kabar.example/kapal.', "Kapal Buku", id="title and address"),  # noqa: E501
        pytest.param("Sumber: https://kabar.example/kapal. Membership: https://kmp.im/plus6 Download aplikasi: https://kmp.im/app6", "Kapal Perpustakaan Singgah di Pulau Kecil", id="2025"),  # noqa: E501
        pytest.param("Source: https://kabar.example/kapal", "Kapal Perpustakaan Singgah di Pulau Kecil", id="address"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_a_site_adds_to_copied_text_tells_the_address(line: str, title: str) -> None:
    text = CAPTURE.partition("Simak breaking")[0].partition("\n\n")[2]
    article = extract_text(f"{text}\n{line}")

    assert article.canonical_url == "https://kabar.example/kapal"
    assert article.title == title
    assert article.text.endswith("sejak pagi.")
