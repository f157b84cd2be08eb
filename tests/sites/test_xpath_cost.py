"""What an XPath costs is known before it is asked."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from reader.sites.xpath_cost import MAX_BRACKETS, CostUnknown, PageSize, cost

PAGE = PageSize(elements=2_000, depth=30, characters=100_000)
LINEAR = 2_000 * 500


@pytest.mark.parametrize(
    "expression",
    [
        "//h1",
        "//div[@class='isi']/p/text()",
        "//div[contains(concat(' ', normalize-space(@class), ' '), ' isi ')]/*[position() > 1]",
        "//*[@id='penulis']/a | //meta[@name='author']/@content",
        "substring-before(substring-after(//script[contains(., 'x')], 'a'), 'b')",
        "concat(//meta[@name='tanggal']/@content, ' WIB')",
        "(//div[@class='isi'])[1]/p[not(.//a)]",
        "///span[@class='nama penulis']",
        "//p[not(ancestor::figure)]",
        "//a/@href[contains(., 'div') and (contains(., 'mod') or 2 * 3 > 4 - 1)]",
        "//processing-instruction('x') | //comment() | //text()",
    ],
)
def test_usual_expressions_are_linear(expression: str) -> None:
    etree.XPath(expression)
    assert cost(expression, PAGE) < LINEAR * 3


@pytest.mark.parametrize(
    "expression",
    [
        "//p[//a]",
        "//p/following-sibling::p",
        "//p[preceding::p]",
        "//p[. = //div]",
        "//p/@class[. = //div/@class]",
        "//*[count(//*) > count(preceding::*)]",
        "//div[//p[//a[//b]]]",
        "sum(//p/following::p)",
        "//p[contains(string(//body), 'x')]",
        "//p[following::p[following::p]]",
    ],
)
def test_what_looks_through_the_page_for_each_place_is_not(expression: str) -> None:
    assert cost(expression, PAGE) > LINEAR * 3


def test_places_that_were_counted_make_the_bound_fit() -> None:
    expression = "//div[@id='akhir']/following-sibling::*"

    assert cost(expression, PAGE) > LINEAR * 100
    assert cost(expression, PAGE, lambda _path: 1) < LINEAR


def test_only_beginnings_that_can_be_asked_are_counted() -> None:
    asked: list[str] = []

    def count(path: str) -> int:
        asked.append(path)
        return int(float(str(etree.XPath(f"count({path})")(html.fromstring("<p>x</p>")))))

    cost("substring-after((//div)[1]//p[@a]/b/@c | //i/following::*[//b], 'x')", PAGE, count)

    assert "//i" in [each.strip() for each in asked]
    assert all(each for each in asked)


@pytest.mark.parametrize("expression", ["(" * 40 + "1" + ")" * 40, "//a[" * 30 + "b" + "]" * 30])
def test_what_is_nested_beyond_reason_is_unknown(expression: str) -> None:
    with pytest.raises(CostUnknown, match=str(MAX_BRACKETS)):
        cost(expression, PAGE)


PAGES = {
    "flat": "<div class=a><p>x</p></div>" * 1_000,
    "siblings": "<p class=a>x</p>" * 2_000,
    "deep": ("<div class=a>" * 140 + "x" + "</div>" * 140) * 14,
    "long": "<div>" * 100 + f"<p>{'kata ' * 20}</p>" * 1_900,
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "expression",
    [
        "//div//p",
        "//div//div//div",
        "//p/..",
        "//p/ancestor::div",
        "//p[not(//a)]",
        "//p[count(preceding-sibling::p) = 3]",
        "//*[contains(., 'zz')]",
        "//p[contains(string(//body), 'zz')]",
        "//div[contains(translate(., 'ABCDEFGHIJ', 'abcdefghij'), 'zz')]",
        "//p[@class = //div/@class]",
    ],
)
def test_the_bound_holds_on_hostile_pages(page: str, expression: str) -> None:
    body = PAGES[page]
    tree = html.fromstring(f"<body>{body}")
    ask = etree.XPath(expression)
    # The least of three: the interpreter collects its garbage when it likes.
    seconds = min(_measure(ask, tree) for _ in range(3))

    size = PageSize(elements=2_200, depth=150, characters=len(body))
    # A step is 25 ns on one machine; four times that, and a tenth of a second, leave room for a slow one.
    assert seconds < cost(expression, size) * 100e-9 + 0.1


def _measure(ask: etree.XPath, tree: html.HtmlElement) -> float:
    begun = time.process_time()
    ask(tree)
    return time.process_time() - begun


STEPS = st.sampled_from(
    re.findall(
        r"\S+",
        "// / div p * @class . .. text() node() [1] [ ] ( ) or and = != < | - + 'x' 3 last() not( count( "
        "position() following:: ancestor-or-self::* descendant::p contains( , translate( string() id('x') "
        "$v mod div : , ///",
    )
)


@given(st.lists(STEPS, max_size=14).map(" ".join))
def test_any_expression_that_compiles_has_a_cost_or_is_unknown(expression: str) -> None:
    try:
        etree.XPath(expression)
    except etree.XPathError:
        return
    try:
        assert cost(expression, PAGE) >= 0
    except CostUnknown:
        return
