"""The pipeline as a whole: what it may raise, what it refuses, and that it is pure."""

import gzip
import pickle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import BotWall, NoArticle, ReaderError, TooComplex
from reader.extraction import canonical_link, extract, extract_html
from reader.sites import find_rule, parse_rule
from reader.values import Page

WORDS = "Warga menanam pohon di tepi sungai sejak pagi agar kampung mereka lebih teduh. "
ARTICLE = f"<article><h1>Warga Menanam</h1>{''.join(f'<p>{number}. {WORDS * 3}</p>' for number in range(6))}</article>"  # noqa: E501
KOMPAS = "https://www.kompas.com/tren/read/2022/06/23/204500665/contoh"

PIECES = [
    "<p>", "</p>", "<div>", "</div>", "<div class=read__content>", "<br>", "<strong>", "</strong>", "<a href=", "'", '"', ">",  # noqa: E501
    "Baca juga: ", "<a href='/x'>Judul</a>", "<img src=x>", "<iframe src=https://www.youtube.com/embed/x>", "<table><tr><td>",  # noqa: E501
    "<blockquote class=twitter-tweet>", "<figure><figcaption>", "<script>", "</script>", "<meta charset=utf-16>", "&nbsp;", "\x00",  # noqa: E501
    "<base href='//['>", "<link rel=canonical href='http://[::1'>", "<svg><style>", "<ul><li>", "Oleh: A", "KOMPAS.com -", "<h1>",  # noqa: E501
    "<script type=application/ld+json>", '{"@type":"NewsArticle","author":[{}],"datePublished":[[]]}', "<h1 class=read__title>",  # noqa: E501
    "<meta name=content_PublishedDate content='9999-12-31 23:59'>", "<time datetime='0001-01-01T00:00Z'>", "<div class=photo>",  # noqa: E501
    "<a class='paging__link paging__link--show' href='?page=all'>", "<meta name=content_total_pages content=999999999>", "<pre>\n",  # noqa: E501
]  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_an_error_of_ours(body: bytes) -> None:
    try_all(body, "https://kabar.example/1")


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40))
def test_any_markup_gives_an_article_or_an_error_of_ours(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")
    for url in (KOMPAS, f"{KOMPAS}?page=all", "nonsense://[", ""):
        try_all(body, url)


def try_all(body: bytes, url: str) -> None:
    page = Page(url=url, final_url=url, body=body)
    rule = find_rule("www.kompas.com")
    for call in (lambda: extract(page, rule), lambda: extract_html(body, url), lambda: canonical_link(page)):  # fmt: skip # noqa: E501
        try:
            call()
        except ReaderError:
            continue


def test_the_same_page_gives_the_same_article_that_can_go_between_processes() -> None:
    page = Page(url=KOMPAS, final_url=KOMPAS, body=ARTICLE.encode())
    rule = find_rule("www.kompas.com")

    first = extract(page, rule)

    assert first == extract(pickle.loads(pickle.dumps(page)), pickle.loads(pickle.dumps(rule)))
    assert pickle.loads(pickle.dumps(first)) == first


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(b"", NoArticle, id="nothing"),
        pytest.param(b"<html><body></body></html>", NoArticle, id="an empty page"),
        pytest.param(b"<html><body><p>Satu.</p></body></html>", NoArticle, id="one word"),
        pytest.param(b"<title>Just a moment...</title><p>Checking your browser before you go on to kabar.example. This is automatic.</p>", BotWall, id="a check for robots"),  # noqa: E501
        pytest.param(b"<div>" * 500 + b"teks", TooComplex, id="too deep"),
        pytest.param(b"<body>" + b"<i></i>" * 70_000, TooComplex, id="too many elements"),
    ],
)  # fmt: skip
def test_a_page_without_an_article_is_refused(body: bytes, error: type[ReaderError]) -> None:
    with pytest.raises(error):
        extract_html(body, "https://kabar.example/1")


def test_an_article_that_mentions_a_robot_check_is_an_article() -> None:
    body = ARTICLE.replace("0. ", "Tulisan itu berbunyi: verify you are human. ")

    assert extract_html(body.encode(), "https://kabar.example/1").word_count > 150


def test_replacements_of_the_rule_are_made_on_the_raw_page() -> None:
    rule, _ = parse_rule(
        "body: //article\nfind_string: tepi sungai\nreplace_string: tepi laut", "kabar.example"
    )

    article = extract_html(ARTICLE.encode(), "https://kabar.example/1", rule=rule)

    assert "tepi laut" in article.text
    assert "tepi sungai" not in article.text
    assert article.extractor == "kabar.example"


def test_a_body_that_is_not_there_is_left_to_readability_unless_the_rule_forbids() -> None:
    lenient, _ = parse_rule("body: //div[@id='lama']", "kabar.example")
    strict, _ = parse_rule("body: //div[@id='lama']\nautodetect_on_failure: no", "kabar.example")

    assert extract_html(ARTICLE.encode(), "https://kabar.example/1", rule=lenient).extractor == "readability"
    with pytest.raises(NoArticle):
        extract_html(ARTICLE.encode(), "https://kabar.example/1", rule=strict)


def test_strips_attributes_wraps_and_dissolves_follow_the_rule() -> None:
    text = "body: //article\nstrip: //p[1]\nstrip_attr: //p/@class\nwrap_in(blockquote): //p[@id='q']\ndissolve: //em"  # noqa: E501
    rule, complaints = parse_rule(text, "kabar.example")
    body = (
        f"<article><p>Buang.</p><p class=credit>{WORDS}</p><p id=q>Kutipan <em>itu</em> begini.</p></article>"
    )

    content = extract_html(body.encode(), "https://kabar.example/1", rule=rule).content

    assert not complaints
    assert content == f"<p>{WORDS.strip()}</p><blockquote><p>Kutipan itu begini.</p></blockquote>"


def test_a_text_that_breaks_what_the_rule_promises_is_doubtful() -> None:
    rule, _ = parse_rule("body: //article\nmust_not_contain: tepi sungai", "kabar.example")

    quality = extract_html(ARTICLE.encode(), "https://kabar.example/1", rule=rule).quality

    assert "rule_doubtful" in quality.reasons
    assert quality.score < 1


def test_nothing_unsafe_comes_through() -> None:
    evil = "<p onclick=x>Halo <a href=javascript:alert(1)>dunia</a><img src=x onerror=alert(1)><script>alert(1)</script></p>"  # noqa: E501

    content = extract_html((ARTICLE + evil).replace("0. ", evil).encode(), "https://kabar.example/1").content

    assert "alert" not in content
    assert "onclick" not in content
    assert "<img" not in content


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("<html amp><link rel=canonical href='/read/1'>", "https://amp.kabar.example/read/1", id="amp"),  # noqa: E501
        pytest.param("<html ⚡><link rel=canonical href='https://kabar.example/read/1'>", "https://kabar.example/read/1", id="amp sign"),  # noqa: E501
        pytest.param("<html><link rel=canonical href='/read/1'>", None, id="a full page"),
        pytest.param("<html amp><link rel=canonical href='javascript:x'>", None, id="no address"),
    ],
)  # fmt: skip
def test_the_full_page_of_an_amp_page_is_named(head: str, expected: str | None) -> None:
    url = "https://amp.kabar.example/read/1"

    assert canonical_link(Page(url=url, final_url=url, body=f"{head}<body>x".encode())) == expected


def test_a_gzipped_body_is_no_page() -> None:
    with pytest.raises(NoArticle):
        extract_html(gzip.compress(b"<p>teks</p>", mtime=0), "https://kabar.example/1")


@pytest.mark.parametrize("wrapper", ["form", "nav"])
def test_a_page_that_stands_in_a_form_as_a_whole_is_read(wrapper: str) -> None:
    page = f"<body><{wrapper}>{ARTICLE}<form><input><p>Cari kabar</p></form></{wrapper}></body>"

    text = extract_html(page.encode(), "https://example.com/kabar").text

    assert text.count("Warga menanam") == 18
    assert "Cari" not in text


def test_words_of_every_inline_element_stay_in_their_sentence() -> None:
    page = ARTICLE.replace("<p>0. ", "<p>Kata <acronym>FOSS</acronym> dan <dfn>teduh</dfn> bermakna. ", 1)

    article = extract_html(page.encode(), "https://kabar.example/b")

    assert article.text.startswith("Kata FOSS dan teduh bermakna. Warga menanam")


def test_a_gallerys_title_and_button_before_the_text_go() -> None:
    page = ARTICLE.replace("</h1>", "</h1><p>Close</p><div>Warga Menanam</div>", 1)

    article = extract_html(page.encode(), "https://kabar.example/b")

    assert article.text.startswith("0. Warga menanam")
