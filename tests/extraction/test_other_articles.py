"""Of several whole articles in one page, the one that the page is called after."""

import pytest

from reader.extraction.other_articles import drop_other_articles
from reader.extraction.parse import parse

TITLE = "<title>Warga menanam pohon - Kabar Desa</title>"


def article(heading: str, tag: str = "h1") -> str:
    return f"<article><{tag}>{heading}</{tag}><p>{heading}, sejak pagi.</p></article>"


@pytest.mark.parametrize(
    ("articles", "left"),
    [
        pytest.param(article("Warga Menanam Pohon") + article("Pasar dibuka"), 1, id="the next one goes"),
        pytest.param(article("Pasar dibuka") + article("Warga menanam pohon"), 1, id="the one before goes"),
        pytest.param(article("Pasar dibuka") + article("Panen padi"), 2, id="none is called so"),
        pytest.param(article("Warga menanam pohon") * 2, 2, id="both are called so"),
        pytest.param(article("Warga menanam pohon") + article("Pasar", "h2"), 2, id="a part of it"),
        pytest.param(article("Pasar dibuka"), 1, id="only one"),
    ],
)
def test_articles_that_the_page_is_not_called_after_go(articles: str, left: int) -> None:
    tree = parse(f"<html><head>{TITLE}</head><body>{articles}</body></html>")

    drop_other_articles(tree)

    assert len(list(tree.iter("article"))) == left
