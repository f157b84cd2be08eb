"""Whether a newer copy takes the place of the one that is shown: the table of what happens to copies."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest

from reader.ingest.compare import Copy, Verdict, compare_fetched, compare_reread, has_same_words

V = Verdict
_NAMES = "Ratna Bima Sekar Wahyu Laras Galih Intan Surya Dewi Arga Melati Bayu Citra Damar Kirana".split()
_THINGS = "pohon sungai taman jembatan sekolah pasar kebun ladang perahu menara gerbang pagar dermaga".split()
_DEEDS = "menanam merawat membangun memperbaiki membersihkan menghitung mengecat menjaga memeriksa".split()


def make_paragraph(number: int, words: int = 40) -> str:
    """A paragraph in which no three words are those of another one."""
    told = [f"Pada hari ke-{number} warga"]
    for step in range(words // 5):
        key = number * 31 + step * 7
        name, thing, deed = (of[key % len(of)] for of in (_NAMES, _THINGS, _DEEDS))
        told.append(f"{name}{number} {deed} {thing} bagian {step + number * 100}")
    return " ".join(told) + "."


STORY = [make_paragraph(number) for number in range(12)]
OTHER = [make_paragraph(number) for number in range(50, 62)]
MENU = [f"Berita pilihan nomor {number}" for number in range(20)]
WALL = ["Sebentar, kami memeriksa bahwa Anda bukan robot sebelum halaman dibuka."]
JUNE, JULY = datetime(2024, 6, 1, tzinfo=UTC), datetime(2024, 7, 1, tzinfo=UTC)
TITLE = "Warga Menanam Pohon di Tepi Sungai"


def copy_of(paragraphs: list[str], *reasons: str, **values: Any) -> Copy:
    text = "\n\n".join(paragraphs)
    return Copy(
        **{
            "title": TITLE,
            "text": text,
            "word_count": len(text.split()),
            "reasons": frozenset(reasons),
            "quality": round(1 - 0.3 * len(reasons), 2),
            **values,
        }
    )


def changed(paragraphs: list[str], *numbers: int) -> list[str]:
    """The paragraphs with these written anew."""
    return [
        OTHER[number % 12] if number in numbers else paragraph for number, paragraph in enumerate(paragraphs)
    ]


WHOLE = copy_of(STORY)
TABLE: list[tuple[str, Copy, Copy, Verdict]] = [
    ("nothing was there", copy_of([]), WHOLE, V.FIRST),
    ("the same text", WHOLE, WHOLE, V.SAME_WORDS),
    (
        "the same words in capitals, with other spaces",
        WHOLE,
        copy_of([each.upper().replace(" ", "  ") for each in STORY]),
        V.SAME_WORDS,
    ),
    ("the same words, and now a doubt", WHOLE, copy_of(STORY, "truncated"), V.NOTHING_NEW),
    ("another headline", WHOLE, copy_of(STORY, title="Seratus Pohon Ditanam Warga Desa"), V.REWORDED),
    # What happened to a copy on its way.
    ("a robot wall that slipped through", WHOLE, copy_of(WALL, "too_short", title="Sebentar"), V.OTHER_TEXT),
    (
        "a wall that keeps the title",
        WHOLE,
        copy_of(WALL, "too_short"),
        V.OTHER_TEXT,
    ),
    ("another article at the address", WHOLE, copy_of(OTHER, title="Harga Beras Naik"), V.OTHER_TEXT),
    ("a teaser that the gate knows", WHOLE, copy_of(STORY[:4], "teaser"), V.LESS_COMPLETE),
    ("a teaser that it does not", WHOLE, copy_of(STORY[:4]), V.CUT_SHORT),
    ("the last quarter broke off", WHOLE, copy_of(STORY[:9]), V.CUT_SHORT),
    ("a broken page with a later time of change", WHOLE, copy_of(STORY[:5], modified_at=JULY), V.CUT_SHORT),
    ("fewer pages", WHOLE, copy_of(STORY[:9], "missing_pages", missing_pages=1), V.LESS_COMPLETE),
    ("fewer pages, more words", WHOLE, copy_of([*STORY, *OTHER], missing_pages=2), V.LESS_COMPLETE),
    ("the gate doubts the rule", WHOLE, copy_of(STORY[1:], "rule_doubtful"), V.LESS_TRUSTED),
    ("a menu was taken for text", WHOLE, copy_of([*STORY, *MENU], links=20), V.CLUTTERED),
    ("the gate sees links only", WHOLE, copy_of([*STORY, *MENU], "link_farm"), V.CLUTTERED),
    # What the publisher does.
    ("a paragraph more", WHOLE, copy_of([*STORY, OTHER[0]]), V.LONGER),
    ("a paragraph more with its links", WHOLE, copy_of([*STORY, *OTHER[:6]], links=5), V.LONGER),
    ("longer, and there is said to be more", WHOLE, copy_of([*STORY, OTHER[0]], "truncated"), V.LONGER),
    ("two paragraphs written anew", WHOLE, copy_of(changed(STORY, 3, 7)), V.REWORDED),
    ("a trifle less", WHOLE, copy_of([*STORY[:-1], STORY[-1].rpartition(" bagian")[0]]), V.REWORDED),
    ("a correction takes a paragraph out", WHOLE, copy_of(STORY[:5] + STORY[6:]), V.SHORTER),
    ("a correction takes three out", WHOLE, copy_of(STORY[:4] + STORY[7:]), V.SHORTER),
    ("more than an editor takes out unsaid", WHOLE, copy_of(STORY[:3] + STORY[8:]), V.CUT_SHORT),
    (
        "so much is taken out, and the page tells when",
        copy_of(STORY, modified_at=JUNE),
        copy_of(STORY[:3] + STORY[8:], modified_at=JULY),
        V.SHORTER,
    ),
    (
        "the end is taken out, and the page tells when",
        copy_of(STORY, modified_at=JUNE),
        copy_of(STORY[:10], modified_at=JULY),
        V.SHORTER,
    ),
    (
        "the page tells the same time of change",
        copy_of(STORY, modified_at=JULY),
        copy_of(STORY[:10], modified_at=JULY),
        V.CUT_SHORT,
    ),
    ("a live report is written anew", WHOLE, copy_of([*OTHER, *OTHER[:2]]), V.LONGER),
    # What was shown was the poor one.
    (
        "a wall gives way to the article",
        copy_of(WALL, "too_short", title="Sebentar"),
        WHOLE,
        V.BETTER,
    ),
    ("a teaser is whole now", copy_of(STORY[:4], "teaser"), WHOLE, V.COMPLETED),
    (
        "a missing page came",
        copy_of(STORY[:6] + STORY[9:], "missing_pages", missing_pages=1),
        WHOLE,
        V.COMPLETED,
    ),
    (
        "a missing page came, without lines that every page repeated",
        copy_of([*STORY, "Simak artikel lain di sini"], "missing_pages", missing_pages=2),
        copy_of(STORY, "missing_pages", missing_pages=1),
        V.COMPLETED,
    ),
    ("still a teaser, a longer one", copy_of(STORY[:4], "teaser"), copy_of(STORY[:6], "teaser"), V.LONGER),
]


@pytest.mark.parametrize(("held", "newer", "verdict"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE])
def test_a_fetched_copy_is_judged(held: Copy, newer: Copy, verdict: Verdict) -> None:
    assert compare_fetched(held, newer) == verdict


REREAD: list[tuple[str, Copy, Copy, Verdict]] = [
    ("nothing was read before", copy_of([]), WHOLE, V.FIRST),
    ("the same words", WHOLE, WHOLE, V.SAME_WORDS),
    ("clutter is gone", copy_of([*STORY, *MENU], links=20), WHOLE, V.BETTER),
    ("much clutter is gone", copy_of([*STORY, *MENU * 9], "link_farm", links=180), WHOLE, V.BETTER),
    ("more of the text is found", copy_of(STORY[:8]), WHOLE, V.BETTER),
    ("a rule that finds the half of it", WHOLE, copy_of(STORY[:6]), V.CUT_SHORT),
    ("a rule that leaves out a long list", copy_of([*STORY[:4], *MENU * 2]), copy_of(STORY[:4]), V.CUT_SHORT),
    ("a rule that finds the caption", WHOLE, copy_of(["Warga di tepi sungai."], "too_short"), V.LESS_TRUSTED),
    ("a rule that takes the menu too", WHOLE, copy_of([*STORY, *MENU], links=20), V.CLUTTERED),
    ("a page's snapshot is damaged", WHOLE, copy_of(STORY[:9], missing_pages=1), V.LESS_COMPLETE),
    ("a menu was shown, the article is found", copy_of(MENU, "link_farm"), WHOLE, V.BETTER),
]


@pytest.mark.parametrize(
    ("held", "newer", "verdict"), [row[1:] for row in REREAD], ids=[row[0] for row in REREAD]
)
def test_a_copy_that_was_read_anew_is_judged(held: Copy, newer: Copy, verdict: Verdict) -> None:
    assert compare_reread(held, newer) == verdict


@pytest.mark.parametrize("verdict", V)
def test_what_is_taken_is_not_refused(verdict: Verdict) -> None:
    assert verdict.is_taken + verdict.is_refused + (verdict is V.NOTHING_NEW) == 1
    assert verdict.is_taken or not verdict.is_change


def test_a_number_that_lost_its_point_is_another_word() -> None:
    assert has_same_words(copy_of(["Naik 1,5 persen."]), copy_of(["naik 1.5 persen"]))
    assert not has_same_words(copy_of(["Naik 1,5 persen."]), copy_of(["Naik 15 persen."]))


@pytest.mark.parametrize("word", ["a ", "kata" * 400_000, "\n\n"], ids=["short", "one", "empty"])
def test_a_huge_text_is_judged_in_a_moment(word: str) -> None:
    huge = copy_of([(word * (1 + 3_000_000 // len(word)))[:3_000_000]])
    began = time.process_time()

    compare_fetched(WHOLE, huge)
    compare_fetched(huge, WHOLE)

    assert time.process_time() - began < 5
