"""What is hidden is no part of the article, unless it waits for a script to show it."""

import pytest

from reader.extraction.prune import prune_content
from reader.extraction.tree import parse_fragment, text_of

TEXT = "Warga menanam pohon di tepi sungai sejak pagi. " * 10


@pytest.mark.parametrize(
    ("hidden", "is_gone"),
    [
        ('<div style="display:none">Rahasia</div>', True),
        ('<p style="visibility: hidden">Rahasia</p>', True),
        ('<div hidden><iframe src="/x"></iframe>Rahasia</div>', False),
        (f'<div hidden><iframe src="/x"></iframe>{TEXT}</div>', True),
        ('<div hidden><img src="/x.jpg">Rahasia</div>', False),
        (f'<div style="display:none">{TEXT * 9}</div>', False),
    ],
    ids=["a div", "a paragraph", "a player", "a text around a frame", "a picture", "nearly all of it"],
)
def test_what_is_hidden_goes(hidden: str, is_gone: bool) -> None:
    content = parse_fragment(f"<p>{TEXT}</p>{hidden}")
    prune_content(content, is_tidy=True)
    assert (len(content) == 1) is is_gone


def test_a_form_around_the_article_is_opened_and_one_in_it_goes() -> None:
    content = parse_fragment(f"<form><p>{TEXT}</p><form><input>Cari</form></form><nav>Menu</nav>")
    prune_content(content, is_tidy=True)
    assert text_of(content) == text_of(parse_fragment(f"<p>{TEXT}</p>"))


def test_a_headings_link_to_itself_goes_and_its_words_stay() -> None:
    content = parse_fragment(
        '<h2>Cara menanam <a href="#cara">#</a></h2><h3><a href="/kota#a">¶</a><a href="#b">Menyiram</a></h3>'
        f'<p>{TEXT}<a href="#c">#</a></p>'
    )
    prune_content(content, is_tidy=True)
    assert [text_of(each) for each in content] == ["Cara menanam", "Menyiram", f"{TEXT.strip()} #"]
