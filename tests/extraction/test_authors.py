"""Whom a page names as its authors, the surest source first."""

import json

import pytest
from lxml import html

from reader.extraction.metadata import read_metadata
from reader.sites import SiteRule, parse_rule

URL = "https://www.kabar.example/berita/1"
NO_RULE = SiteRule(name="")


def authors_of(
    *, author: object = None, head: str = "", body: str = "", rule: SiteRule = NO_RULE
) -> list[str]:
    data = {
        "@type": "NewsArticle",
        "headline": "Pohon",
        "publisher": {"name": "Kabar Kita"},
        "author": author,
    }
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script>"
    page = f"<head>{script}{head}</head><body><main><h1>Pohon</h1>{body}</main></body>"
    return list(read_metadata(html.document_fromstring(page), URL, URL, rule).authors)


META = "<meta name=author content='Budi Hartono'>"
BYLINE = "<p class=byline>Oleh Ratna Wulandari</p>"
ORGANISATION = {"@type": "Organization", "name": "Kantor Berita Pohon"}


@pytest.mark.parametrize(
    ("author", "head", "body", "expected"),
    [
        pytest.param({"name": "Sari Dewi"}, META, BYLINE, ["Sari Dewi"], id="JSON-LD first"),
        pytest.param(None, META, BYLINE, ["Budi Hartono"], id="then meta"),
        pytest.param(None, "", BYLINE, ["Ratna Wulandari"], id="then what is seen"),
        pytest.param({"name": "Kabar Kita"}, "", BYLINE, ["Ratna Wulandari"], id="the site is no person"),
        pytest.param({"name": "Tim Kabar"}, META, "", ["Budi Hartono"], id="nor is its staff"),
        pytest.param(ORGANISATION, META, "", ["Budi Hartono"], id="nor an organisation"),
        pytest.param(ORGANISATION, "", "", ["Kantor Berita Pohon"], id="rather than nobody"),
        pytest.param([{"name": "Sari Dewi"}, ORGANISATION], "", "", ["Sari Dewi"], id="persons only"),
        pytest.param({"name": "sari@kabar.example"}, "", BYLINE, ["Ratna Wulandari"], id="an e-mail is none"),
        pytest.param("https://kabar.example/s", META, "", ["Budi Hartono"], id="nor is an address"),
        pytest.param(None, "", "", [], id="unknown"),
    ],
)
def test_the_surest_source_names_the_authors(
    author: object, head: str, body: str, expected: list[str]
) -> None:
    assert authors_of(author=author, head=head, body=body) == expected


@pytest.mark.parametrize(
    ("rule", "author", "expected"),
    [
        pytest.param("author: //b", "Sari Dewi", ["Tono"], id="a rule first"),
        pytest.param("author: //u", "Sari Dewi", ["Sari Dewi"], id="a rule that finds nothing"),
        pytest.param("author: //u", ORGANISATION, [], id="then persons only"),
        pytest.param("author: //u\nskip_json_ld: yes", "Sari Dewi", [], id="one that believes nothing else"),
    ],
)
def test_a_rule_is_believed_before_the_data(rule: str, author: object, expected: list[str]) -> None:
    parsed, _ = parse_rule(rule, "kabar.example")

    assert authors_of(author=author, body="<b>Tono</b>", rule=parsed) == expected
