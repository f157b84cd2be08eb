"""A wrong, slow or hostile directive costs itself only, and is told in the trace."""

import time

import pytest

from reader.errors import ExtractionInterrupted, ExtractionTimedOut, ReaderError
from reader.extraction import extract, extract_html
from reader.extraction.pool import extract_in_pool
from reader.extraction.replacements import replace_strings
from reader.sites import SiteRule, parse_rule
from reader.values import ExtractedArticle, Page

URL = "https://kabar.example/1"
WORDS = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. "
# A page of 5 MB: a short article, 12,000 other elements, and a script.
LARGE = (
    f"<body><article><h1>Warga Menanam</h1>{f'<p>{WORDS * 4}</p>' * 12}</article>"
    + "<footer><p>a <a href=/b>b</a></p></footer>" * 4_000
    + f"<script>{'x' * 4_800_000}</script>"
).encode()

HOSTILE = [
    "strip: //*[count(//*) > count(preceding::*)]",
    "title: //p/following::p/preceding::p",
    "title: //p[. = //p[. = //p]]",
    "author: substring-after(//p/following-sibling::p, 'x')",
    "date: //p[contains(translate(string(/), 'abcdefgh', 'ABCDEFGH'), 'zz')]",
    "strip_attr: //p[preceding-sibling::p[preceding-sibling::p]]/@class",
    "wrap_in(blockquote): //p[sum(//p) > sum(//a)]",
    "related: //a[count(.|//a) = count(//a)]",
    "single_page_link: //a[//p[//a]]/@href",
    "next_page_link: //a/@href\nif_page_contains: //p[not(//p[not(//p)])]",
]


@pytest.mark.parametrize(
    "expression",
    [
        "//p[//p[//p[//a[//b]]]]",
        "//p[following::p[following::p[following::p]]]",
        "//a[ancestor::*//p[. = //a]]",
    ],
)
def test_an_expression_that_is_slow_even_on_a_small_page_is_not_read_at_all(expression: str) -> None:
    rule, complaints = parse_rule(f"strip: {expression}", "kabar.example")

    assert rule.strip == ()
    assert [each.message for each in complaints] == ["costs too much even on a small page"]


@pytest.mark.parametrize("directive", HOSTILE, ids=lambda directive: directive.partition(":")[0])
def test_an_expression_that_would_never_end_is_left_out_and_told(directive: str) -> None:
    rule, _ = parse_rule(f"body: //article\n{directive}", "kabar.example")
    begun = time.process_time()

    article = extract_html(LARGE, URL, rule=rule)

    assert article.extractor == "kabar.example"
    assert "expressions cost too much on this page" in " ".join(article.trace)
    assert directive.splitlines()[-1].partition(": ")[2][:40] in " ".join(article.trace)
    assert time.process_time() - begun < 4


def test_an_expression_that_is_slow_on_large_pages_works_on_usual_ones() -> None:
    rule, _ = parse_rule("body: //article\nstrip: //p[not(//h6)][a]", "kabar.example")
    body = f"<article><p>{WORDS * 9}</p><p><a href=/x>Lain</a></p><p>{WORDS * 9}</p></article>".encode()

    article = extract_html(body, URL, rule=rule)

    assert "Lain" not in article.text
    assert "cost too much" not in " ".join(article.trace)


def test_replacements_cannot_blow_a_page_up() -> None:
    text, told = replace_strings("e" * 50_000, (("e", "f"), ("f", "x" * 8_000), ("ff", "")))

    assert text == ""
    assert "['f'] would blow the page up" in told


@pytest.mark.parametrize("error", [ExtractionTimedOut, ExtractionInterrupted])
def test_a_rule_that_ends_the_extraction_costs_itself_not_the_article(
    monkeypatch: pytest.MonkeyPatch, error: type[ReaderError]
) -> None:
    rule, _ = parse_rule("body: //article", "kabar.example")
    page = Page(url=URL, final_url=URL, body=f"<article><p>{WORDS * 20}</p></article>".encode())

    def run(function: object, page: Page, rule: SiteRule | None) -> ExtractedArticle:
        assert function is extract
        if rule is not None:
            raise error
        return extract(page, rule)

    monkeypatch.setattr("reader.extraction.pool.run_in_pool", run)

    article = extract_in_pool(page, rule)

    assert article.extractor == "readability"
    assert article.trace[0].startswith("site rule: kabar.example was left out")
