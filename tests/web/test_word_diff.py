"""What two texts differ in: readable for people, and quick for anything."""

import random
import time

import pytest

from reader.web.word_diff import Kind, TextDiff, diff_lines, diff_texts

FIRST = "Warga menanam seratus pohon di tepi sungai sejak pagi."
SECOND = "Lurah mengatakan kampung itu akan lebih teduh tahun depan."
THIRD = "Pohon itu dibeli dari sumbangan warga tiga kampung."


def write(diff: TextDiff) -> str:
    """The comparison as one line a paragraph: [-removed-] {+added+}."""
    marks = {Kind.SAME: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return "\n".join(
        f"… {each.count}"
        if each.kind is Kind.GAP
        else " ".join(marks[words.kind].format(words.text) for words in each.words)
        for each in diff.paragraphs
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ([FIRST], [FIRST], FIRST),
        (
            [FIRST],
            [FIRST.replace("seratus", "dua ratus")],
            "Warga menanam [-seratus-] {+dua ratus+} pohon di tepi sungai sejak pagi.",
        ),
        ([FIRST], [FIRST, SECOND], f"{FIRST}\n{{+{SECOND}+}}"),
        ([FIRST, SECOND], [SECOND], f"[-{FIRST}-]\n{SECOND}"),
        ([FIRST, SECOND], [SECOND, FIRST], f"{{+{SECOND}+}}\n{FIRST}\n[-{SECOND}-]"),
        (
            [FIRST, SECOND],
            [THIRD, SECOND.replace("Lurah", "Camat")],
            f"[-{FIRST}-]\n{{+{THIRD}+}}\n"
            "[-Lurah-] {+Camat+} mengatakan kampung itu akan lebih teduh tahun depan.",
        ),
        ([FIRST, "A.", "B.", "C.", SECOND], ["A.", "B.", "C.", SECOND], f"[-{FIRST}-]\nA.\n… 3"),
        ([""], [FIRST], f"[--]\n{{+{FIRST}+}}"),
        ([f"  {FIRST}\n"], [FIRST.replace(" ", "  ")], FIRST),
    ],
)
def test_differences_are_marked_word_by_word(old: list[str], new: list[str], told: str) -> None:
    diff = diff_texts("\n\n".join(old), "\n\n".join(new))

    assert write(diff) == told
    assert diff.is_empty == ("[-" not in told and "{+" not in told)


def test_titles_are_compared_as_one_line() -> None:
    marked = diff_lines("Warga Menanam Pohon", "Warga Menanam Seribu Pohon")

    assert [(each.kind, each.text) for each in marked] == [
        (Kind.SAME, "Warga Menanam"),
        (Kind.ADDED, "Seribu"),
        (Kind.SAME, "Pohon"),
    ]


def _words(number: int, of: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [f"kata{chance.randrange(of)}" for _ in range(number)]


HOSTILE = {
    "two words": tuple(" ".join(_words(90_000, 2, seed)) for seed in (1, 2)),
    "many words": tuple(" ".join(_words(90_000, 300, seed)) for seed in (1, 2)),
    "short paragraphs": tuple("\n\n".join(_words(60_000, 40, seed)) for seed in (1, 2)),
    "interleaved": (" ".join(f"x {n}" for n in range(90_000)), " ".join(f"x a{n}" for n in range(90_000))),
    "interleaved paragraphs": (
        "\n\n".join(f"x{n % 99}\n\n{n}" for n in range(40_000)),
        "\n\n".join(f"x{n % 99}\n\na{n}" for n in range(40_000)),
    ),
    "reworded paragraphs": tuple(
        "\n\n".join(" ".join(_words(390, 30, seed + n)) for n in range(90)) for seed in (1, 1000)
    ),
    "blank": ("\n\n" * 900_000, " " * 3_000_000),
    "one word": ("a" * 3_000_000, "b" * 3_000_000),
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_long(texts: tuple[str, str]) -> None:
    began = time.process_time()

    diff = diff_texts(*texts)

    assert time.process_time() - began < 4
    assert sum(len(words.text) for each in diff.paragraphs for words in each.words) < 1_000_000


def test_what_is_too_long_is_compared_at_its_beginning_and_says_so() -> None:
    diff = diff_texts(f"{FIRST}\n\n" * 5_000, f"{SECOND}\n\n" * 5_000)

    assert diff.is_cut
    assert not diff_texts(FIRST, SECOND).is_cut
