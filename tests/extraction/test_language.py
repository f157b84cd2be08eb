"""The words tell the language, the first of them before all."""

import pytest

from reader.extraction.language import choose_language

INDONESIAN = "Lagu itu ditulis di tepi laut dan tidak pernah dinyanyikan dalam konser. " * 3
ENGLISH = "The boat is on the water and it was made by the people of the village. " * 3


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        pytest.param("en", INDONESIAN, "id", id="declared wrongly"),
        pytest.param("id", ENGLISH, "en", id="an English page of an Indonesian house"),
        pytest.param("", INDONESIAN + INDONESIAN + ENGLISH * 20, "id", id="lyrics further down"),
        pytest.param("de-AT", "Die Brücke wurde gestern eröffnet.", "de", id="another language"),
        pytest.param("", "Bukan.", "", id="nothing tells"),
    ],
)
def test_the_language_is_chosen_by_the_words(declared: str, text: str, language: str) -> None:
    assert choose_language(declared, text) == language
