"""Sanitised HTML is cut where pictures belong, and nowhere else."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sanitising import ContentPart, sanitise, split_at_pictures

FIGURE = '<figure><figcaption><a href="{}">Warga</a> <small class="credit">Ani</small></figcaption></figure>'
_PIECES = st.sampled_from(
    [
        *("<figure>", "</figure>", "<figcaption>", "</figcaption>", "</a>", "<p>", "</p>", "<table><td>"),
        *('<a href="https://a.test/1.jpg?b=1&amp;c">', "<a href='https://a.test/%22%3E'>", "<b>", "</b>"),
        *(
            "<a title='<figure><figcaption><a href=\"x\">'>",
            "&lt;figure&gt;",
            "kata",
            '"',
            "<",
            ">",
            "&amp;lt;",
        ),
        '<!-- <figure><figcaption><a href="https://b.test/"> -->',
        "<abbr title='&lt;figure>&lt;figcaption>&lt;a href=&quot;'>",
    ]
)


def test_each_picture_has_its_place_after_the_start_of_its_figure() -> None:
    content = sanitise(
        "<p>Awal.</p>" + FIGURE.format("https://a.test/1.jpg?w=8&amp;h=6") + "<p>Akhir.</p>"
        '<figure class="embed"><figcaption><a href="https://v.test/">Video</a></figcaption></figure>'
    )

    first, last = split_at_pictures(content)

    assert first == ContentPart("<p>Awal.</p><figure>", "https://a.test/1.jpg?w=8&h=6")
    assert last.html.startswith("<figcaption>")
    assert last.picture_url == ""


@pytest.mark.parametrize("content", ["", "<p>Tanpa gambar.</p>"], ids=["nothing", "no picture"])
def test_without_pictures_it_is_one_part(content: str) -> None:
    assert split_at_pictures(content) == (ContentPart(content),)


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_joined_it_is_what_it_was_and_every_cut_is_between_two_tags(html: str) -> None:
    content = sanitise(html)
    parts = split_at_pictures(content)

    assert "".join(part.html for part in parts) == content
    for part, following in itertools.pairwise(parts):
        assert part.html.endswith("<figure>")
        assert following.html.startswith('<figcaption><a href="')
        assert part.picture_url.startswith(("http://", "https://", "mailto:"))
