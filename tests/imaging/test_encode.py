"""A picture comes out as pixels and nothing else, upright, in a sensible size; what is none is refused."""

import random
import time
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from reader.errors import PictureBroken, PictureTooLarge, PictureTooSmall, ReaderError
from reader.imaging import encode_in_pool, stop_picture_pool
from reader.imaging.encode import encode_picture, encode_thumbnail
from tests.pictures import encode, make_jpeg, make_long_gif, make_photo, make_png_bomb

SECRET = b"<script>alert(document.domain)</script>"


def read(body: bytes) -> Image.Image:
    image = Image.open(BytesIO(body))
    image.load()
    return image


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        pytest.param((640, 480), [(640, 480), (288, 192)], id="small, as it is"),
        pytest.param(
            (1200, 800), [(1200, 800), (800, 533), (288, 192)], id="for fine screens and for others"
        ),
        pytest.param((4000, 3000), [(1600, 1200), (800, 600), (288, 192)], id="a camera's"),
        pytest.param((500, 9000), [(500, 9000), (288, 192)], id="a tall graphic stays legible"),
    ],
)
def test_there_is_a_size_for_fine_screens_one_for_others_and_one_for_lists(
    size: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    body = make_jpeg(*size)
    renditions = encode_picture(body).all

    assert [(each.width, each.height) for each in renditions] == sizes
    for each in renditions:
        assert each.content_type == "image/webp"
        assert read(each.body).format == "WEBP"
        assert read(each.body).size == (each.width, each.height)
        assert len(each.body) < len(body)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(encode(make_photo(), "PNG"), id="PNG"),
        pytest.param(encode(make_photo(), "GIF"), id="GIF"),
        pytest.param(encode(make_photo(), "WEBP"), id="WebP"),
        pytest.param(encode(make_photo(), "AVIF"), id="AVIF"),
        pytest.param(encode(make_photo().convert("CMYK")), id="CMYK JPEG"),
        pytest.param(encode(make_photo().convert("L")), id="grey JPEG"),
        pytest.param(encode(make_photo(), progressive=True), id="progressive JPEG"),
        pytest.param(encode(make_photo().convert("L").convert("I;16"), "PNG"), id="16-bit PNG"),
        pytest.param(encode(make_photo().convert("LA"), "PNG"), id="grey PNG with transparency"),
        pytest.param(encode(make_photo().convert("1"), "PNG"), id="PNG of one bit"),
        pytest.param(
            encode(make_photo(), "PNG", save_all=True, append_images=[make_photo(seed=2)]), id="APNG"
        ),
    ],
)
def test_every_kind_that_publishers_use_is_read(picture: bytes) -> None:
    rendition = encode_picture(picture).large

    assert (rendition.width, rendition.height) == (900, 600)
    assert read(rendition.body).size == (900, 600)


def test_sixteen_bits_of_grey_keep_their_greys() -> None:
    steps = Image.new("I;16", (300, 200), 0x8000)
    rendition = encode_picture(encode(steps, "PNG")).large

    grey = read(rendition.body).convert("L").tobytes()[150]
    assert abs(grey - 0x80) < 6


def test_transparency_stays() -> None:
    image = Image.new("RGBA", (300, 200), (200, 30, 30, 0))
    rendition = encode_picture(encode(image, "PNG")).large

    assert read(rendition.body).mode == "RGBA"


def test_a_photograph_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    renditions = encode_picture(make_jpeg(3000, 2000, exif=exif)).all

    assert [(each.width, each.height) for each in renditions] == [(1600, 2400), (800, 1200), (288, 192)]


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        pytest.param((1600, 400), (288, 192), id="wide: its middle"),
        pytest.param((400, 1600), (288, 192), id="tall: its middle"),
        pytest.param((240, 200), (240, 160), id="small: never made larger"),
        pytest.param((120, 40), (60, 40), id="a strip"),
    ],
)
def test_a_thumbnail_is_the_middle_of_the_picture_in_one_shape(
    size: tuple[int, int], shown: tuple[int, int]
) -> None:
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (size[0] // 2 - 15, size[1] // 2 - 15, size[0] // 2 + 15, size[1] // 2 + 15))
    thumbnail = encode_picture(encode(image, "PNG")).thumbnail
    again = encode_thumbnail(encode_picture(encode(image, "PNG")).large.body)

    for each in (thumbnail, again):
        read_back = read(each.body).convert("RGB")
        assert read_back.size == (each.width, each.height) == shown
        red, _green, blue = read_back.getpixel((shown[0] // 2, shown[1] // 2))  # type: ignore[misc]
        assert blue > red


def test_nothing_of_the_original_but_its_pixels_comes_through() -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()  # a description, beside which the place of a photograph would stand
    options: dict[str, Any] = {"exif": exif, "icc_profile": b"\0" * 200 + SECRET, "comment": SECRET}
    for body in (
        make_jpeg(700, 500, **options) + SECRET,
        make_jpeg(3000, 2000, **options) + SECRET,
        encode(make_photo(), "WEBP", exif=exif, xmp=SECRET, icc_profile=SECRET * 9),
        encode(make_photo(), "PNG", exif=exif, icc_profile=SECRET * 9),
    ):
        for each in encode_picture(body).all:
            assert SECRET[:20] not in each.body
            assert not {"exif", "icc_profile", "xmp", "comment"} & read(each.body).info.keys()


def test_where_webp_is_not_smaller_the_smaller_of_two_of_our_own_is_kept() -> None:
    dots = Image.new("P", (120, 120))
    body = encode(dots, "PNG", optimize=True)
    rendition = encode_picture(body + SECRET).large

    assert len(rendition.body) <= len(body)
    assert SECRET not in rendition.body


def test_a_moving_picture_stands_still() -> None:
    frames = [make_photo(300, 200, seed=seed).convert("P") for seed in (1, 2, 3)]
    rendition = encode_picture(encode(frames[0], "GIF", save_all=True, append_images=frames[1:])).large

    assert getattr(read(rendition.body), "n_frames", 1) == 1


def test_a_gif_of_a_hundred_thousand_frames_costs_one_of_them() -> None:
    bomb = make_long_gif(100_000)
    begun = time.process_time()
    encode_picture(bomb)

    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("picture", "error"),
    [
        pytest.param(make_png_bomb(60_000, 60_000), PictureTooLarge, id="3.6 billion pixels in a megabyte"),
        pytest.param(make_png_bomb(9_000, 9_000), PictureTooLarge, id="more pixels than any camera's"),
        pytest.param(make_png_bomb(31_000, 40), PictureTooLarge, id="a line"),
        pytest.param(encode(Image.new("RGB", (1, 1)), "GIF"), PictureTooSmall, id="a counter"),
        pytest.param(encode(Image.new("RGB", (64, 64)), "PNG"), PictureTooSmall, id="an icon"),
        pytest.param(encode(Image.new("RGB", (600, 4)), "PNG"), PictureTooSmall, id="a rule"),
        pytest.param(make_jpeg()[:4000], PictureBroken, id="a JPEG that ends too early"),
        pytest.param(encode(make_photo(), "PNG")[:4000], PictureBroken, id="a PNG that ends too early"),
        pytest.param(encode(make_photo(), "WEBP")[:3000], PictureBroken, id="a WebP that ends too early"),
        pytest.param(encode(make_photo(), "TIFF"), PictureBroken, id="a kind that is not read"),
        pytest.param(encode(make_photo(), "BMP"), PictureBroken, id="another"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", PictureBroken, id="SVG"),
        pytest.param(b"", PictureBroken, id="nothing"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 100, PictureBroken, id="a PNG without a header"),
    ],
)
def test_what_is_no_picture_to_look_at_is_refused(picture: bytes, error: type[ReaderError]) -> None:
    with pytest.raises(error):
        encode_picture(picture)


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_bytes_that_were_changed_at_random_are_refused_or_read_and_nothing_else(name: str) -> None:
    whole = encode(make_photo(200, 150), name)
    chance = random.Random(4)
    for _ in range(60):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            encode_picture(bytes(broken))
        except (PictureBroken, PictureTooLarge, PictureTooSmall):
            continue


def test_the_decoder_runs_in_a_process_that_may_be_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.imaging.pool.TIMEOUT_SECONDS", 0.01)
    try:
        with pytest.raises(PictureTooLarge):
            encode_in_pool(make_jpeg(6000, 4000))
        monkeypatch.setattr("reader.imaging.pool.TIMEOUT_SECONDS", 10)
        assert len(encode_in_pool(make_jpeg(1600, 900)).all) == 3
    finally:
        stop_picture_pool()
