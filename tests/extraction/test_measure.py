"""What is measured on the finished text."""

import pytest

from reader.extraction.measure import share_of_links


@pytest.mark.parametrize(
    ("content", "share"),
    [
        pytest.param("", 0.0, id="nothing"),
        pytest.param("<p>lima <a href='/a'>enam</a></p>", 4 / 9, id="a link in a sentence"),
        pytest.param("<ul><li><a href='/a'>Judul A</a></li></ul>", 1.0, id="a list of links"),
        pytest.param(
            "<p>Teks.</p><figure><figcaption><a href='/a.jpg'>Keterangan foto</a></figcaption></figure>",
            0.0,
            id="a picture's caption",
        ),
    ],
)
def test_the_share_of_links_is_that_of_the_words(content: str, share: float) -> None:
    assert share_of_links(content) == pytest.approx(share)
