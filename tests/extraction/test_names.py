"""Bylines, in the page's data and in the text."""

import pytest
from lxml import html

from reader.extraction.names import lift_byline, split_names


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
