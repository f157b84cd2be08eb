"""Addresses: which picture of a set is taken."""

import pytest
from lxml import html

from reader.extraction.addresses import choose_from_srcset, source_of


@pytest.mark.parametrize(
    ("srcset", "chosen"),
    [
        ("", ""),
        ("/a.jpg", "/a.jpg"),
        ("/a.jpg, /b.jpg 2x", "/a.jpg"),
        ("/a.jpg 400w, /b.jpg 1200w, /c.jpg 4000w", "/b.jpg"),
        ("/x,y.jpg 10w,\n/z.jpg 20w", "/z.jpg"),
        ("data:image/gif;base64,AA 1w, /r.jpg 9000w", "/r.jpg"),
        ("/big.jpg 9000w, /huge.jpg 9999w", "/big.jpg"),
        ("a" * 30_000 + " !", "a" * 20_000),
    ],
    ids=lambda value: value[:30],
)
def test_the_widest_sensible_picture_is_chosen(srcset: str, chosen: str) -> None:
    assert choose_from_srcset(srcset)[0] == chosen


@pytest.mark.parametrize(
    ("markup", "chosen"),
    [
        pytest.param(
            '<img src="/s.jpg" srcset="/m.jpg 768w, /l.jpg 1536w, /xl.jpg 2560w">', "/l.jpg", id="a set"
        ),
        pytest.param('<img src="/s.jpg" srcset="/t.jpg 150w, /m.jpg 300w">', "/s.jpg", id="thumbnails only"),
        pytest.param('<img src="/s.jpg" srcset="/xl.jpg 4000w">', "/s.jpg", id="too large only"),
        pytest.param('<img src="/s.jpg" srcset="/s.jpg, /2.jpg 2x">', "/s.jpg", id="by density"),
        pytest.param('<img data-src="/s.jpg" data-srcset="/l.jpg 1200w">', "/l.jpg", id="hidden until seen"),
        pytest.param('<img srcset="/m.jpg 400w">', "/m.jpg", id="no other"),
        pytest.param(
            '<picture><source srcset="/l.webp 1200w"><img src="/s.jpg"></picture>',
            "/l.webp",
            id="of a picture",
        ),
    ],
)
def test_the_source_is_the_largest_size_that_a_screen_needs(markup: str, chosen: str) -> None:
    image = next(html.fragment_fromstring(markup, create_parent="div").iter("img"))

    assert source_of(image) == chosen
