"""The query language: every text gives a query, and what cannot be read is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search import Field, Query, RemarkKind, State, Term, make_expression, parse_query


def term(*words: str, **values: object) -> Term:
    return Term(words=words, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        pytest.param("banjir jakarta", [[term("banjir")], [term("jakarta")]], id="all words"),
        pytest.param('"jalan raya" tol', [[term("jalan", "raya")], [term("tol")]], id="a phrase"),
        pytest.param("“jalan raya”", [[term("jalan", "raya")]], id="typographic quotes"),
        pytest.param("banjir -jakarta", [[term("banjir")], [term("jakarta", is_excluded=True)]], id="not"),
        pytest.param('-"jalan raya"', [[term("jalan", "raya", is_excluded=True)]], id="not a phrase"),
        pytest.param("a OR b c", [[term("a"), term("b")], [term("c")]], id="or binds closer than and"),
        pytest.param("a ATAU b ATAU c", [[term("a"), term("b"), term("c")]], id="or in Indonesian"),
        pytest.param("a|b", [[term("a"), term("b")]], id="or as a sign"),
        pytest.param("a AND b DAN c & d", [[term(each)] for each in "abcd"], id="and is meant anyway"),
        pytest.param("a or b", [[term("a")], [term("or")], [term("b")]], id="a small or is a word"),
        pytest.param("ban*", [[term("ban", is_prefix=True)]], id="prefix"),
        pytest.param("CAFÉ Jum’at", [[term("cafe")], [term("jumat")]], id="folded"),
        pytest.param("covid-19", [[term("covid", "19")]], id="a compound is a phrase"),
        pytest.param("3.500", [[term("3", "500")]], id="a number with its point"),
        pytest.param("site:www.Kompas.com", [[term("kompas", "com", field=Field.SITE)]], id="site"),
        pytest.param(
            'penulis:"Sari Wulandari"', [[term("sari", "wulandari", field=Field.AUTHOR)]], id="author"
        ),
        pytest.param("rubrik:tekno", [[term("tekno", field=Field.SECTION)]], id="section"),
        pytest.param("judul:ban*", [[term("ban", field=Field.TITLE, is_prefix=True)]], id="title"),
        pytest.param(
            "-author:sari", [[term("sari", field=Field.AUTHOR, is_excluded=True)]], id="not by an author"
        ),
        pytest.param("besok:hujan", [[term("besok", "hujan")]], id="no operator: words"),
        pytest.param("", [], id="nothing"),
        pytest.param("- -- * ( ) : ; '", [], id="only signs"),
        pytest.param('a" b', [[term("a")], [term("b")]], id="a stray quote"),
    ],
)
def test_terms_are_read(text: str, groups: list[list[Term]]) -> None:
    assert parse_query(text).groups == tuple(tuple(group) for group in groups)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is:unread", Query(is_=frozenset({State.UNREAD}))),
        ("IS:Arsip", Query(is_=frozenset({State.ARCHIVED}))),
        ("-is:starred", Query(is_not=frozenset({State.STARRED}))),
        ("is:gagal", Query(is_=frozenset({State.FAILED}))),
        ('tag:"resep ibu" -label:kerja', Query(tags=frozenset({"resep ibu"}), not_tags=frozenset({"kerja"}))),
        ('tag:"teh|kopi"', Query(tags=frozenset({"teh|kopi"}))),
        ("before:2024", Query(before=date(2024, 1, 1))),
        ("after:2024-05", Query(after=date(2024, 5, 1))),
        ("sejak:2024-05-31", Query(after=date(2024, 5, 31))),
        ("setelah:2024", Query(after=date(2024, 1, 1))),
        ("is:sudah", Query(is_=frozenset({State.ARCHIVED}))),
        ("sebelum:31/5/2024", Query(before=date(2024, 5, 31))),
        ("-before:2024", Query(after=date(2024, 1, 1))),
        ("min:5 maks:10", Query(min_minutes=5, max_minutes=10)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_conditions_are_read(text: str, expected: Query) -> None:
    assert parse_query(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "groups"),
    [
        ("is:lucu", RemarkKind.UNKNOWN_STATE, [[term("is", "lucu")]]),
        ("before:kemarin", RemarkKind.UNKNOWN_DATE, [[term("before", "kemarin")]]),
        ("after:2024-13-01", RemarkKind.UNKNOWN_DATE, [[term("after", "2024", "13", "01")]]),
        ("min:lama", RemarkKind.UNKNOWN_NUMBER, [[term("min", "lama")]]),
        ("min:٣", RemarkKind.UNKNOWN_NUMBER, [[term("min", "٣")]]),
        ("ba*", RemarkKind.PREFIX_TOO_SHORT, [[term("ba")]]),
        ('"jalan raya', RemarkKind.QUOTE_NOT_CLOSED, [[term("jalan", "raya")]]),
        ("OR banjir", RemarkKind.OR_ALONE, [[term("banjir")]]),
        ("banjir OR", RemarkKind.OR_ALONE, [[term("banjir")]]),
        ("site: kompas", RemarkKind.NOTHING_AFTER_OPERATOR, [[term("kompas")]]),
        (
            " ".join("abcdefghijklmnopqrst"),
            RemarkKind.TOO_LONG,
            [[term(word)] for word in "abcdefghijklmnop"],
        ),
        ("banjir" + " " * 400, RemarkKind.TOO_LONG, [[term("banjir")]]),
    ],
)
def test_what_cannot_be_read_is_searched_as_words_and_said(
    text: str, kind: RemarkKind, groups: list[list[Term]]
) -> None:
    query = parse_query(text)

    assert [remark.kind for remark in query.remarks] == [kind]
    assert query.groups == tuple(tuple(group) for group in groups)


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("covid-19", "('u§7') & ((('covid' & '19')))"),
        ('hujan -"jalan raya"', "('u§7') & ((('hujan')))"),
        ('hujan OR -"jalan raya"', "('u§7')"),
        ("hujan -raya", "('u§7') & ((('hujan'))) & (!(('raya')))"),
    ],
)
def test_a_loose_query_finds_whatever_the_exact_one_does(text: str, loose: str) -> None:
    expression = make_expression(parse_query(text), 7)

    assert expression.as_tsquery(is_loose=True) == loose


def test_a_query_of_conditions_is_not_empty_and_one_of_signs_is() -> None:
    assert not parse_query("is:unread").is_empty
    assert parse_query("ba*").remarks
    assert parse_query("** --").is_empty
    assert parse_query("OR").is_empty


@given(st.text(max_size=400))
def test_any_text_gives_a_query_that_both_engines_can_be_asked(text: str) -> None:
    expression = make_expression(parse_query(text), 7)

    for spelling in (expression.as_fts5(), expression.as_tsquery()):
        assert "u§7" in spelling
        assert spelling.count("(") == spelling.count(")")
        assert ";" not in spelling
        assert "\\" not in spelling
