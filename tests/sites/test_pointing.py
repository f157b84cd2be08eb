"""XPaths for an element that somebody points at: ids and telling classes first, positions at last."""

import pytest
from lxml import html
from lxml.html import HtmlElement

from reader.sites.pointing import Candidate, is_lasting, suggest_xpaths

PAGE = """<html><body>
<div class="header css-1x2y3z"><a class="logo">Berita</a></div>
<div id="post-482913" class="row read__content">
  <h1 class="col-md-8 article-title">Judul</h1>
  <span class="mt-3 writer-name">Sari</span>
  <time datetime="2020-11-10T07:38:00+07:00">10 November</time>
  <p>Alinea satu yang cukup panjang untuk sebuah berita.</p><div class="promo-box">Iklan</div>
  <p>Alinea dua yang cukup panjang untuk sebuah berita.</p><div class="promo-box">Iklan</div>
  <p>Unduh aplikasi kami.</p>
</div>
<div><b id="it's">x</b></div></body></html>"""


@pytest.fixture
def tree() -> HtmlElement:
    return html.document_fromstring(PAGE)


def suggest(tree: HtmlElement, at: str, directive: str) -> list[Candidate]:
    element = tree.xpath(at)[0]
    assert isinstance(element, HtmlElement)
    return list(suggest_xpaths(tree, element, directive))


def has(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


@pytest.mark.parametrize(
    ("at", "directive", "xpath", "finds"),
    [
        ("//h1", "title", f"//h1[{has('article-title')}]", 1),
        ("//span", "author", f"//span[{has('writer-name')}]", 1),
        ("//time", "date", "//time/@datetime", 1),
        ("//div[2]", "body", f"//div[{has('read__content')}]", 1),
        ("//div[@class='promo-box'][1]", "strip", f"//div[{has('promo-box')}]", 2),
        ("//p[3]", "strip", f"//div[{has('read__content')}]/p[3]", 1),
    ],
)
def test_the_best_is_short_and_has_a_name_that_lasts(
    tree: HtmlElement, at: str, directive: str, xpath: str, finds: int
) -> None:
    assert suggest(tree, at, directive)[0] == Candidate(xpath, finds)


def test_every_candidate_finds_the_element(tree: HtmlElement) -> None:
    for element in tree.iter():
        assert isinstance(element, HtmlElement)
        for directive in ("title", "author", "date", "body", "strip"):
            for candidate in suggest_xpaths(tree, element, directive):
                found = tree.xpath(candidate.xpath.removesuffix("/@datetime"))
                assert element in found, candidate
                assert len(found) == candidate.finds


@pytest.mark.parametrize("at", ["/html", "/html/body", "//h1"])
def test_the_page_and_its_title_cannot_be_stripped(tree: HtmlElement, at: str) -> None:
    assert suggest(tree, at, "strip") == []


def test_a_name_that_would_break_out_of_its_quotes_is_not_used(tree: HtmlElement) -> None:
    assert all("it's" not in each.xpath for each in suggest(tree, "//b", "author"))


@pytest.mark.parametrize(
    ("name", "is_good"),
    [
        ("read__content", True),
        ("articleBody", True),
        ("css-1x2y3z", False),
        ("sc-bdVaJa", False),
        ("post-482913", False),
        ("a1b2c3d4", False),
        ("x", False),
        ("']|//*", False),
    ],
)
def test_which_names_last(name: str, is_good: bool) -> None:
    assert is_lasting(name) is is_good


def test_a_name_of_letters_and_digits_in_turn_takes_no_time() -> None:
    assert is_lasting("a1" * 30 + "-")
    assert not is_lasting("a1" * 30)
