"""The copied text of a whole page becomes an article."""

import pytest

from reader.errors import NoArticle
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
