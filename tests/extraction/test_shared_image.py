"""The picture that a page shares, and the files that are no picture of the article."""

import pytest

from reader.extraction.shared_image import choose_image
from reader.extraction.titles import Site

SITE = Site.of(("Kabar Sungai",), "www.kabarsungai.example")
BASE = "https://www.kabarsungai.example/berita/1"
PHOTO = "https://gambar.example/2024/pohon.jpg"


@pytest.mark.parametrize(
    "name",
    (
        "blank.jpg logo.png Logo_en.gif kabarsungai-logo.jpg apple-touch-icon@2.png og-image.jpg lambang.svg"
        " default-user-image.png ms-icon-310x310.png no-image_640x360.jpg favicon.ico"
    ).split(),
)
def test_a_filler_is_passed_over(name: str) -> None:
    assert choose_image([f"https://gambar.example/files/{name}", PHOTO], BASE, SITE) == PHOTO


@pytest.mark.parametrize(
    "name",
    [
        "pohon.jpg",
        "logo-pemilu-2024.jpg",
        "281-aspect_ratio_default_0.jpg",
        "default/pohon.jpg",
        "12345.jpg",
        "foto",
    ],
)
def test_a_photo_is_kept(name: str) -> None:
    url = f"https://gambar.example/{name}"

    assert choose_image([url, PHOTO], BASE, SITE) == url


def test_an_address_is_made_absolute_and_nothing_is_none() -> None:
    assert choose_image(["", "/a.jpg"], BASE, SITE) == "https://www.kabarsungai.example/a.jpg"
    assert choose_image(["", "data:image/png;base64,AA"], BASE, SITE) == ""
