"""Words of a query are marked where they stand, and a snippet is cut around them."""

import time

import pytest

from reader.search import Field, Matcher, cut_snippet, mark_words, parse_query


def marked(pieces: object) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("baca", "Dibaca, lalu pembaca lain.", "[Dibaca], lalu [pembaca] lain."),
        ("jumat", "Pada Jum’at itu", "Pada [Jum’at] itu"),
        ("ban*", "Banjir dan bantuan", "[Banjir] dan [bantuan]"),
        ("-baca", "Dibaca", "Dibaca"),
        ("title:kota", "Kota tua", "[Kota] tua"),
        ("author:sari", "Sari tebu", "Sari tebu"),
        ("kota", "", ""),
    ],
)
def test_words_are_marked_as_the_index_knows_them(query: str, text: str, expected: str) -> None:
    pieces = mark_words(text, Matcher(parse_query(query), Field.TITLE), "id")

    assert marked(pieces) == expected
    assert "".join(piece.text for piece in pieces) == text


def test_a_snippet_is_where_most_of_the_query_stands() -> None:
    text = "banjir " + "kata " * 100 + "banjir merendam jalan raya " + "kata " * 100

    snippet = marked(cut_snippet(text, Matcher(parse_query("banjir jalan")), "id"))

    assert snippet.startswith("… kata")
    assert "[banjir] merendam [jalan] raya" in snippet
    assert snippet.endswith(" …")
    assert len(snippet) < 300


def test_a_text_without_the_words_has_no_snippet_and_a_short_one_is_whole() -> None:
    matcher = Matcher(parse_query("banjir"))

    assert cut_snippet("Padi menguning.", matcher, "id") == ()
    assert marked(cut_snippet("Ada banjir.", matcher, "id")) == "Ada [banjir]."


@pytest.mark.parametrize("text", ["banjir " * 50_000, "x" * 500_000, "a'" * 200_000, "\u0301" * 300_000])
def test_a_hostile_text_costs_little(text: str) -> None:
    start = time.process_time()

    cut_snippet(text, Matcher(parse_query("banjir kota")), "id")

    assert time.process_time() - start < 2
