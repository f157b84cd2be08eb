"""Regular expressions of rule files cannot try for ever."""

import time

import pytest

from reader.sites.text_pattern import PatternRefused, compile_text_pattern, compile_text_patterns


@pytest.mark.parametrize(
    "source",
    [
        "(a+)+$",
        "(a|a)*b",
        "(.*)*",
        r"(\w+\s?)*!",
        "^(a?){50}a{50}",
        "(x{0,1000}){0,1000}",
        ".*a.*b.*c",
        r"(?=(a+))\1+b",
        "(",
        "a{99999999999999}",
        "(" * 500 + "a" + ")" * 500,
    ],
)
def test_a_pattern_that_may_try_for_ever_is_refused(source: str) -> None:
    with pytest.raises(PatternRefused):
        compile_text_pattern(source)


@pytest.mark.parametrize(
    ("source", "max_chars"),
    [
        (r"^(simak|baca) juga\b.{0,80}$", 2000),
        (r"\bt\.me/kabar\b", 2000),
        (r"^halaman:?( \d{1,2}){1,20}$", 2000),
        (r"^.*bersambung.*$", 2000),
        (r"\s*x\s*y", 250),
    ],
)
def test_the_more_a_pattern_tries_the_shorter_are_its_paragraphs(source: str, max_chars: int) -> None:
    assert compile_text_pattern(source).max_chars == max_chars


def test_a_longer_paragraph_is_not_tested() -> None:
    pattern = compile_text_pattern("dilarang keras menyalin")

    assert pattern.is_in("DILARANG KERAS MENYALIN " + "x" * 1_900)
    assert not pattern.is_in("dilarang keras menyalin " + "x" * 2_000)


@pytest.mark.parametrize("source", [r"\s*x\s*y", "^.*a.*b", "a?a?a?a?a?aaaaa$", "(a|b|ab){0,4}c"])
@pytest.mark.parametrize("piece", ["a", " ", "ab", "x "])
def test_what_is_kept_is_quick_on_any_paragraph(source: str, piece: str) -> None:
    pattern = compile_text_pattern(source)
    begun = time.process_time()

    pattern.is_in((piece * 2_000)[: pattern.max_chars])

    assert time.process_time() - begun < 2


MANY = (
    "^(simak|baca) juga",
    "^halaman:?( \\d{1,2}){1,20}$",
    "^satu|dua",
    r"^(\w)\1\1",
    "(?i)^salin",
    "(?m)^tiga",
    "dilarang keras",
    r"\bt\.me/",
    "^(?P<desk>abc) ",
)


@pytest.mark.parametrize(
    "text",
    [
        *("Baca juga: Harga Beras", "Halaman: 1 2 3", "satu", "dua", "lalu dua", "aaa", "aab", "Salin ini"),
        *("empat\ntiga", "Ini DILARANG KERAS.", "lihat t.me/kabar", "abc desk", "Ia baca juga koran", ""),
    ],
)
def test_many_patterns_together_find_what_each_finds(text: str) -> None:
    expected = any(compile_text_pattern(source).is_in(text) for source in MANY)

    assert compile_text_patterns(MANY).is_any_in(text) == expected


def test_no_patterns_find_nothing() -> None:
    assert not compile_text_patterns(()).is_any_in("")
