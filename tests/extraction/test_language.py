"""The language of a text: the page's word for it, and the text's own words."""

import pytest

from reader.extraction.language import COMMON_WORDS, choose_language

TEXTS = {
    "id": "Warga menanam pohon di tepi sungai dan tidak lupa menyiram bibit yang ada untuk kampung ini.",
    "en": "The neighbours planted trees by the river and watered the seedlings that are to be their shade.",
    "de": "Die Nachbarn pflanzen Bäume und gießen sie auch, denn der Fluss ist nicht weit von dem Dorf.",
    "nl": "De buren planten bomen bij het water en zijn niet bang voor een nat pak, maar wel moe.",
    "fr": "Les voisins plantent des arbres au bord du fleuve et les arrosent avec une grande patience.",
    "es": "Los vecinos plantan árboles por las orillas del río, pero con una paciencia muy grande.",
    "pt": "Os vizinhos plantam árvores com uma paciência que foi mais longe pela margem dos rios.",
    "it": "I vicini piantano gli alberi sulla riva del fiume con una pazienza che sono in molti ad avere.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items(), ids=TEXTS)
def test_the_words_of_a_text_tell_its_language(code: str, text: str) -> None:
    assert choose_language("", text) == code
    assert choose_language("xx", text) == code


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("id-ID", "", "id"),
        ("pt_BR", "", "pt"),
        ("en", TEXTS["id"], "id"),
        ("ms", TEXTS["id"], "ms"),
        ("fi", "Leudot talvet tekevät meistä väsyneempiä.", "fi"),
        ("tr", "Ağaç dikildi. " * 40 + "di ini itu", "tr"),
        ("", "Pohon.", ""),
        ("", "", ""),
    ],
)
def test_the_page_is_believed_where_the_words_do_not_tell(declared: str, text: str, expected: str) -> None:
    assert choose_language(declared, text) == expected


def test_no_word_counts_for_two_languages() -> None:
    words = [word for known in COMMON_WORDS.values() for word in known]

    assert len(words) == len(set(words))
