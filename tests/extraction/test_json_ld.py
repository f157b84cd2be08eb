"""JSON-LD as it is found: the article's own object, looked-up authors, and anything hostile."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from reader.errors import ReaderError
from reader.extraction import extract_html
from reader.extraction.json_ld import organisations_in, read_json_ld, text_in, texts_in, url_in


def read(*texts: str) -> dict[str, object]:
    scripts = "".join(f"<script type='application/ld+json'>{text}</script>" for text in texts)
    return read_json_ld(html.document_fromstring(f"<head>{scripts}</head><body></body>"))


def test_a_person_named_by_reference_is_looked_up() -> None:
    graph = [
        {"@type": "Article", "headline": "Pohon", "author": {"@id": "#ratna"}},
        {"@type": "Person", "@id": "#ratna", "name": "Ratna Wulandari"},
    ]

    assert texts_in(read(json.dumps({"@graph": graph}))["author"]) == ["Ratna Wulandari"]


def test_the_longest_list_of_authors_holds() -> None:
    short = {"@type": "NewsArticle", "headline": "Pohon", "wordCount": 3, "author": "Ratna"}
    long = {"@type": "Article", "author": [{"name": "Ratna"}, {"name": "Budi"}]}

    data = read(json.dumps(short), json.dumps(long))

    assert texts_in(data["author"]) == ["Ratna", "Budi"]
    assert data["headline"] == "Pohon"


def test_the_page_tells_what_the_article_does_not() -> None:
    article = {"@type": "https://schema.org/NewsArticle", "headline": "Pohon"}
    page = {"@type": "WebPage", "headline": "Beranda", "datePublished": "2024-05-04"}

    data = read(json.dumps(page), json.dumps(article))

    assert (data["headline"], data["datePublished"]) == ("Pohon", "2024-05-04")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Pohon &amp; Air", "Pohon & Air"),
        ("S&eacute;kolah", "Sékolah"),
        ({"name": "Ratna"}, "Ratna"),
        ([{"name": ["Ratna", "Budi"]}], "Ratna"),
        (3, ""),
        (None, ""),
        ([], ""),
        ([[[[[[[["dalam"]]]]]]]], ""),
    ],
)
def test_a_text_is_found_in_any_value(value: object, expected: str) -> None:
    assert text_in(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://gambar.example/1.jpg", "https://gambar.example/1.jpg"),
        ({"name": "Pohon", "url": "https://gambar.example/1.jpg"}, "https://gambar.example/1.jpg"),
        ([{"contentUrl": "/1.jpg"}, "/2.jpg"], "/1.jpg"),
        ({"url": {"url": 7}}, ""),
    ],
)
def test_an_address_is_found_in_any_value(value: object, expected: str) -> None:
    assert url_in(value) == expected


def test_organisations_are_told_from_persons() -> None:
    authors = [{"@type": "Person", "name": "Ratna"}, {"@type": "NewsMediaOrganization", "name": "Kabar"}, 3]

    assert organisations_in(authors) == ["Kabar"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="broken"),
        pytest.param("NaN", id="no number"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param('{"@graph":' * 3_000 + "1" + "}" * 3_000, id="deep graphs"),
        pytest.param(
            '{"@type":"Article","author":[[[]]],"headline":{"a":1},"datePublished":NaN}', id="types"
        ),
        pytest.param('{"@type":[["Article"],{},5]}', id="types of types"),
        pytest.param(
            '{"@type":"Article","author":{"@id":{"@id":[]}},"publisher":false}', id="odd references"
        ),
        pytest.param(f'{{"@type":"Article","wordCount":{"9" * 6_000}}}', id="a long number"),
        pytest.param('{"@type":"Article","headline":"' + "a" * 1_100_000 + '"}', id="a megabyte"),
    ],
)
def test_no_text_breaks_the_reading(text: str) -> None:
    data = read(text)

    assert text_in(data.get("headline")) == ""
    assert texts_in(data.get("author")) == []


NAMES = st.sampled_from([
    "@type", "@graph", "@id", "@value", "name", "url", "author", "publisher", "headline", "datePublished",
    "dateModified", "articleBody", "articleSection", "image", "inLanguage", "mainEntity", "wordCount",
])  # fmt: skip
VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12),
        st.sampled_from(["NewsArticle", "Person", "WebPage", "Organization", "#a", "2024-05-04", "&amp;"]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=6)),
    max_leaves=25,
)  # fmt: skip


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(VALUES, st.dictionaries(NAMES, VALUES).map(lambda value: {"@type": "NewsArticle", **value})))
def test_any_data_give_an_article_or_an_error_of_ours(value: object) -> None:
    text = "<p>Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh.</p>" * 8
    data = json.dumps(value).replace("<", "")
    page = f"<script type='application/ld+json'>{data}</script><h1>Warga Menanam</h1>{text}"

    try:
        article = extract_html(page.encode("utf-8", "surrogatepass"), "https://kabar.example/1")
    except ReaderError:
        return

    told = (article.title, article.section, article.language, article.site_name, *article.authors)
    assert all(isinstance(each, str) for each in told)
