"""Bylines, in the page's data and in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from reader.extraction.names import lift_byline, people_in, split_names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sari Dewi", ["Sari Dewi"]),
        ("Kontributor Solo, Labib Zamani", ["Kontributor Solo", "Labib Zamani"]),
        ("Oleh: Sari Dewi dan Budi Hartono", ["Sari Dewi", "Budi Hartono"]),
        (
            "Dr. Sari Dewi, M.Si., Budi Hartono, S.H., M.Hum.",
            ["Dr. Sari Dewi, M.Si.", "Budi Hartono, S.H., M.Hum."],
        ),
        ("", []),
    ],
)
def test_names_are_split(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("first", "names", "is_kept"),
    [
        pytest.param("Oleh: Sari dan Budi", ["Sari", "Budi"], False, id="a byline"),
        pytest.param("Ratna Wulandari", [], False, id="the author again"),
        pytest.param("Oleh karena itu, warga menanam pohon.", [], True, id="a sentence"),
        pytest.param("kata " * 60, [], True, id="a long paragraph"),
    ],
)
def test_a_byline_above_the_text_is_lifted(first: str, names: list[str], is_kept: bool) -> None:
    content = html.fragment_fromstring(f"<p>{first}</p><p>Isi.</p>", create_parent="div")

    assert lift_byline(content, ("Ratna Wulandari",)) == names
    assert len(content) == 1 + is_kept


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("By Sari Dewi", ["Sari Dewi"], id="by"),
        pytest.param("Ditulis oleh: Sari Dewi", ["Sari Dewi"], id="oleh"),
        pytest.param("Von Sari Dewi und Budi Hartono", ["Sari Dewi", "Budi Hartono"], id="von, und"),
        pytest.param("Par Sari Dewi et Budi Hartono", ["Sari Dewi", "Budi Hartono"], id="par, et"),
        pytest.param("Por Sari Dewi y Budi Hartono", ["Sari Dewi", "Budi Hartono"], id="por, y"),
        pytest.param("Sari Ortega y Gasset", ["Sari Ortega y Gasset"], id="y inside a name"),
        pytest.param("Sari Dewi og Budi Hartono", ["Sari Dewi", "Budi Hartono"], id="og"),
        pytest.param("Sari Dewi, Budi Hartono & Ratna", ["Sari Dewi", "Budi Hartono", "Ratna"], id="a list"),
        pytest.param("Dr. Sari Dewi, M.Si.", ["Dr. Sari Dewi, M.Si."], id="a degree"),
        pytest.param("Sari Dewi (sad)", ["Sari Dewi"], id="initials"),
        pytest.param("Sari Dewi | 4 Mei 2024", ["Sari Dewi"], id="a date"),
        pytest.param("Sari Dewi 4 Mei 2024", ["Sari Dewi"], id="a date without a sign"),
        pytest.param("Posted on 4 May 2024 by Sari Dewi", ["Sari Dewi"], id="a date before"),
        pytest.param("Datum: 04.05.2024 Autor: Sari Dewi", ["Sari Dewi"], id="a label within"),
        pytest.param("Sari Dewi, Staff Writer", ["Sari Dewi"], id="a job"),
        pytest.param("Sari Dewi, Kontributor Bandung", ["Sari Dewi"], id="a job in Indonesian"),
        pytest.param("Sari Dewi, dpa", ["Sari Dewi"], id="an agency"),
        pytest.param("Sari Dewi/AFP", ["Sari Dewi"], id="an agency after a stroke"),
        pytest.param("Sari Dewi sari@kabar.example", ["Sari Dewi"], id="an e-mail"),
        pytest.param("sari@kabar.example", [], id="only an e-mail"),
        pytest.param("Sari Dewi @saridewi", ["Sari Dewi"], id="a handle"),
        pytest.param("https://kabar.example/penulis/sari", [], id="an address"),
        pytest.param("kabar.example.com", [], id="a host"),
        pytest.param("admin", [], id="nobody"),
        pytest.param("Penerbit Pohon GmbH, Bonn, Germany", [], id="a company and its place"),
        pytest.param("Kementerian Pohon, Sungai dan Danau", [], id="a ministry"),
        pytest.param("Alle Artikel von Sari Dewi", ["Sari Dewi"], id="a link to all articles"),
        pytest.param("By Sari Dewi May 4, 2024", ["Sari Dewi"], id="a month"),
        pytest.param("Sabtu", [], id="a weekday"),
        pytest.param("AFP Deutschland, Sid Wibowo", ["Sid Wibowo"], id="an agency, and a name like one"),
        pytest.param("Di Marco, Dan Wibowo", ["Di Marco", "Dan Wibowo"], id="names like small words"),
        pytest.param("Ahmad El Baradei", ["Ahmad El Baradei"], id="a particle in a capital"),
        pytest.param("di Sari Dewi", ["Sari Dewi"], id="di"),
        pytest.param("Warga: Pohon Kami Tumbang", [], id="a headline"),
        pytest.param("105092", [], id="a number"),
        pytest.param("Oleh", [], id="a label alone"),
        pytest.param("Sari Dewi for Kabar Sungai", ["Sari Dewi"], id="for a paper"),
        pytest.param("Ahmad bin Yusuf", ["Ahmad bin Yusuf"], id="a particle"),
        pytest.param("menanam pohon", [], id="small letters"),
        pytest.param("Satu Dua Tiga Empat Lima Enam Tujuh", [], id="too many words"),
        pytest.param("a," * 5_000, [], id="a long text"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_people_are_found_among_other_words(text: str, names: list[str]) -> None:
    assert people_in(text) == names


def test_a_certain_name_may_be_in_small_letters() -> None:
    assert people_in("pohon_kita", is_certain=True) == ["pohon_kita"]


PIECES = st.sampled_from([
    "Oleh ", "By ", "Von ", "Penulis: ", "Ratna", "Wulandari", "Dr. ", "M.Si.", ", ", " dan ", " & ", " | ",
    "/", " (Solo)", "a@b.id", "AFP", " in ", " for ", "12 Mei", "©", "\u200b", "A", ".", "-", "@x", "https://x.id",
])  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map("".join)), st.booleans())
def test_names_are_folded_texts_each_once(text: str, is_certain: bool) -> None:
    for names in (people_in(text, is_certain=is_certain), split_names(text)):
        assert all(name and name == " ".join(name.split()) and len(name) <= 200 for name in names)
    assert len(set(people_in(text))) == len(people_in(text))
