"""The article of a Next.js page's own data."""

import json

import pytest

from reader.extraction.page_data import find_article_data, find_streamed_text
from reader.extraction.parse import parse
from reader.extraction.tree import text_of

TEXT = "<p>Satu kalimat.</p><p>Dua kalimat.</p>"


def found(data: object, *, title: str = "Judul Berita - Koran Contoh", raw: str = "") -> str | None:
    text = raw or json.dumps(data).replace("<", "\\u003c").replace(">", "\\u003e")
    page = parse(f'<html><head><title>{title}</title></head><body><script id="__NEXT_DATA__">{text}</script></body></html>')  # fmt: skip # noqa: E501
    article = find_article_data(page)
    return None if article is None else text_of(article)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"props": {"article": {"title": "Judul Berita", "content": TEXT}}}, "Satu kalimat.Dua kalimat."),
        ({"props": [{"headline": "JUDUL  Berita", "body": TEXT}]}, "Satu kalimat.Dua kalimat."),
        ({"title": "Judul Berita", "content": None, "html": TEXT}, "Satu kalimat.Dua kalimat."),
        ({"title": "Judul Lain", "content": TEXT}, None),
        ({"title": "", "content": TEXT}, None),
        ({"title": ["Judul Berita"], "content": TEXT}, None),
        ({"title": "Judul Berita", "content": "<p>Satu paragraf.</p>"}, None),
        ({"title": "Judul Berita", "content": [TEXT]}, None),
        ([], None),
    ],
)
def test_the_object_with_the_title_of_the_page_is_its_article(data: object, text: str | None) -> None:
    assert found(data) == text


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "</p></p>",
        '{"title": "Judul Berita", "content": "</p></p>"',
        "[" * 100_000 + "</p></p>",
        '"</p></p>"',
    ],
    ids=["empty", "no JSON", "cut off", "too deep", "a text"],
)
def test_what_is_no_data_is_passed_over(raw: str) -> None:
    assert found(None, raw=raw) is None


def test_a_page_without_a_title_or_a_script_has_none() -> None:
    assert found({"title": "Judul", "content": TEXT}, title="") is None
    assert find_article_data(parse("<p>Teks.</p>")) is None


def streamed(text: str, *, length: int | None = None, pieces: int = 3) -> str | None:
    """What is found where a page of React's server pushes ``text`` as a row, cut into pieces."""
    size = len(text.encode()) if length is None else length
    rows = f'1:"$Sreact.fragment"\n24:T{size:x},{text}5:["$","$L23",null,{{}}]\n'
    step = len(rows) // pieces + 1
    calls = (json.dumps([1, rows[at : at + step]]) for at in range(0, len(rows), step))
    scripts = "".join(
        "<script>self.__next_f.push({})</script>".format(call.replace("<", "\\u003c")) for call in calls
    )
    article = find_streamed_text(parse(f"<html><body><main></main>{scripts}</body></html>"))
    return None if article is None else text_of(article)


def test_the_longest_text_that_is_streamed_in_pieces_is_found() -> None:
    assert streamed(TEXT) == "Satu kalimat.Dua kalimat."
    assert streamed(TEXT.replace("Satu", "Café 서울"), pieces=1) == "Café 서울 kalimat.Dua kalimat."


@pytest.mark.parametrize(
    ("text", "length"), [("<p>Satu.</p>", None), ("Tanpa paragraf.", None), (TEXT, 3), ("", 0)]
)
def test_a_stream_without_paragraphs_is_passed_over(text: str, length: int | None) -> None:
    assert streamed(text, length=length) is None


def test_a_row_that_is_said_to_be_longer_than_the_stream_ends_with_it() -> None:
    assert streamed(TEXT, length=0xFFFFFF) is not None


@pytest.mark.parametrize("call", ["[1,", '[1, "24:T5,"', "{}", "[" * 100_000, '["1:T5,<p>"]'])
def test_pushes_that_are_no_data_are_passed_over(call: str) -> None:
    page = f"<html><body><main></main><script>self.__next_f.push({call})</script></body></html>"
    assert find_streamed_text(parse(page)) is None
