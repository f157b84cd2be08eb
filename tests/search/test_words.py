"""Words are folded and brought to their stems, each text in its language."""

import itertools
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.search.analysis import Document, make_terms
from reader.search.words import find_stems, find_words, fold, split_words, stem

_SYLLABLES = ("ba", "ci", "du", "ga", "ki", "lu", "nga")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Banjir, JAKARTA!", ["banjir", "jakarta"]),
        ("Jum'at dan Jum’at", ["jumat", "dan", "jumat"]),
        ("naïve café Ångström", ["naive", "cafe", "angstrom"]),
        ("Straße İstanbul", ["strasse", "istanbul"]),
        ("anak-anak 3,5 persen", ["anak", "anak", "3", "5", "persen"]),
        ("snake_case", ["snake", "case"]),
        ("东京 Москва", ["东京", "москва"]),
        ("\x00 \ud800 ' — …", []),
    ],
)
def test_words_are_split_and_folded(text: str, words: list[str]) -> None:
    assert split_words(text) == words
    assert [word for word, _start, _end in find_words(text)] == words


def test_threads_do_not_get_each_others_stems() -> None:
    words = ["".join(("me", *syllables, "kan")) for syllables in itertools.product(_SYLLABLES, repeat=3)]
    alone = {word: find_stems(word, is_known=False) for word in words}
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as pool:
            beside = list(
                pool.map(lambda _: {word: find_stems(word, is_known=False) for word in words}, "abcd")
            )
    finally:
        sys.setswitchinterval(usual)

    assert all(found == alone for found in beside)


def test_a_row_of_letters_without_an_end_is_cut() -> None:
    assert split_words("x" * 10_000) == ["x" * 64]


@pytest.mark.parametrize(
    "family", ["membaca dibaca bacaan pembaca", "memberikan diberi pemberian", "adil pengadilan"]
)
def test_indonesian_affixes_fall_away(family: str) -> None:
    assert len({stem(word, "id") for word in family.split()}) == 1


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stem("lezingen", "nl") == "lezingen"
    assert find_stems("membaca")[0] == "membaca"


def test_a_document_says_its_fields_apart_and_its_written_forms_last() -> None:
    terms = make_terms(
        Document(
            title="Warga Membaca", byline="Sari", host="kompas.com", language="id", text="Buku dibacakan."
        )
    )

    assert terms[:5] == ["h§kompas", "h§com", "§", "§", "a§sari"]
    assert "t§baca" in terms
    assert terms.index("buku") + 1 == terms.index("baca", terms.index("buku"))
    assert terms[-2:] == ["w§membaca", "w§dibacakan"]


def test_english_texts_have_english_stems() -> None:
    assert "run" in make_terms(Document(title="", language="en-US", text="They were running"))


def test_folding_keeps_plain_text_and_is_done_once() -> None:
    assert fold(fold("Café Jum'at")) == fold("Café Jum'at") == "cafe jumat"
