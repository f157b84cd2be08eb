"""The article of a Next.js page's own data."""

import json

import pytest

from reader.extraction.page_data import find_article_data
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
