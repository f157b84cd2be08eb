"""Finding quotes again in texts that have changed."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reader.anchoring import Quote, locate, quote_at
from reader.anchoring.distance import find_ends, measure
from reader.anchoring.folding import fold_text

TEXT = (
    "\nWarga menanam seratus pohon sejak pagi di tepi Sungai Ciliwung.\n"
    "\n“Kami senang sekali,” kata Sari Wulandari, ketua RT. Jakarta makin panas, katanya.\n"
    "\nOrang Jakarta ramai-ramai ikut menanam, dari anak sekolah sampai pensiunan yang tinggal di sana.\n"
    "\nPemerintah kota berjanji menyiram pohon itu setiap hari.\n"
)
PASSAGES = [
    "Kami senang sekali",
    "“Kami senang sekali,”",
    "Jakarta",
    "pagi di tepi Sungai Ciliwung.\n\n“Kami senang sekali,” kata Sari",
    "Orang Jakarta ramai-ramai ikut menanam, dari anak sekolah sampai pensiunan",
]


def quote_of(passage: str, text: str = TEXT) -> Quote:
    start = text.rindex(passage)
    return quote_at(text, start, start + len(passage))


def found(quote: Quote, text: str) -> str | None:
    place = locate(quote, text)
    return text[place.start : place.end] if place else None


@pytest.mark.parametrize("passage", PASSAGES)
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: "\nSebuah paragraf baru dari penerbit.\n" + text,
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("pohon itu setiap hari", "semuanya tiap pekan"),
        lambda text: text.replace("\nPemerintah", "\nBaca juga: Berita lain\n\nPemerintah"),
    ],
    ids=["same", "before", "line-ends", "after", "between"],
)
def test_a_passage_is_found_where_the_text_around_it_changed(passage: str, change: object) -> None:
    text = change(TEXT)  # type: ignore[operator]

    again = found(quote_of(passage), text)

    assert again is not None
    assert again.split() == passage.split()


@pytest.mark.parametrize(
    ("passage", "old", "new", "expected"),
    [
        (
            "“Kami senang sekali,”",
            "“Kami senang sekali,”",
            '"Kami   senang sekali",',
            '"Kami   senang sekali"',
        ),
        ("Kami senang sekali", "senang sekali", "sangat senang sekali", "Kami sangat senang sekali"),
        ("Kami senang sekali", "senang", "sennang", "Kami sennang sekali"),
        (
            "Orang Jakarta ramai-ramai ikut",
            "ramai-ramai ikut",
            "RAMAI RAMAI ikut",
            "Orang Jakarta RAMAI RAMAI ikut",
        ),
        (
            "Orang Jakarta ramai-ramai ikut menanam, dari anak sekolah sampai pensiunan",
            "ikut menanam, dari anak",
            "ikut menggali dan menanam, dari anak",
            "Orang Jakarta ramai-ramai ikut menggali dan menanam, dari anak sekolah sampai pensiunan",
        ),
    ],
    ids=["marks", "word-more", "typing-error", "capitals", "long"],
)
def test_a_passage_that_changed_a_little_is_found(passage: str, old: str, new: str, expected: str) -> None:
    assert found(quote_of(passage), TEXT.replace(old, new)) == expected


@pytest.mark.parametrize(
    ("passage", "old", "new"),
    [
        ("Jakarta", "Orang Jakarta ramai-ramai ikut menanam, ", ""),
        ("Kami senang sekali", "“Kami senang sekali,” kata Sari Wulandari, ketua RT. ", ""),
        ("Kami senang sekali", "Kami senang sekali", "Belum ada yang menjawab"),
    ],
    ids=["word-elsewhere", "sentence-gone", "rewritten"],
)
def test_a_passage_that_is_gone_is_not_found_elsewhere(passage: str, old: str, new: str) -> None:
    assert found(quote_of(passage), TEXT.replace(old, new)) is None


def test_of_equal_passages_the_one_with_the_same_words_around_it_is_taken() -> None:
    text = "Satu dua tiga. Empat pohon lima. Enam tujuh delapan sembilan. Sepuluh pohon sebelas dua belas."
    start = text.rindex("pohon")
    quote = quote_at(text, start, start + 5)

    moved = "Di awal ada kalimat lain yang panjang. " + text
    place = locate(quote, moved)

    assert place is not None
    assert place.start == moved.rindex("pohon")


WORDS = st.lists(st.sampled_from(TEXT.split()), min_size=30, max_size=60).map(" ".join)


@given(st.text(max_size=300), st.data())
def test_a_place_of_any_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = quote_at(text, start, end)
    assume(any(each.isalnum() for each in quote.exact))

    place = locate(quote, text)

    assert place is not None
    assert 0 <= place.start < place.end <= len(text)
    assert place.likeness == 1.0


@given(WORDS, WORDS, st.data())
@settings(max_examples=60)
def test_what_comes_before_moves_a_place_and_nothing_more(text: str, more: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 60))
    end = data.draw(st.integers(start + 50, len(text)))
    quote = quote_at(text, start, end)

    place = locate(quote, f"{more}\n{text}")

    assert place is not None
    again = f"{more}\n{text}"[place.start : place.end]
    assert fold_text(again).text == fold_text(quote.exact).text


@given(st.text(max_size=200), st.text(max_size=80), st.text(max_size=80), st.text(max_size=80), st.integers())
def test_no_quote_and_no_text_raises(text: str, exact: str, prefix: str, suffix: str, start: int) -> None:
    place = locate(Quote(exact, prefix, suffix, start), text)

    assert place is None or 0 <= place.start < place.end <= len(text)


@pytest.mark.parametrize("unit", ["a", "ab", "abcdefgh ij", "👍🏽é "], ids=["one", "two", "words", "marks"])
def test_a_hostile_text_takes_bounded_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    quotes = [
        Quote((unit[::-1] * 5000)[:2000], unit * 64, "z" * 64, 300_000),
        Quote(((unit + "q") * 2000)[:2000], "q" * 64, unit * 64, 0),
    ]
    began = time.process_time()

    for quote in quotes:
        locate(quote, text)

    assert time.process_time() - began < 6


@given(st.text("abc", max_size=12), st.text("abc", max_size=12))
def test_distance_is_that_of_the_table(first: str, second: str) -> None:
    row = list(range(len(second) + 1))
    for number, each in enumerate(first, 1):
        before, row = row, [number]
        for place, other in enumerate(second, 1):
            row.append(min(before[place] + 1, row[-1] + 1, before[place - 1] + (each != other)))
    assert measure(first, second) == row[-1]


def test_of_ends_near_each_other_the_nearest_counts() -> None:
    assert find_ends("pohon", "ada pohon, ada phon", 1) == [(9, 0), (19, 1)]
