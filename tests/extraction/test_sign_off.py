"""The desk's initials go; what is in brackets and part of the text stays."""

import pytest
from lxml import html

from reader.extraction.sign_off import cut_sign_off


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        pytest.param("<p>Warga pulang. (H-2)</p>", "<p>Warga pulang.</p>", id="a desk and a number"),
        pytest.param('<p>"Sampai besok." (abc)</p>', '<p>"Sampai besok."</p>', id="initials"),
        pytest.param("<p>Warga pulang.(abc/def)</p>", "<p>Warga pulang.</p>", id="two, without a space"),
        pytest.param("<p>Warga pulang. <strong>(abc/def)</strong></p>", "<p>Warga pulang. </p>", id="bold"),
        pytest.param("<p>Warga <b>pulang.</b> (*)</p>", "<p>Warga <b>pulang.</b></p>", id="a star"),
        pytest.param("<p>Pulang.</p><p><b>(abc)</b></p>", "<p>Pulang.</p>", id="a paragraph alone"),
        pytest.param("<p>Usai. (abc)</p><figure></figure>", "<p>Usai.</p><figure></figure>", id="picture"),
        pytest.param("<p>Satu. (abc)</p><p>Dua.</p>", None, id="not at the end"),
        pytest.param("<p>Badan itu bernama Organisasi Air (oa)</p>", None, id="within the sentence"),
        pytest.param("<p>Demikian kata badan itu. (WHO)</p>", None, id="a name in capitals"),
        pytest.param("<p>Warga pulang. (Lihat halaman dua)</p>", None, id="a remark"),
        pytest.param("<p>Warga pulang. (a<b>bc</b>)</p>", None, id="in pieces"),
        pytest.param("<ul><li>Pulang. (abc)</li></ul>", None, id="a list"),
        pytest.param("", None, id="nothing"),
    ],
)  # fmt: skip
def test_the_initials_at_the_end_are_cut(markup: str, kept: str | None) -> None:
    content = html.fragment_fromstring(markup, create_parent="div")

    cut_sign_off(content, "id")

    assert "".join(html.tostring(each, encoding="unicode") for each in content) == (
        markup if kept is None else kept
    )


def test_other_languages_have_no_such_custom() -> None:
    content = html.fragment_fromstring("<p>They left. (abc)</p>", create_parent="div")

    cut_sign_off(content, "en")

    assert content.text_content() == "They left. (abc)"
