"""The index answers as the XPath itself would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from reader.extraction.index import forget_index, index_of, indexed, read_step
from reader.extraction.parse import parse
from reader.extraction.tree import ask

PAGE = """<html class="no-js read"><head><meta name="author" content="Sari" class="read">
<meta property="og:title"
content=""></head><body id="read"><div class="read__content clearfix"><p class="a\tread b">satu <a class="tag"
href="/tag/x">dua</a></p><div class="inner read"><a class="tag" href="/y">tiga</a></div></div>
<input name="author"><p class="read">empat</p></body></html>"""

ANSWERED = [
    "//div[contains(@class, 'read')]",
    "//*[contains(@class, 'read')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' read ')]",
    "//p[@class='read']",
    "//p[concat(' ', normalize-space(@class), ' ') = ' a read b ']",
    "//meta[@name='author'][number(@content) > 1]",
    '//*[@id="read"]',
    "//*[contains(@id,'rea')]",
    "//div[contains(@class, 'read__content') and contains(@class, 'clearfix')]",
    "//*[@id='read' or @id='none']",
    "//div[@class='inner read']//a/@href",
    "//div[contains(@class, 'read')]//a",
    "//a[contains(@class, 'tag')][not(contains(@href, '/tag/'))]/@href",
    "//meta[@name='author'][normalize-space(@content)]/@content",
    "//meta[@property='og:title'][normalize-space(@content)]/@content",
    "//nav[@class='none']/a",
]
NOT_ANSWERED = [
    "//*[@id='read' or @class='read']",
    "//p",
    "//p[1]",
    "//p[@class='read'][1]",
    "//p[@class='read'] | //div[@class='inner read']/a",
    "//p[@class='a' and @id='b' or @class='c']",
    "//p[not(@class='read')]",
    "//input[@name='author']",
    "(//p[@class='read'])[1]",
    "//div[@class='x']/[",
    "count(//p[@class='read'])",
    "//p[@class='read'][position() < 2]",
    "//p[@class='read'][count(a)]",
]


def plain(expression: str) -> list[object]:
    found = etree.XPath(expression)(parse(PAGE))
    return [each if isinstance(each, str) else etree.tostring(each, with_tail=False) for each in found]


def through_the_index(expression: str) -> list[object]:
    tree = parse(PAGE)
    with indexed(tree):
        found = ask(tree, expression)
    return [each if isinstance(each, str) else etree.tostring(each, with_tail=False) for each in found]


@pytest.mark.parametrize("expression", ANSWERED)
def test_the_index_finds_what_the_expression_finds(expression: str) -> None:
    assert read_step(expression) is not None
    assert through_the_index(expression) == plain(expression)


@pytest.mark.parametrize("expression", NOT_ANSWERED)
def test_other_expressions_are_left_to_the_page(expression: str) -> None:
    assert read_step(expression) is None


def test_what_was_taken_out_is_not_found() -> None:
    tree = parse(PAGE)
    with indexed(tree):
        assert len(ask(tree, "//a[@class='tag']")) == 2
        for element in tree.xpath("//div[@class='inner read']"):
            element.drop_tree()

        assert len(ask(tree, "//a[@class='tag']")) == 1


def test_after_forgetting_the_page_itself_is_asked() -> None:
    tree = parse(PAGE)
    with indexed(tree):
        assert index_of(tree) is not None
        forget_index()
        for element in tree.xpath("//p"):
            element.attrib.pop("class")

        assert ask(tree, "//p[@class='read']") == []
    assert index_of(tree) is None


def test_another_tree_is_asked_itself() -> None:
    tree, other = parse(PAGE), parse("<p class='read'>lain</p>")
    with indexed(tree):
        assert [each.text for each in ask(other, "//p[@class='read']")] == ["lain"]  # type: ignore[union-attr]


_WORDS = st.lists(st.sampled_from(["a", "b", "ab", "a-b", " ", "\t", "\xa0"]), max_size=4).map("".join)


@given(st.lists(st.tuples(st.sampled_from(["p", "div"]), _WORDS, _WORDS), max_size=8), st.sampled_from("ab "))
def test_on_any_page_it_agrees(parts: list[tuple[str, str, str]], literal: str) -> None:
    page = "".join(f"<{tag} class='{name}' id='{key}'>" for tag, name, key in parts) + "x"
    for expression in (
        f"//*[contains(@class, '{literal}')]",
        f"//div[contains(concat(' ', normalize-space(@class), ' '), ' {literal} ')]",
        f"//p[@class='{literal}' or contains(@id, '{literal}')]/p",
        f"//*[contains(@class, '{literal}') and @id='{literal}']",
    ):
        tree = parse(f"<body>{page}</body>")
        with indexed(tree):
            assert ask(tree, expression) == list(etree.XPath(expression)(tree))
