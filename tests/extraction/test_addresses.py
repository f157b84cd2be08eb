"""Addresses: which picture of a set is taken."""

import pytest

from reader.extraction.addresses import choose_from_srcset


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
    assert choose_from_srcset(srcset) == chosen
