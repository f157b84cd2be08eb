"""Every failure has words, in both languages."""

import pytest
from django.utils import translation

from reader import errors, refusals
from reader.ingest import PARTIAL_REASONS
from reader.web.sentences import SENTENCES, sentence_for, sentence_for_missing


def codes_of(root: type[errors.ReaderError]) -> set[str]:
    return {root.code}.union(*(codes_of(child) for child in root.__subclasses__()))


_REFUSALS = codes_of(refusals.ReportRefused)
CODES = sorted(codes_of(errors.ReaderError) | _REFUSALS | set(PARTIAL_REASONS))


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_own_words_in_both_languages(code: str) -> None:
    assert code in SENTENCES
    spoken = {}
    for language in ("id", "en"):
        with translation.override(language):
            sentence = sentence_for(code)
            spoken[language] = (str(sentence.happened), str(sentence.advice))
    assert all(text.strip() for words in spoken.values() for text in words)
    assert spoken["id"][0] != spoken["en"][0]
    assert spoken["id"][1] != spoken["en"][1]


def test_no_sentence_is_for_a_code_that_nobody_raises() -> None:
    assert set(SENTENCES) == set(CODES)


def test_a_code_of_a_later_version_gets_the_general_words() -> None:
    assert sentence_for("from_the_future") == SENTENCES["error"]


@pytest.mark.parametrize(
    ("pages", "language", "happened"),
    [
        ([3], "id", "Halaman 3 tidak dapat diambil."),
        ([3], "en", "Page 3 could not be fetched."),
        ([2, 5], "id", "Halaman 2 dan 5 tidak dapat diambil."),
        ([7, 2, 3, 4, 10], "en", "Pages 2–4, 7 and 10 could not be fetched."),
    ],
)
def test_missing_pages_are_named(pages: list[int], language: str, happened: str) -> None:
    with translation.override(language):
        assert str(sentence_for_missing(pages).happened) == happened
