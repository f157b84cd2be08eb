"""Meta elements by the many names that publishers give them."""

import pytest
from lxml import html

from reader.extraction.meta_tags import MetaTags


def read(*tags: str) -> MetaTags:
    return MetaTags(html.document_fromstring(f"<head>{''.join(tags)}</head><body></body>"))


@pytest.mark.parametrize(
    ("attribute", "value"),
    [("property", "og:title"), ("name", "og:title"), ("itemprop", "og:title"), ("name", " OG:Title ")],
)
def test_a_name_is_read_from_any_attribute_in_any_case(attribute: str, value: str) -> None:
    assert (
        read(f"<meta {attribute}='{value}' content=' Pohon  &amp;amp; Air '>").get("og:title")
        == "Pohon & Air"
    )


def test_the_first_value_that_is_not_empty_counts() -> None:
    meta = read("<meta name=a content=''>", "<meta name=a content=satu>", "<meta name=a content=dua>")

    assert (meta.get("b", "a"), meta.all_of("a"), meta.get("b")) == ("satu", ["satu", "dua"], "")


@pytest.mark.parametrize(
    "name",
    [
        "author",
        "article:author",
        "cXenseParse:author",
        "dcsext.author",
        "citation_author",
        "article:byline",
        "DC.Creator",
    ],
)
def test_an_author_is_known_by_the_end_of_the_name(name: str) -> None:
    assert read(f"<meta name='{name}' content='Ratna Wulandari'>").authors() == [["Ratna Wulandari"]]


@pytest.mark.parametrize("name", ["twitter:creator", "authority", "author-image", "article:publisher"])
def test_other_names_are_no_authors(name: str) -> None:
    assert read(f"<meta name='{name}' content='Ratna Wulandari'>").authors() == []


@pytest.mark.parametrize(
    "name",
    [
        "article:published_time",
        "article:published:time",
        "datePublished",
        "pubdate",
        "publish-date",
        "cXenseParse:recs:publishtime",
        "DC.date.issued",
        "parsely-pub-date",
    ],
)
def test_a_date_of_publishing_is_known_by_the_end_of_the_name(name: str) -> None:
    assert read(f"<meta name='{name}' content='2024-05-04'>").published() == ["2024-05-04"]


@pytest.mark.parametrize(
    "name", ["article:modified_time", "og:updated_time", "article:expiration_time", "firstpublished", "date"]
)
def test_other_dates_are_none_of_publishing(name: str) -> None:
    assert read(f"<meta name='{name}' content='2024-05-04'>").published() == []


def test_a_page_of_ten_thousand_metas_is_read_as_far_as_anyone_needs() -> None:
    assert (
        len(read(*(f"<meta name=author content=a{number}>" for number in range(10_000))).authors()[0]) == 500
    )


def test_an_author_in_microdata_may_be_that_of_something_else() -> None:
    assert read("<meta itemprop=author content='Budi Hartono'>").authors() == []
