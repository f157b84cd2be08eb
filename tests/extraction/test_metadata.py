"""The rest of what a page tells of its article: language, pictures, names, dates; and hostile pages."""

import time

import pytest
from lxml import html

from reader.extraction.metadata import Metadata, read_metadata
from reader.sites import SiteRule

URL = "https://www.kabar.example/berita/1"


def read(head: str = "", body: str = "", attributes: str = "") -> Metadata:
    page = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return read_metadata(html.document_fromstring(page), URL, URL, SiteRule(name=""))


def ld(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


@pytest.mark.parametrize(
    ("attributes", "head", "expected"),
    [
        ("lang=de-AT", "", "de-AT"),
        ("", "<meta property=og:locale content=id_ID>", "id_ID"),
        ("lang=''", "<meta name=language content=Indonesia>", ""),
        ("", ld('{"@type":"Article","inLanguage":"id"}'), "id"),
    ],
)
def test_the_language_is_a_code(attributes: str, head: str, expected: str) -> None:
    assert read(head, attributes=attributes).language == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property=og:image content=/a.jpg>", "https://www.kabar.example/a.jpg"),
        ("<meta name=twitter:image content=/a.jpg>", "https://www.kabar.example/a.jpg"),
        (
            ld('{"@type":"Article","image":[{"name":"Pohon","url":"/a.jpg"}]}'),
            "https://www.kabar.example/a.jpg",
        ),
        ("", ""),
    ],
)
def test_the_picture_that_is_shown_to_others(head: str, expected: str) -> None:
    assert read(head).image_url == expected


def test_the_names_and_dates_of_a_page() -> None:
    head = "".join(
        f"<meta property='{name}' content='{content}'>"
        for name, content in {
            "og:site_name": "Kabar &amp; Kota",
            "article:section": "Lingkungan",
            "article:modified_time": "2024-05-05T10:00:00+07:00",
            "og:description": "Warga menanam.",
        }.items()
    )
    metadata = read(head)

    assert (metadata.site_name, metadata.section) == ("Kabar & Kota", "Lingkungan")
    assert metadata.description == "Warga menanam."
    assert metadata.modified is not None
    assert metadata.modified.isoformat() == "2024-05-05T10:00:00+07:00"
    assert metadata.published is None


@pytest.mark.parametrize(
    ("published", "changed", "expected"),
    [
        ("2024-05-04 08:15:00", "2024-05-04T10:00:00+02:00", "2024-05-04T08:15:00+02:00"),
        ("2024-05-04 08:15:00", "2024-05-07T10:00:00+02:00", "2024-05-04"),
        ("2024-05-04 08:15:00", "2024-05-04T10:00:00Z", "2024-05-04"),
        ("2024-05-04T08:15:00-03:00", "2024-05-04T10:00:00+02:00", "2024-05-04T08:15:00-03:00"),
    ],
)
def test_a_change_on_the_same_day_tells_the_zone(published: str, changed: str, expected: str) -> None:
    head = ld(f'{{"@type":"Article","datePublished":"{published}","dateModified":"{changed}"}}')
    moment = read(head).published

    assert moment is not None
    assert moment.isoformat() == expected


def test_a_title_that_stands_for_the_name_of_the_site_is_still_the_title() -> None:
    head = "".join(
        f"<meta property='{name}' content='Warga Menanam Pohon'>"
        for name in ("og:title", "og:site_name", "application-name")
    )

    assert read(head, "<h1>Kabar</h1>").title == "Warga Menanam Pohon"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("", "<h1>" * 3_000, id="headings in headings"),
        pytest.param("", "<h1>Judul</h1>" + "<i class=author>" * 100 + "x" * 90_000, id="nested authors"),
        pytest.param("", "<h1>Judul</h1>" + "<p class='date'>1 1 1</p>" * 20_000, id="dates without end"),
        pytest.param("<title>" + " - " * 50_000 + "</title>", "", id="separators"),
        pytest.param(f"<meta name=author content='{'a, ' * 100_000}'>", "", id="commas"),
        pytest.param(f"<meta name=author content='{'by ' * 100_000}'>", "", id="labels"),
        pytest.param(f"<meta name=date content='{'1.' * 100_000}'>", "", id="numbers"),
        pytest.param(f"<meta property=og:title content='{'<a ' * 100_000}'>", "<h1>a</h1>", id="tags"),
        pytest.param(f"<meta property=og:title content='{'&amp;' * 100_000}'>", "", id="ampersands"),
    ],
)
def test_a_hostile_page_is_read_in_a_moment(head: str, body: str) -> None:
    began = time.process_time()
    read(head, body)

    assert time.process_time() - began < 1.5
