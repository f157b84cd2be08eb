"""The title among what a page tells: agreement with the headings, and the site's name cut off."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from reader.extraction.titles import Site, choose_title, without_site

SITE = Site.of(("Kabar Sungai", "PT Kabar Sungai"), "www.kabarsungai.example")


def choose(body: str, headline: str = "", *shared: str) -> str:
    return choose_title(headline, shared, html.document_fromstring(f"<body>{body}</body>"), SITE)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param("Warga Menanam Pohon - Kabar Sungai", "Warga Menanam Pohon", id="its name"),
        pytest.param("Warga Menanam Pohon | KABARSUNGAI", "Warga Menanam Pohon", id="its host"),
        pytest.param("Warga Menanam Pohon – Kabar Sungai Online", "Warga Menanam Pohon", id="a word more"),
        pytest.param("Warga Menanam Pohon :: contoh.co.id", "Warga Menanam Pohon", id="any address"),
        pytest.param("Kabar Sungai: Warga Menanam Pohon", "Warga Menanam Pohon", id="in front"),
        pytest.param("Warga Menanam Pohon -", "Warga Menanam Pohon", id="a loose end"),
        pytest.param("Warga Menanam Pohon » ☆☆☆☆☆", "Warga Menanam Pohon", id="signs alone"),
        pytest.param("Warga Berseru - Tanam!", "Warga Berseru - Tanam!", id="a word with a sign"),
        pytest.param("04.05.2024 - Warga Menanam Pohon", "Warga Menanam Pohon", id="a day in front"),
        pytest.param("Warga - Pohon - Kabar Sungai", "Warga - Pohon", id="only the last part"),
        pytest.param(
            "Banjir: Warga Mengungsi - Lurah Datang", "Banjir: Warga Mengungsi - Lurah Datang", id="none"
        ),
        pytest.param("«Pohon Kami Tumbang»", "«Pohon Kami Tumbang»", id="quotes stay"),
        pytest.param("Nama <i>Ikan</i> Baru", "Nama Ikan Baru", id="tags in a text"),
        pytest.param("Kabar Sungai", "", id="nothing else"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(told: str, expected: str) -> None:
    assert without_site(told, SITE) == expected


@pytest.mark.parametrize(
    ("body", "headline", "shared", "expected"),
    [
        pytest.param(
            "<h1>Warga Menanam Pohon</h1>", "Warga Menanam Pohon - Berita", (), "Warga Menanam Pohon",
            id="a heading that is one part of the headline",
        ),
        pytest.param(
            "<h1>Lingkungan Warga Menanam Pohon</h1>", "Warga Menanam Pohon", (), "Warga Menanam Pohon",
            id="a headline inside a heading with a kicker",
        ),
        pytest.param(
            "<h1>Warga Tanam 300 Pohon</h1>", "Pohon untuk Kota", ("Warga Tanam 300 Pohon",),
            "Warga Tanam 300 Pohon", id="two of three",
        ),
        pytest.param(
            "<h1>Warga Tanam Pohon di Tepi Kali</h1>", "Pohon untuk Kota", ("Kota Menanam",),
            "Pohon untuk Kota", id="three different: the headline",
        ),
        pytest.param(
            "<h1>Kabar Sungai</h1><h2>Warga Menanam Pohon</h2>", "", ("Kabar Sungai » Warga Menanam Pohon",),
            "Warga Menanam Pohon", id="the site's own h1",
        ),
        pytest.param(
            "<h1>Jurnal Ratna</h1><h3>Pohon Pertama Saya</h3>", "", ("Pohon Pertama Saya | Jurnal Ratna",),
            "Pohon Pertama Saya", id="a blog whose name nothing else tells",
        ),
        pytest.param(
            "<h1>Nasional</h1>", "", ("Warga Menanam Pohon - Kabar Sungai",), "Warga Menanam Pohon",
            id="a section as heading",
        ),
        pytest.param(
            "<h1>Tiga Ratus Pohon Ditanam Warga</h1>", "", ("Warga Tanam Tiga Ratus Pohon",),
            "Tiga Ratus Pohon Ditanam Warga", id="a heading in other words",
        ),
        pytest.param(
            "<h1><span>Kota Hijau</span><span> Warga Menanam</span></h1>", "", ("Kota Hijau: Warga Menanam",),
            "Kota Hijau: Warga Menanam", id="a kicker and a title without a sign between",
        ),
        pytest.param(
            "<h1>Warga ‘Menanam’ Pohon</h1>", "", ("Warga 'Menanam' Pohon",), "Warga ‘Menanam’ Pohon",
            id="the visible quotes",
        ),
        pytest.param(
            "<h1>Warga ‘Menanam’ Pohon</h1>", "Warga 'Menanam' Pohon", (), "Warga 'Menanam' Pohon",
            id="the headline's own quotes",
        ),
        pytest.param("<h1>Hanya Judul Ini</h1>", "", ("",), "Hanya Judul Ini", id="a heading alone"),
        pytest.param("<h1><style>h1{}</style>Judul Baru</h1>", "", (), "Judul Baru", id="style in a heading"),
        pytest.param("", "", (), "", id="nothing"),
    ],
)  # fmt: skip
def test_the_title_is_what_most_sources_agree_on(
    body: str, headline: str, shared: tuple[str, ...], expected: str
) -> None:
    assert choose(body, headline, *shared) == expected


@pytest.mark.parametrize(
    ("name", "is_staff"),
    [
        ("Tim Kabar Sungai", True),
        ("Redaksi KabarSungai", True),
        ("Kabar Sungai", True),
        ("Tim Wibowo", False),
    ],
)
def test_a_site_and_its_staff_are_no_person(name: str, is_staff: bool) -> None:
    assert SITE.is_staff(name) is is_staff


PIECES = st.sampled_from([
    "Warga", " Menanam", " - ", " | ", ": ", " » ", "Kabar Sungai", "kabarsungai.example", "<i>", "<", "☆",
    "»", "04.05.2024", "\u200b", "\ufdfa", "«", "新", "_", " ",
])  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=10).map("".join)))
@example(": |KABA")
def test_any_title_is_one_folded_line(told: str) -> None:
    for title in (without_site(told, SITE), choose("<h1>Warga Menanam</h1>", told, told)):
        assert title == " ".join(title.split())
        assert len(title) <= 400
