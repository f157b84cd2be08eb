"""Visible bylines: every way to mark one, and what only looks like one."""

import pytest
from lxml import html

from reader.extraction.bylines import find_bylines
from reader.extraction.marks import Marks

TITLE = "Warga Menanam Pohon"
TEXT = "<p>" + "Warga menanam pohon di tepi sungai sejak pagi. " * 8 + "</p>"


def find(before: str = "", after: str = "", end: str = "") -> list[str]:
    page = f"<body><main>{before}<h1>{TITLE}</h1>{after}{TEXT}{TEXT}</main>{end}</body>"
    return find_bylines(Marks(html.document_fromstring(page), TITLE))


@pytest.mark.parametrize(
    "byline",
    [
        pytest.param("<a rel='author' href='/tim/ratna'>Ratna Wulandari</a>", id="rel=author"),
        pytest.param(
            "<span itemprop=author><span itemprop=name>Ratna Wulandari</span></span>", id="microdata"
        ),
        pytest.param("<meta itemprop=author content='Ratna Wulandari'>", id="microdata in a meta"),
        pytest.param(
            "<span class='author vcard'><a class=fn href='/x'>Ratna Wulandari</a></span>", id="hCard"
        ),
        pytest.param("<div class='article__author-name'>Oleh Ratna Wulandari</div>", id="a class of words"),
        pytest.param("<div class='articleAuthor'>Ratna Wulandari</div>", id="a class in camel case"),
        pytest.param("<p class=byline>Von Ratna Wulandari | 4. Mai 2024</p>", id="a byline with a date"),
        pytest.param(
            "<p>ditulis di <a href='/author/ratna/'>Ratna Wulandari</a></p>", id="a link to the author"
        ),
        pytest.param("<p>By Ratna Wulandari, Staff Writer</p>", id="a line with a job"),
        pytest.param("<p>Penulis: Ratna Wulandari</p>", id="a labelled line"),
        pytest.param("<p>Ein Artikel von Ratna Wulandari | 04.05.2024</p>", id="a line of a whole sentence"),
        pytest.param("<p>04.05.2024 - Redaktion: Ratna Wulandari (Kota)</p>", id="a label after a date"),
        pytest.param("<p>Kota | By Ratna Wulandari</p>", id="after a section"),
    ],
)
def test_a_byline_is_found(byline: str) -> None:
    assert find(after=byline) == ["Ratna Wulandari"]
    assert find(before=byline) == ["Ratna Wulandari"]


def test_authors_that_stand_together_are_all_found() -> None:
    links = "<a rel=author href=/r>Ratna Wulandari</a> dan <a rel=author href=/b>Budi Hartono</a>"

    assert find(after=f"<p>{links}</p>") == ["Ratna Wulandari", "Budi Hartono"]


def test_the_surer_mark_holds() -> None:
    assert find(after="<p>Oleh Budi Hartono</p><a rel=author href=/r>Ratna Wulandari</a>") == [
        "Ratna Wulandari"
    ]


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div class=comments><a rel=author href=/b>Budi Hartono</a></div>", id="a comment"),
        pytest.param("<aside><span class=author>Budi Hartono</span></aside>", id="a side bar"),
        pytest.param(
            "<ul class='related-posts'><li class=author>Budi Hartono</li></ul>", id="related articles"
        ),
        pytest.param("<div class='author-bio'>Budi Hartono menulis tentang sungai.</div>", id="a biography"),
        pytest.param("<p class=author>Air, Kota, Pohon</p>", id="topics"),
        pytest.param("<span class='authority-badge'>Budi Hartono</span>", id="another word"),
        pytest.param("<p class=author>Bagikan</p>", id="a word that is no name"),
    ],
)
def test_the_author_of_something_else_is_not_found(markup: str) -> None:
    assert find(end=markup) == []


@pytest.mark.parametrize(
    "line", ["By the river", "Von Montag bis Freitag geöffnet", "Oleh karena itu warga menanam"]
)
def test_a_sentence_is_no_byline(line: str) -> None:
    assert find(after=f"<p>{line}</p>") == []
