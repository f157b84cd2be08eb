"""Real markup becomes a row of clean blocks."""

import pytest
from lxml import html

from reader.extraction.blocks import draw_rules, flatten


def flat(markup: str) -> str:
    content = flatten(html.fragment_fromstring(markup, create_parent="div"))
    return "".join(html.tostring(each, encoding="unicode") for each in content)


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        pytest.param("satu<br><br>dua<br>tiga", "<p>satu</p><p>dua<br>tiga</p>", id="line breaks"),
        pytest.param("<p><b>Judul<br></b><br>isi</p>", "<p><b>Judul</b></p><p>isi</p>", id="breaks across inline ends"),  # noqa: E501
        pytest.param("satu<div>dua</div>tiga", "<p>satu</p><p>dua</p><p>tiga</p>", id="bare text"),
        pytest.param("<p>a</p><i>b</i> c", "<p>a</p><p><i>b</i> c</p>", id="inline tail"),
        pytest.param("<p><b>x<figure><figcaption>f</figcaption></figure>y</b></p>", "<p><b>x</b></p><figure><figcaption>f</figcaption></figure><p><b>y</b></p>", id="figure in a paragraph"),  # noqa: E501
        pytest.param("<p></p><p><strong> </strong></p><p><br></p>", "", id="empty"),
        pytest.param("<h2> &nbsp;<span>1.&nbsp;Satu</span> </h2>", "<h2>1. Satu</h2>", id="heading"),
        pytest.param("<p>a <a href='x'>b</a>\n   c </p>", '<p>a <a href="x">b</a> c</p>', id="white space"),
        pytest.param("<blockquote>q<br><br>r</blockquote>", "<blockquote><p>q</p><p>r</p></blockquote>", id="quote"),  # noqa: E501
        pytest.param("<table><tr><td>satu<br><br>dua</td></tr></table>", "<p>satu</p><p>dua</p>", id="a table for layout"),  # noqa: E501
        pytest.param("<section><ul><li>a</li></ul><ul> </ul></section>", "<ul><li>a</li></ul>", id="lists"),
        pytest.param("<pre>\n<code><br><br>\n  a<br>b</code></pre>", "<pre><code>  a<br>b</code></pre>", id="code with empty lines above"),  # noqa: E501
        pytest.param("<pre><span>a</span><br>b</pre>", "<pre><span>a</span><br>b</pre>", id="code with a break"),  # noqa: E501
    ],
)  # fmt: skip
def test_markup_is_flattened(markup: str, expected: str) -> None:
    assert flat(markup) == expected


@pytest.mark.parametrize(
    ("markup", "drawn"),
    [
        pytest.param("<p>a</p><hr><p>b</p>", "a|hr|b", id="between paragraphs"),
        pytest.param("a<br><hr><hr><div><div>b</div></div>", "a|hr|b", id="two at once, in containers"),
        pytest.param("<hr><p>a</p><p>b</p><hr>", "a|b", id="at the edges"),
        pytest.param("<h2>a</h2><hr><p>b</p>", "a|b", id="an ornament of a heading"),
        pytest.param("<p>a</p><hr><p>iklan</p><hr><p>b</p>", "a|b", id="around what goes"),
        pytest.param("<p>a</p><p>iklan</p><hr><p>b</p>", "a|b", id="below what goes"),
        pytest.param("<ul><li>a</li></ul><hr><blockquote>b</blockquote>", "a|hr|b", id="lists and quotes"),
    ],
)
def test_a_rule_stays_between_the_blocks_that_it_parts(markup: str, drawn: str) -> None:
    row = flatten(html.fragment_fromstring(markup, create_parent="div"))
    for block in list(row):
        if block.text == "iklan":
            row.remove(block)

    draw_rules(row)

    assert "|".join(each.text_content() or str(each.tag) for each in row) == drawn
